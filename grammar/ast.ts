/**
 * The tree of one `.domain` file: what stands there, where, and nothing about what it means.
 * A line that could not be read is left out (see `faults`); everything in the tree is complete.
 */

/** UTF-16 offsets into the file's text, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Name {
  readonly kind: "name";
  readonly text: string;
  readonly span: Span;
}

/** A text in quotes; `value` is what it says, escapes resolved. `pieces` is the same, cut where braces stand that are not escaped. */
export interface Quoted {
  readonly kind: "quoted";
  readonly value: string;
  readonly pieces: readonly (string | Braces)[];
  readonly span: Span;
}

/** Braces in a text, and all that stands between them; or one whose partner is missing. */
export interface Braces {
  readonly kind: "braces";
  readonly written: string;
  readonly span: Span;
}

/** A name in one, two or three parts: `liked`, `message.liked`, `communication.message.liked`. */
export interface Path {
  readonly kind: "path";
  readonly parts: readonly Name[];
  readonly span: Span;
}

/** `# …` to the end of the line; `text` without the `#`. */
export interface Comment {
  readonly kind: "comment";
  readonly text: string;
  readonly span: Span;
}

export interface Question {
  readonly kind: "question";
  readonly text: Quoted;
  readonly span: Span;
}

/** What every block may have besides its own lines. `span` runs from the first word to the end of the last line below. */
export interface Block {
  readonly span: Span;
  readonly description?: Quoted;
  readonly questions: readonly Question[];
}

export interface Document {
  readonly kind: "document";
  readonly declarations: readonly Declaration[];
  readonly comments: readonly Comment[];
  /** Lines that are not in the tree because they could not be read (there is a fault for each cause): names in them may well be declared. */
  readonly unread: readonly Span[];
  readonly span: Span;
}

export type Declaration =
  Domain | Import | Role | Context | Value | Choice | TypeAlias | FunctionDeclaration | Table | List | Flow | Scenario;

export interface Domain extends Block {
  readonly kind: "domain";
  readonly name: Name;
  /** `time zone "Europe/Berlin"` */
  readonly timeZone?: Quoted;
}

export interface Import {
  readonly kind: "import";
  readonly path: Quoted;
  readonly span: Span;
}

export interface Role extends Block {
  readonly kind: "role";
  readonly name: Name;
}

/** Values, choices, types, functions and tables may stand in a context or beside it. */
export interface Context extends Block {
  readonly kind: "context";
  readonly name: Name;
  readonly was?: readonly Name[];
  readonly members: readonly (Aggregate | Value | Choice | TypeAlias | FunctionDeclaration | Table | Role)[];
}

export interface Value extends Block {
  readonly kind: "value";
  readonly name: Name;
  readonly fields: readonly Field[];
  readonly was?: readonly Name[];
}

export interface Choice extends Block {
  readonly kind: "choice";
  readonly name: Name;
  readonly options: readonly ChoiceOption[];
  readonly was?: readonly Name[];
}

export interface ChoiceOption {
  readonly kind: "choice-option";
  readonly name: Name;
  readonly was?: readonly Name[];
  readonly span: Span;
}

export interface TypeAlias extends Block {
  readonly kind: "type";
  readonly name: Name;
  readonly type: Type;
  readonly restrictions: readonly Restriction[];
}

export interface FunctionDeclaration extends Block {
  readonly kind: "function";
  readonly name: Name;
  readonly parameters: readonly Parameter[];
  readonly result: Type;
}

export interface Parameter {
  readonly kind: "parameter";
  readonly name: Name;
  readonly type: Type;
  readonly span: Span;
}

export interface Table extends Block {
  readonly kind: "table";
  readonly name: Name;
  readonly columns: readonly Parameter[];
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  readonly kind: "table-row";
  readonly cells: readonly Expression[];
  readonly span: Span;
}

// Fields and types

export interface Field {
  readonly kind: "field";
  readonly name: Name;
  readonly type: Type;
  readonly restrictions: readonly Restriction[];
  readonly default?: Expression;
  readonly was?: readonly Name[];
  readonly span: Span;
}

export type Type =
  | { readonly kind: "named-type"; readonly path: Path; readonly span: Span }
  | { readonly kind: "optional-type"; readonly of: Type; readonly span: Span }
  | { readonly kind: "list-type"; readonly of: Type; readonly span: Span }
  | { readonly kind: "map-type"; readonly of: Type; readonly span: Span };

