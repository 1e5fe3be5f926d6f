import type { Span } from "../../grammar/ast.ts";
import type { SharedName } from "./names.ts";
import type { Type } from "./types/type.ts";

/**
 * An expression with nothing left to find out: every node knows its type, every name what it means, every operator the types it works on
 * (those of its operands), and every conversion is a node. Parentheses are gone; the nesting says it all.
 */
export type Expression = Node & { readonly type: Type; readonly span: Span };

export type Node =
  | Literal
  | OptionOf
  | Read
  | Local
  | Element
  | Given
  | Member
  | TableRows
  | Not
  | Negate
  | Logic
  | Comparison
  | Membership
  | TextTest
  | Matches
  | IsEmpty
  | IsNone
  | Arithmetic
  | Otherwise
  | If
  | Present
  | Convert
  | ListOf
  | Construct
  | Call
  | Transform
  | Pick
  | Count
  | Quantifier
  | Filter
  | Aggregation;

export type NodeKind = Node["kind"];

/** In its wire form: numbers as numbers, decimals as digits, durations and dates as ISO 8601, `none` as null. The type says which. */
export interface Literal {
  readonly kind: "literal";
  readonly value: string | number | boolean | null;
}

/** One option of a choice; which choice is in the node's type. */
export interface OptionOf {
  readonly kind: "option";
  readonly option: string;
}

/** A field of what the place is about: the aggregate's state, the command's or event's data, the list's row, the flow's state. */
export interface Read {
  readonly kind: "read";
  readonly from: "state" | "command" | "event" | "row" | "flow";
  readonly field: string;
}

/** A `let`, the variable of a `for each`, a parameter of a query; in scenarios the id of an instance or a person. No two of one place have the same name. */
export interface Local {
  readonly kind: "local";
  readonly what: "let" | "loop" | "parameter" | "instance" | "person";
  readonly name: string;
}

/** The element that the filter, quantifier, aggregation or update around it speaks of; `variable` is the name that that one gave it. */
export interface Element {
  readonly kind: "element";
  readonly variable: string;
}

/** What the place knows besides fields. */
export interface Given {
  readonly kind: "given";
  readonly what: GivenFact;
}

export type GivenFact =
  /** In commands and events the aggregate's own id, in lists and flows that of the event's. */
  | "aggregate id"
  | "event id"
  | "event timestamp"
  /** The id of the user on whose behalf the event happened; an optional id where that may be an anonymous one. */
  | "event user"
  /** The id of who sends, sees or reads; an optional id where that may be an anonymous one. */
  | "user id"
  | "row id"
  | "flow id"
  /** The command's own time. */
  | "now"
  | "today"
  /** Why the command that a flow ran was turned down. */
  | "rejection";

/** `of.field`, where `of` is a value. Where `of` is an optional value, the node is optional: none where there is no value. */
export interface Member {
  readonly kind: "member";
  readonly of: Expression;
  readonly field: string;
}

/** All rows of a table, as a list of values. */
export interface TableRows {
  readonly kind: "table";
  readonly table: string;
}

export interface Not {
  readonly kind: "not";
  readonly operand: Expression;
}

export interface Negate {
  readonly kind: "negate";
  readonly operand: Expression;
}

/** Two operands or more, none of them a `logic` of the same word. */
export interface Logic {
  readonly kind: "logic";
  readonly word: "and" | "or";
  readonly operands: readonly Expression[];
}

/** Both sides have the same kind of type, apart from optional. `is` compares by content; the others know numbers, decimals, times, durations. */
export interface Comparison {
  readonly kind: "comparison";
  readonly operator: "is" | "is not" | "<" | "<=" | ">" | ">=";
  readonly left: Expression;
  readonly right: Expression;
}

/** `item is in items` and `items contains item`, both as the list and the item. */
export interface Membership {
  readonly kind: "membership";
  readonly list: Expression;
  readonly item: Expression;
}