export type Restriction =
  /** `at least 0`, `at most 40 characters` */
  | { readonly kind: "at-least" | "at-most"; readonly bound: Expression; readonly unit?: Unit; readonly span: Span }
  /** `1 to 280 characters` */
  | { readonly kind: "range"; readonly from: Expression; readonly to: Expression; readonly unit?: Unit; readonly span: Span }
  /** `matching /^[A-Z]{3}$/` */
  | { readonly kind: "matching"; readonly pattern: string; readonly span: Span };

export type Unit = "characters" | "items";

// Aggregates

export interface Aggregate extends Block {
  readonly kind: "aggregate";
  readonly name: Name;
  readonly was?: readonly Name[];
  readonly fields: readonly Field[];
  readonly commands: readonly Command[];
  readonly events: readonly Event[];
  readonly invariants: readonly Invariant[];
  readonly uniques: readonly Unique[];
  readonly allows: readonly Allow[];
  readonly upgrades: readonly Upgrade[];
}

export interface Command extends Block {
  readonly kind: "command";
  readonly name: Name;
  readonly was?: readonly Name[];
  /** `on new message`, `on any message`; without it, on an existing one. */
  readonly on?: { readonly mode: "new" | "any"; readonly aggregate: Name };
  readonly fields: readonly Field[];
  readonly statements: readonly Statement[];
}

export interface Event extends Block {
  readonly kind: "event";
  readonly name: Name;
  readonly was?: readonly Name[];
  readonly retired: boolean;
  readonly fields: readonly Field[];
  readonly statements: readonly Statement[];
}

export interface Invariant extends Block {
  readonly kind: "invariant";
  readonly reason: Quoted;
  readonly condition: Condition;
}

export interface Unique extends Block {
  readonly kind: "unique";
  readonly field: Name;
  readonly reason: Quoted;
}

/** `allow WHO to …`; `to` says which of the three forms it is. */
export interface Allow extends Block {
  readonly kind: "allow";
  /** everyone, authenticated, owner, or a role. */
  readonly who: Name;
  readonly to: "run" | "see" | "read";
  /** Commands or events; empty for `read`. */
  readonly names: readonly Name[];
  readonly where?: Expression;
}

/** `upgrade sent from 1`, then `by code`. */
export interface Upgrade extends Block {
  readonly kind: "upgrade";
  readonly event: Name;
  readonly from: number;
}

// Lists

export interface List extends Block {
  readonly kind: "list";
  readonly name: Name;
  readonly was?: readonly Name[];
  readonly fields: readonly Field[];
  readonly indexes: readonly Index[];
  readonly reactions: readonly Reaction[];
  readonly queries: readonly Query[];
  readonly allows: readonly Allow[];
}

export interface Index {
  readonly kind: "index";
  readonly fields: readonly Name[];
  readonly span: Span;
}

export interface Query extends Block {
  readonly kind: "query";
  readonly name: Name;
  readonly parameters: readonly Parameter[];
  readonly where?: Expression;
  readonly order: readonly { readonly field: Name; readonly direction: "ascending" | "descending" }[];
  readonly take?: Expression;
}

// Flows

export interface Flow extends Block {
  readonly kind: "flow";
  readonly name: Name;
  /** `for each order`: the aggregate (or other correlation) that there is one instance for. */
  readonly forEach?: Name;
  readonly fromBeginning: boolean;
  readonly was?: readonly Name[];
  readonly fields: readonly Field[];
  readonly reactions: readonly Reaction[];
}

/** A `when` block of a list or a flow. */
export interface Reaction extends Block {
  readonly kind: "reaction";
  readonly trigger: Trigger;
  readonly statements: readonly Statement[];
}

export type Trigger =
  | { readonly kind: "event-trigger"; readonly event: Path; readonly for?: Expression; readonly span: Span }
  | { readonly kind: "rejection-trigger"; readonly command: Path; readonly span: Span }
  | { readonly kind: "timer-trigger"; readonly timer: Name; readonly span: Span };

// Statements: the tree takes every statement in every block; which belongs where is a rule with a message of its own.

export type Statement =
  | Reject
  | Publish
  | Let
  | When
  | ForEach
  | ByCode
  | Set
  | Clear
  | AddTo
  | RemoveFrom
  | RemoveItems
  | UpdateItems
  | End
  | AddRow
  | UpdateRow
  | RemoveRow
  | Run
  | Schedule
  | Cancel;

export interface Reject {
  readonly kind: "reject";
  readonly reason: Quoted;
  readonly condition?: { readonly word: "when" | "unless"; readonly condition: Condition };
  readonly span: Span;
}

export interface Publish {
  readonly kind: "publish";
  readonly event: Name;
  readonly args: readonly Arg[];
  readonly when?: Condition;
  readonly span: Span;
}

export interface Let {
  readonly kind: "let";
  readonly name: Name;
  readonly value: Condition;
  readonly span: Span;
}

export interface When {
  readonly kind: "when";
  readonly condition: Condition;
  readonly statements: readonly Statement[];
  readonly otherwise?: readonly Statement[];
  readonly span: Span;
}

export interface ForEach {
  readonly kind: "for-each";
  readonly variable: Name;
  readonly collection: Expression;
  readonly statements: readonly Statement[];
  readonly span: Span;
}

/** `by code` and the `may …` lines below it. */
export interface ByCode {
  readonly kind: "by-code";
  readonly mayPublish: readonly Name[];
  readonly mayReject: readonly Quoted[];
  readonly mayRun: readonly Path[];
  readonly span: Span;
}

export interface Set {
  readonly kind: "set";
  readonly args: readonly Arg[];
  readonly span: Span;
}

export interface Clear {
  readonly kind: "clear";
  readonly field: Name;
  readonly span: Span;
}

/** `add item to items` */
export interface AddTo {
  readonly kind: "add-to";
  readonly value: Expression;
  readonly field: Name;
  readonly span: Span;
}

/** `remove item from items` */
export interface RemoveFrom {
  readonly kind: "remove-from";
  readonly value: Expression;
  readonly field: Name;
  readonly span: Span;
}

/** `remove items where …` */
export interface RemoveItems {
  readonly kind: "remove-items";
  readonly field: Name;
  readonly where: Expression;
  readonly span: Span;
}

/** `update items where …`, assignments below */
export interface UpdateItems {
  readonly kind: "update-items";
  readonly field: Name;
  readonly where: Expression;
  readonly args: readonly Arg[];
  readonly span: Span;
}

/** `end message` in an event, `end` in a flow. */
export interface End {
  readonly kind: "end";
  readonly aggregate?: Name;
  readonly span: Span;
}

export interface AddRow {
  readonly kind: "add-row";
  readonly args: readonly Arg[];
  readonly span: Span;
}

/** `update …` and `add or update …`; below either may stand changes of collections. */
export interface UpdateRow {
  readonly kind: "update-row";
  readonly orAdd: boolean;
  readonly where?: Expression;
  readonly args: readonly Arg[];
  readonly changes: readonly (AddTo | RemoveFrom)[];
  readonly span: Span;
}

export interface RemoveRow {
  readonly kind: "remove-row";
  readonly where?: Expression;
  readonly span: Span;
}

export interface Run {
  readonly kind: "run";
  readonly command: Path;
  readonly on?: "new" | Expression;
  readonly args: readonly Arg[];
  readonly span: Span;
}

export interface Schedule {
  readonly kind: "schedule";
  readonly timer: Name;
  readonly word: "in" | "at";
  readonly time: Expression;
  readonly span: Span;
}

export interface Cancel {
  readonly kind: "cancel";
  readonly timer: Name;
  readonly span: Span;
}

export type Arg =
  | { readonly kind: "all"; readonly span: Span }
  /** `a = expr`; without a value, the shorthand `a`. */
  | { readonly kind: "arg"; readonly name: Name; readonly value?: Expression; readonly span: Span };

/** A condition on the line, or `all of` / `any of` / `none of` with lines below. */
export type Condition = Expression | ConditionGroup;

export interface ConditionGroup {
  readonly kind: "condition-group";
  readonly mode: "all" | "any" | "none";
  readonly conditions: readonly Condition[];
  readonly span: Span;
}

// Scenarios

export interface Scenario extends Block {
  readonly kind: "scenario";
  readonly title: Quoted;
  readonly steps: readonly Step[];
}