/** Between texts. */
export interface TextTest {
  readonly kind: "text-test";
  readonly operator: "contains" | "starts with" | "ends with";
  readonly text: Expression;
  readonly part: Expression;
}

export interface Matches {
  readonly kind: "matches";
  readonly operand: Expression;
  /** The source of a regular expression, without the slashes. */
  readonly pattern: string;
}

/** Of a text, list or map. */
export interface IsEmpty {
  readonly kind: "is-empty";
  readonly operand: Expression;
  /** `is not empty` */
  readonly negated: boolean;
}

/** Of an optional. */
export interface IsNone {
  readonly kind: "is-none";
  readonly operand: Expression;
  /** `is not none` */
  readonly negated: boolean;
}

/**
 * `+` also joins texts. With times: timestamp - timestamp is a duration, timestamp ± duration a timestamp, date ± duration a date,
 * duration * number a duration. Division by anything but a literal is optional: none where the divisor is zero.
 */
export interface Arithmetic {
  readonly kind: "arithmetic";
  readonly operator: "+" | "-" | "*" | "/" | "mod";
  readonly left: Expression;
  readonly right: Expression;
}

/** `value`, or where that is none, `fallback`. */
export interface Otherwise {
  readonly kind: "otherwise";
  readonly value: Expression;
  readonly fallback: Expression;
}

export interface If {
  readonly kind: "if";
  readonly condition: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}

/** An optional that is known to have a value here, because a check before it says so. */
export interface Present {
  readonly kind: "present";
  readonly operand: Expression;
}

/** From integer to decimal, the only conversion that changes a value's form; an integer is a number as it is. */
export interface Convert {
  readonly kind: "convert";
  readonly operand: Expression;
}

/** `[a, b]`; where the type is a map, the empty one. */
export interface ListOf {
  readonly kind: "list";
  readonly items: readonly Expression[];
}

/** A value built by name, fields in the value's order; optional ones that were not given are absent. */
export interface Construct {
  readonly kind: "construct";
  readonly fields: readonly Assignment[];
}

/** A function of the model, written in TypeScript. */
export interface Call {
  readonly kind: "call";
  readonly function: SharedName;
  readonly arguments: readonly Expression[];
}

/** `unique of` a list; `date of` a timestamp; `round(x, 2)`; the others of a text. */
export interface Transform {
  readonly kind: "transform";
  readonly word: "length" | "lowercase" | "uppercase" | "trimmed" | "unique" | "date" | "round";
  readonly operand: Expression;
  /** Of `round`: how many digits stay. */
  readonly digits?: number;
}

/** The first or last element, none where there is none. `where` as in a filter. */
export interface Pick {
  readonly kind: "pick";
  readonly word: "first" | "last";
  readonly list: Expression;
  readonly where?: ElementCondition;
}

export interface Count {
  readonly kind: "count";
  readonly list: Expression;
  readonly where?: ElementCondition;
}

/** `any of items where C`, `all of …`, `none of …` */
export interface Quantifier {
  readonly kind: "quantifier";
  readonly word: "any" | "all" | "none";
  readonly list: Expression;
  readonly where: ElementCondition;
}

/** `items where C` */
export interface Filter {
  readonly kind: "filter";
  readonly list: Expression;
  readonly where: ElementCondition;
}

/** `sum of price * quantity over items`. All but `sum` are none where the list is empty. */
export interface Aggregation {
  readonly kind: "aggregation";
  readonly word: "sum" | "average" | "smallest" | "largest";
  readonly list: Expression;
  readonly variable: string;
  readonly value: Expression;
}

/** A condition on one element, which the condition calls `variable`: a name that nothing else in the place has. */
export interface ElementCondition {
  readonly variable: string;
  readonly condition: Expression;
}

/** `field = value`. The shorthand and `all` are expanded: every assignment says what it assigns. */
export interface Assignment {
  readonly field: string;
  /** Already of the field's type: conversions are nodes of their own. */
  readonly value: Expression;
}