export type Step =
  | {
      readonly kind: "given-event";
      readonly event: Path;
      readonly on?: Name;
      readonly as?: Person;
      readonly args: readonly Arg[];
      readonly span: Span;
    }
  | { readonly kind: "given-pass"; readonly duration: Expression; readonly span: Span }
  | {
      readonly kind: "when-command";
      readonly command: Path;
      readonly on?: Name;
      readonly as?: Person;
      readonly args: readonly Arg[];
      readonly span: Span;
    }
  | { readonly kind: "then-event"; readonly event: Path; readonly on?: Name; readonly args: readonly Arg[]; readonly span: Span }
  | { readonly kind: "then-run"; readonly command: Path; readonly args: readonly Arg[]; readonly span: Span }
  | { readonly kind: "then-list"; readonly list: Name; readonly has: boolean; readonly args: readonly Arg[]; readonly span: Span }
  | { readonly kind: "then-empty"; readonly list: Name; readonly span: Span }
  | { readonly kind: "then-rejected"; readonly reason?: Quoted; readonly span: Span }
  | { readonly kind: "then-not"; readonly what: "allowed" | "valid"; readonly span: Span }
  | { readonly kind: "then-nothing"; readonly span: Span };

/** `as jane`, `as clerk jane`, `as clerk`: which of one name is meant, a role or a person, is not known here. */
export interface Person {
  readonly names: readonly Name[];
  readonly span: Span;
}

// Expressions

export type Expression =
  Literal | NameExpression | Member | Call | ListLiteral | Unary | Binary | Test | If | Of | Aggregation | Filter | Group;

export type Literal =
  | { readonly kind: "text-literal"; readonly value: string; readonly span: Span }
  /** As written, so that decimals keep their digits. */
  | { readonly kind: "number-literal"; readonly digits: string; readonly span: Span }
  | { readonly kind: "boolean-literal"; readonly value: boolean; readonly span: Span }
  | { readonly kind: "none-literal"; readonly span: Span }
  /** `3 days` */
  | { readonly kind: "duration-literal"; readonly amount: string; readonly unit: DurationUnit; readonly span: Span }
  /** `2026-01-31` */
  | { readonly kind: "date-literal"; readonly date: string; readonly span: Span };

export type DurationUnit = "seconds" | "minutes" | "hours" | "days" | "weeks";

/** A name alone, `now`, `today` and `it` included. */
export interface NameExpression {
  readonly kind: "name-expression";
  readonly name: string;
  readonly span: Span;
}

/** `a.b` */
export interface Member {
  readonly kind: "member";
  readonly of: Expression;
  readonly name: Name;
  readonly span: Span;
}

/** `round(x, 2)`, `money(amount = 5, currency = "EUR")`: positional or by name, never both. */
export interface Call {
  readonly kind: "call";
  readonly name: Name;
  readonly positional: readonly Expression[];
  readonly named: readonly { readonly name: Name; readonly value: Expression; readonly span: Span }[];
  readonly span: Span;
}

export interface ListLiteral {
  readonly kind: "list-literal";
  readonly items: readonly Expression[];
  readonly span: Span;
}

export interface Unary {
  readonly kind: "unary";
  readonly operator: "not" | "-";
  readonly operand: Expression;
  readonly span: Span;
}

export interface Binary {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
  /** Of the operator's own word. */
  readonly operatorSpan: Span;
  readonly span: Span;
}

export type BinaryOperator =
  | "or"
  | "and"
  | "is"
  | "is not"
  | "<"
  | "<="
  | ">"
  | ">="
  | "is in"
  | "contains"
  | "starts with"
  | "ends with"
  | "otherwise"
  | "+"
  | "-"
  | "*"
  | "/"
  | "mod";

/** `x is empty`, `x is not empty`, `x is none`, `x is not none`, `x matches /…/` */
export type Test =
  | {
      readonly kind: "test";
      readonly test: "is empty" | "is not empty" | "is none" | "is not none";
      readonly operand: Expression;
      readonly span: Span;
    }
  | { readonly kind: "matches"; readonly operand: Expression; readonly pattern: string; readonly span: Span };

export interface If {
  readonly kind: "if";
  readonly condition: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
  readonly span: Span;
}

/** `count of items`, `length of text`, `first of items`, `any of items where …` (then `operand` is a filter). */
export interface Of {
  readonly kind: "of";
  readonly word: Name;
  readonly operand: Expression;
  readonly span: Span;
}

/** `sum of price * quantity over items` */
export interface Aggregation {
  readonly kind: "aggregation";
  readonly word: "sum" | "average" | "smallest" | "largest";
  readonly value: Expression;
  readonly over: Expression;
  readonly span: Span;
}

/** `items where quantity > 3` */
export interface Filter {
  readonly kind: "filter";
  readonly collection: Expression;
  readonly where: Expression;
  readonly span: Span;
}

/** Parentheses, kept so that what mixes `and` and `or` can be told from what says how. */
export interface Group {
  readonly kind: "group";
  readonly inner: Expression;
  readonly span: Span;
}
