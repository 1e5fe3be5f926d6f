import type { IOrAlt, IToken, ParserMethod, TokenType } from "chevrotain";
import type * as tree from "./ast.ts";
import { combine, looseConnective, type Operator, type Step, type Term, type Tested } from "./build/operation.ts";
import { present } from "./build/present.ts";
import { nameOf, quotedOf, spanOf, textIn } from "./build/words.ts";
import { EmbeddedActionsParser, EOF } from "./chevrotain.ts";
import { fault, type Fault } from "./faults.ts";
import { LazyLookahead } from "./lookahead.ts";
import * as token from "./tokens.ts";
import { foreignOperators, keyword } from "./tokens.ts";

type Rule<Result> = ParserMethod<[], Result>;

/** What a condition's line says: the condition, or that it stands below. */
export type ConditionHead =
  tree.Expression | { readonly kind: "group-head"; readonly mode: "all" | "any" | "none"; readonly span: tree.Span };

/** Whom a command or event is about, `on any message` included. */
type On = NonNullable<tree.Command["on"]>;

/**
 * The grammar of single lines; `outline` says which lines stand below which, `blocks` which may, `build/` makes the tree.
 * One rule is one section of GRAMMAR.md, in this order.
 */
export class LineParser extends EmbeddedActionsParser {
  /** What is wrong with the line that was read latest, although it could be read. */
  noted: Fault[] = [];
  /** See `LazyLookahead`. */
  decided: ((rule: string, accepted: readonly TokenType[]) => void) | undefined;

  /** `validate` looks for mistakes in the grammar itself, which takes longer than most files; a test does it. */
  constructor(validate = false) {
    super([...token.tokenTypes], {
      maxLookahead: 1,
      lookaheadStrategy: new LazyLookahead(),
      skipValidations: !validate,
      errorMessageProvider: expectedToken,
    });
    this.performSelfAnalysis();
  }

  // Files

  readonly domain = this.RULE("domain", () => {
    this.CONSUME(keyword.domain);
    return { name: this.SUBRULE(this.name) };
  });

  readonly timeZone = this.RULE("timeZone", () => {
    this.CONSUME(keyword.time);
    this.CONSUME(keyword.zone);
    return this.SUBRULE(this.text);
  });

  readonly import = this.RULE("import", () => {
    this.CONSUME(keyword.import);
    return { path: this.SUBRULE(this.text) };
  });

  readonly role = this.RULE("role", () => {
    this.CONSUME(keyword.role);
    return { name: this.SUBRULE(this.name) };
  });

  readonly context = this.RULE("context", () => {
    this.CONSUME(keyword.context);
    const name = this.SUBRULE(this.name);
    const was = this.OPTION(() => this.SUBRULE(this.was));
    return present({ name, was });
  });

  readonly description = this.RULE("description", () => this.SUBRULE(this.text));

  readonly question = this.RULE("question", () => {
    this.CONSUME(keyword.question);
    return { text: this.SUBRULE(this.text) };
  });

  // Types of the model

  readonly value = this.RULE("value", () => {
    this.CONSUME(keyword.value);
    const name = this.SUBRULE(this.name);
    const was = this.OPTION(() => this.SUBRULE(this.was));
    return present({ name, was });
  });

  readonly choice = this.RULE("choice", () => {
    this.CONSUME(keyword.choice);
    const name = this.SUBRULE(this.name);
    const was = this.OPTION(() => this.SUBRULE(this.was));
    return present({ name, was });
  });

  readonly choiceOption = this.RULE("choiceOption", () => {
    const name = this.SUBRULE(this.name);
    const was = this.OPTION(() => this.SUBRULE(this.was));
    return present({ name, was });
  });

  readonly typeAlias = this.RULE("typeAlias", () => {
    this.CONSUME(keyword.type);
    const name = this.SUBRULE(this.name);
    this.CONSUME(token.Equals);
    return { name, ...this.SUBRULE(this.restrictedType) };
  });

  readonly function = this.RULE("function", () => {
    this.CONSUME(keyword.function);
    const name = this.SUBRULE(this.name);
    const parameters = this.SUBRULE(this.parameters);
    this.CONSUME(token.Colon);
    return { name, parameters, result: this.SUBRULE(this.type) };
  });

  readonly parameters = this.RULE("parameters", () => {
    const parameters: tree.Parameter[] = [];
    this.CONSUME(token.Open);
    this.OPTION(() => {
      parameters.push(this.SUBRULE(this.parameter));
      this.MANY(() => {
        this.CONSUME(token.Comma);
        parameters.push(this.SUBRULE2(this.parameter));
      });
    });
    this.CONSUME(token.Close);
    return parameters;
  });

  readonly parameter = this.RULE("parameter", (): tree.Parameter => {
    const start = this.here();
    const name = this.SUBRULE(this.name);
    this.CONSUME(token.Colon);
    const type = this.SUBRULE(this.type);
    return { kind: "parameter", name, type, span: this.since(start) };
  });

  readonly table = this.RULE("table", () => {
    this.CONSUME(keyword.table);
    return { name: this.SUBRULE(this.name) };
  });

  readonly tableColumns = this.RULE("tableColumns", () => {
    const columns: tree.Parameter[] = [];
    this.CONSUME(token.Bar);
    this.AT_LEAST_ONE(() => {
      columns.push(this.SUBRULE(this.parameter));
      this.CONSUME2(token.Bar);
    });
    return columns;
  });

  readonly tableRow = this.RULE("tableRow", () => {
    const cells: tree.Expression[] = [];
    this.CONSUME(token.Bar);
    this.AT_LEAST_ONE(() => {
      cells.push(this.SUBRULE(this.expression));
      this.CONSUME2(token.Bar);
    });
    return { cells };
  });

  // Fields

  readonly field = this.RULE("field", () => {
    const name = this.SUBRULE(this.name);
    this.CONSUME(token.Colon);
    const type = this.SUBRULE(this.restrictedType);
    const initial = this.OPTION(() => {
      this.CONSUME(token.Equals);
      return this.SUBRULE(this.expression);
    });
    const was = this.OPTION2(() => this.SUBRULE(this.was));
    return present({ name, ...type, default: initial, was });
  });

  readonly restrictedType = this.RULE("restrictedType", () => {
    const type = this.SUBRULE(this.type);
    const restrictions: tree.Restriction[] = [];
    this.MANY(() => {
      this.CONSUME(token.Comma);
      restrictions.push(this.SUBRULE(this.restriction));
    });
    return { type, restrictions };
  });

  readonly type: Rule<tree.Type> = this.RULE("type", (): tree.Type => {
    const start = this.here();
    return this.OR([
      {
        GATE: () => this.LA(2).tokenType !== EOF && this.LA(2).tokenType !== token.Comma,
        ALT: () => {
          this.CONSUME(keyword.optional);
          const of = this.SUBRULE(this.type);
          return { kind: "optional-type" as const, of, span: this.since(start) };
        },
      },
      {
        GATE: () => this.isBefore(keyword.of),
        ALT: () => {
          this.CONSUME(keyword.list);
          this.CONSUME(keyword.of);
          const of = this.SUBRULE2(this.type);
          return { kind: "list-type" as const, of, span: this.since(start) };
        },
      },
      {
        GATE: () => this.isBefore(keyword.of),
        ALT: () => {
          this.CONSUME(keyword.map);
          this.CONSUME2(keyword.of);
          const of = this.SUBRULE3(this.type);
          return { kind: "map-type" as const, of, span: this.since(start) };
        },
      },
      {
        ALT: () => {
          const path = this.SUBRULE(this.path);
          return { kind: "named-type" as const, path, span: this.since(start) };
        },
      },
    ]);
  });

  readonly restriction = this.RULE("restriction", (): tree.Restriction => {
    const start = this.here();
    return this.OR([
      {
        IGNORE_AMBIGUITIES: true,
        ALT: () => {
          this.CONSUME(keyword.matching);
          const pattern = this.CONSUME(token.Pattern).image.slice(1, -1);
          return { kind: "matching" as const, pattern, span: this.since(start) };
        },
      },
      {
        IGNORE_AMBIGUITIES: true,
        ALT: () => {
          this.CONSUME(keyword.at);
          const kind = this.OR2([
            { ALT: () => this.word("at-least" as const, this.CONSUME(keyword.least)) },
            { ALT: () => this.word("at-most" as const, this.CONSUME(keyword.most)) },
          ]);
          const bound = this.SUBRULE(this.unary);
          const unit = this.OPTION(() => this.SUBRULE(this.unit));
          return { kind, ...present({ bound, unit }), span: this.since(start) };
        },
      },
      {
        IGNORE_AMBIGUITIES: true,
        ALT: () => {
          const from = this.SUBRULE2(this.unary);
          this.CONSUME(keyword.to);
          const to = this.SUBRULE3(this.unary);
          const unit = this.OPTION2(() => this.SUBRULE2(this.unit));
          return { kind: "range" as const, ...present({ from, to, unit }), span: this.since(start) };
        },
      },
    ]);
  });

  readonly unit = this.RULE("unit", (): tree.Unit => {
    return this.OR([
      { ALT: () => this.word("characters" as const, this.CONSUME(keyword.characters)) },
      { ALT: () => this.word("characters" as const, this.CONSUME(keyword.character)) },
      { ALT: () => this.word("items" as const, this.CONSUME(keyword.items)) },
      { ALT: () => this.word("items" as const, this.CONSUME(keyword.item)) },
    ]);
  });

  readonly was = this.RULE("was", () => {
    this.CONSUME(keyword.was);
    return this.SUBRULE(this.names);
  });

  // Aggregates

  readonly aggregate = this.RULE("aggregate", () => {
    this.CONSUME(keyword.aggregate);
    const name = this.SUBRULE(this.name);
    const was = this.OPTION(() => this.SUBRULE(this.was));
    return present({ name, was });
  });

  readonly command = this.RULE("command", () => {
    this.CONSUME(keyword.command);
    const name = this.SUBRULE(this.name);
    const on = this.OPTION(() => this.SUBRULE(this.onAggregate));
    const was = this.OPTION2(() => this.SUBRULE(this.was));
    return present({ name, on, was });
  });

  readonly onAggregate = this.RULE("onAggregate", (): On => {
    this.CONSUME(keyword.on);
    const mode = this.OR([
      { ALT: () => this.word("new" as const, this.CONSUME(keyword.new)) },
      { ALT: () => this.word("any" as const, this.CONSUME(keyword.any)) },
    ]);
    return { mode, aggregate: this.SUBRULE(this.name) };
  });

  readonly event = this.RULE("event", () => {
    const retired = this.OPTION(() => this.CONSUME(keyword.retired)) !== undefined;
    this.CONSUME(keyword.event);
    const name = this.SUBRULE(this.name);
    const was = this.OPTION2(() => this.SUBRULE(this.was));
    return { retired, ...present({ name, was }) };
  });

  readonly invariant = this.RULE("invariant", () => {
    this.CONSUME(keyword.invariant);
    const reason = this.SUBRULE(this.text);
    return { reason, condition: this.SUBRULE(this.condition) };
  });

  readonly unique = this.RULE("unique", () => {
    this.CONSUME(keyword.unique);
    const field = this.SUBRULE(this.name);
    return { field, reason: this.SUBRULE(this.text) };
  });

  readonly allow = this.RULE("allow", () => {
    this.CONSUME(keyword.allow);
    const who = this.SUBRULE(this.name);
    this.CONSUME(keyword.to);
    const what = this.OR([
      { IGNORE_AMBIGUITIES: true, ALT: () => this.SUBRULE(this.toSee) },
      { IGNORE_AMBIGUITIES: true, ALT: () => this.word({ to: "read" as const, names: [] }, this.CONSUME(keyword.read)) },
      { ALT: () => ({ to: "run" as const, names: this.SUBRULE(this.names) }) },
    ]);
    const where = this.OPTION(() => this.SUBRULE(this.where));
    return { ...what, ...present({ who, where }) };
  });

  readonly toSee = this.RULE("toSee", () => {
    this.CONSUME(keyword.see);
    return { to: "see" as const, names: this.SUBRULE(this.names) };
  });

  readonly upgrade = this.RULE("upgrade", () => {
    this.CONSUME(keyword.upgrade);
    const event = this.SUBRULE(this.name);
    this.CONSUME(keyword.from);
    return { event, from: Number(this.CONSUME(token.Digits).image) };
  });

  // Lists and flows

  readonly list = this.RULE("list", () => {
    this.CONSUME(keyword.list);
    const name = this.SUBRULE(this.name);
    const was = this.OPTION(() => this.SUBRULE(this.was));
    return present({ name, was });
  });

  readonly index = this.RULE("index", () => {
    this.CONSUME(keyword.index);
    this.CONSUME(keyword.by);
    return { fields: this.SUBRULE(this.names) };
  });

  readonly query = this.RULE("query", () => {
    this.CONSUME(keyword.query);
    const name = this.SUBRULE(this.name);
    const parameters = this.OPTION(() => this.SUBRULE(this.parameters)) ?? [];
    const where = this.OPTION2(() => this.SUBRULE(this.where));
    const order = this.OPTION3(() => this.SUBRULE(this.orderBy)) ?? [];
    const take = this.OPTION4(() => {
      this.CONSUME(keyword.take);
      return this.SUBRULE(this.expression);
    });
    return { parameters, order, ...present({ name, where, take }) };
  });

  readonly orderBy = this.RULE("orderBy", () => {
    const order: Ordering[] = [];
    this.CONSUME(keyword.order);
    this.CONSUME(keyword.by);
    order.push(this.SUBRULE(this.ordering));
    this.MANY(() => {
      this.CONSUME(token.Comma);
      order.push(this.SUBRULE2(this.ordering));
    });
    return order;
  });

  readonly ordering = this.RULE("ordering", (): Ordering => {
    const field = this.SUBRULE(this.name);
    const direction = this.OPTION(() => this.SUBRULE(this.direction)) ?? "ascending";
    return { field, direction };
  });

  readonly direction = this.RULE("direction", () => {
    return this.OR([
      { ALT: () => this.word("ascending" as const, this.CONSUME(keyword.ascending)) },
      { ALT: () => this.word("descending" as const, this.CONSUME(keyword.descending)) },
    ]);
  });

  readonly flow = this.RULE("flow", () => {
    this.CONSUME(keyword.flow);
    const name = this.SUBRULE(this.name);
    const forEach = this.OPTION(() => {
      this.CONSUME(keyword.for);
      this.CONSUME(keyword.each);
      return this.SUBRULE2(this.name);
    });
    const beginning = this.OPTION2(() => {
      this.CONSUME(keyword.from);
      this.CONSUME(keyword.the);
      return this.CONSUME(keyword.beginning);
    });
    const was = this.OPTION3(() => this.SUBRULE(this.was));
    return { fromBeginning: beginning !== undefined, ...present({ name, forEach, was }) };
  });

  readonly reaction = this.RULE("reaction", (): tree.Trigger => {
    this.CONSUME(keyword.when);
    const start = this.here();
    const path = this.SUBRULE(this.path);
    const rejected = this.OPTION(() => this.CONSUME(keyword.rejected));
    const key = this.OPTION2(() => {
      this.CONSUME(keyword.for);
      return this.SUBRULE(this.expression);
    });
    return this.ACTION(() => triggerOf(path, rejected, key, this.since(start)));
  });

  // Statements

  readonly reject = this.RULE("reject", () => {
    this.CONSUME(keyword.reject);
    const reason = this.SUBRULE(this.text);
    const word = this.OPTION(() =>
      this.OR([
        { ALT: () => this.word("when" as const, this.CONSUME(keyword.when)) },
        { ALT: () => this.word("unless" as const, this.CONSUME(keyword.unless)) },
      ]),
    );
    const condition = this.OPTION2({ GATE: () => word !== undefined, DEF: () => this.SUBRULE(this.condition) });
    return present({ reason, word, condition });
  });

  readonly publish = this.RULE("publish", () => {
    this.CONSUME(keyword.publish);
    const event = this.SUBRULE(this.name);
    const args = this.OPTION(() => this.SUBRULE(this.withArgs));
    const when = this.OPTION2(() => {
      this.CONSUME(keyword.when);
      return this.SUBRULE(this.condition);
    });
    return present({ event, args, when });
  });

  readonly let = this.RULE("let", () => {
    this.CONSUME(keyword.let);
    const name = this.SUBRULE(this.name);
    this.CONSUME(token.Equals);
    return { name, value: this.SUBRULE(this.condition) };
  });

  readonly when = this.RULE("when", () => {
    this.CONSUME(keyword.when);
    return { condition: this.SUBRULE(this.expression) };
  });

  readonly otherwise = this.RULE("otherwise", () => {
    this.CONSUME(keyword.otherwise);
    return {};
  });

  readonly forEach = this.RULE("forEach", () => {
    this.CONSUME(keyword.for);
    this.CONSUME(keyword.each);
    const variable = this.SUBRULE(this.name);
    this.CONSUME(keyword.in);
    return { variable, collection: this.SUBRULE(this.expression) };
  });

  readonly byCode = this.RULE("byCode", () => {
    this.CONSUME(keyword.by);
    this.CONSUME(keyword.code);
    return {};
  });

  readonly may = this.RULE("may", () => {
    const publish: tree.Name[] = [];
    const reject: tree.Quoted[] = [];
    const run: tree.Path[] = [];
    this.CONSUME(keyword.may);
    this.OR([
      {
        ALT: () => {
          this.CONSUME(keyword.publish);
          publish.push(this.SUBRULE(this.name));
          this.MANY(() => {
            this.CONSUME(token.Comma);
            publish.push(this.SUBRULE2(this.name));
          });
        },
      },
      {
        ALT: () => {
          this.CONSUME(keyword.reject);
          reject.push(this.SUBRULE3(this.text));
          this.MANY2(() => {
            this.CONSUME2(token.Comma);
            reject.push(this.SUBRULE4(this.text));
          });
        },
      },
      {
        ALT: () => {
          this.CONSUME(keyword.run);
          run.push(this.SUBRULE5(this.path));
          this.MANY3(() => {
            this.CONSUME3(token.Comma);
            run.push(this.SUBRULE6(this.path));
          });
        },
      },
    ]);
    return { publish, reject, run };
  });

  readonly set = this.RULE("set", () => {
    this.CONSUME(keyword.set);
    return { args: this.SUBRULE(this.args) };
  });

  readonly clear = this.RULE("clear", () => {
    this.CONSUME(keyword.clear);
    return { field: this.SUBRULE(this.name) };
  });

  readonly addTo = this.RULE("addTo", () => {
    this.CONSUME(keyword.add);
    const value = this.SUBRULE(this.expression);
    this.CONSUME(keyword.to);
    return { value, field: this.SUBRULE(this.name) };
  });

  readonly removeFrom = this.RULE("removeFrom", () => {
    this.CONSUME(keyword.remove);
    const value = this.SUBRULE(this.expression);
    this.CONSUME(keyword.from);
    return { value, field: this.SUBRULE(this.name) };
  });

  readonly removeItems = this.RULE("removeItems", () => {
    this.CONSUME(keyword.remove);
    const field = this.SUBRULE(this.name);
    return { field, where: this.SUBRULE(this.where) };
  });

  readonly updateItems = this.RULE("updateItems", () => {
    this.CONSUME(keyword.update);
    const field = this.SUBRULE(this.name);
    return { field, where: this.SUBRULE(this.where) };
  });

  readonly end = this.RULE("end", () => {
    this.CONSUME(keyword.end);
    const aggregate = this.OPTION(() => this.SUBRULE(this.name));
    return present({ aggregate });
  });

  readonly addRow = this.RULE("addRow", () => {
    this.CONSUME(keyword.add);
    const args = this.OPTION(() => this.SUBRULE(this.args));
    return present({ args });
  });

  readonly addOrUpdateRow = this.RULE("addOrUpdateRow", () => {
    this.CONSUME(keyword.add);
    this.CONSUME(keyword.or);
    this.CONSUME(keyword.update);
    return this.SUBRULE(this.rowChange);
  });

  readonly updateRow = this.RULE("updateRow", () => {
    this.CONSUME(keyword.update);
    return this.SUBRULE(this.rowChange);
  });

  readonly rowChange = this.RULE("rowChange", () => {
    const where = this.OPTION(() => this.SUBRULE(this.where));
    const args = this.OPTION2({ GATE: () => where === undefined, DEF: () => this.SUBRULE(this.args) });
    return present({ where, args });
  });

  readonly removeRow = this.RULE("removeRow", () => {
    this.CONSUME(keyword.remove);
    const where = this.OPTION(() => this.SUBRULE(this.where));
    return present({ where });
  });

  readonly run = this.RULE("run", () => {
    this.CONSUME(keyword.run);
    const command = this.SUBRULE(this.path);
    const on = this.OPTION(() => this.SUBRULE(this.runOn));
    const args = this.OPTION2(() => this.SUBRULE(this.withArgs));
    return present({ command, on, args });
  });

  readonly runOn = this.RULE("runOn", (): "new" | tree.Expression => {
    this.CONSUME(keyword.on);
    return this.OR<Alternatives<"new" | tree.Expression>>([
      {
        GATE: () => this.LA(2).tokenType === EOF || this.isBefore(keyword.with),
        ALT: () => this.word("new" as const, this.CONSUME(keyword.new)),
      },
      { ALT: () => this.SUBRULE(this.expression) },
    ]);
  });

  readonly schedule = this.RULE("schedule", () => {
    this.CONSUME(keyword.schedule);
    const timer = this.SUBRULE(this.name);
    const word = this.OR([
      { ALT: () => this.word("in" as const, this.CONSUME(keyword.in)) },
      { ALT: () => this.word("at" as const, this.CONSUME(keyword.at)) },
    ]);
    return { timer, word, time: this.SUBRULE(this.expression) };
  });

  readonly cancel = this.RULE("cancel", () => {
    this.CONSUME(keyword.cancel);
    return { timer: this.SUBRULE(this.name) };
  });

  // Parts of statements

  readonly withArgs = this.RULE("withArgs", () => {
    this.CONSUME(keyword.with);
    return this.SUBRULE(this.args);
  });

  readonly args = this.RULE("args", () => {
    const args: tree.Arg[] = [];
    args.push(this.SUBRULE(this.arg));
    this.MANY(() => {
      this.CONSUME(token.Comma);
      args.push(this.SUBRULE2(this.arg));
    });
    return args;
  });

  readonly arg = this.RULE("arg", (): tree.Arg => {
    const start = this.here();
    return this.OR<Alternatives<tree.Arg>>([
      {
        GATE: () => !this.isBefore(token.Equals),
        ALT: () => {
          const all = this.CONSUME(keyword.all);
          return { kind: "all", span: spanOf(all) };
        },
      },
      {
        ALT: () => {
          const name = this.SUBRULE(this.name);
          const value = this.OPTION(() => {
            this.CONSUME(token.Equals);
            return this.SUBRULE(this.expression);
          });
          return { kind: "arg", ...present({ name, value }), span: this.since(start) };
        },
      },
    ]);
  });

  readonly where = this.RULE("where", () => {
    this.CONSUME(keyword.where);
    return this.SUBRULE(this.operation);
  });

  readonly condition = this.RULE("condition", (): ConditionHead => {
    return this.OR<Alternatives<ConditionHead>>([
      {
        GATE: () => this.LA(2).tokenType === keyword.of && this.LA(3).tokenType === EOF,
        ALT: () => this.SUBRULE(this.groupHead),
      },
      { ALT: () => this.SUBRULE(this.expression) },
    ]);
  });

  readonly groupHead = this.RULE("groupHead", (): ConditionHead => {
    const start = this.here();
    const mode = this.OR([
      { ALT: () => this.word("all" as const, this.CONSUME(keyword.all)) },
      { ALT: () => this.word("any" as const, this.CONSUME(keyword.any)) },
      { ALT: () => this.word("none" as const, this.CONSUME(keyword.none)) },
    ]);
    this.CONSUME(keyword.of);
    return { kind: "group-head", mode, span: this.since(start) };
  });

  // Scenarios

  readonly scenario = this.RULE("scenario", () => {
    this.CONSUME(keyword.scenario);
    return { title: this.SUBRULE(this.text) };
  });

  readonly given = this.RULE("given", (): tree.Step => {
    const start = this.here();
    this.CONSUME(keyword.given);
    return this.OR<Alternatives<tree.Step>>([
      {
        ALT: () => {
          const duration = this.SUBRULE(this.primary);
          this.CONSUME(keyword.pass);
          return { kind: "given-pass", duration, span: this.since(start) };
        },
        GATE: () => this.LA(1).tokenType === token.Digits,
      },
      {
        ALT: () => {
          const { path: event, ...others } = this.SUBRULE(this.happening);
          return { kind: "given-event", event, ...others, span: this.since(start) };
        },
      },
    ]);
  });

  readonly whenStep = this.RULE("whenStep", (): tree.Step => {
    const start = this.here();
    this.CONSUME(keyword.when);
    const { path: command, ...others } = this.SUBRULE(this.happening);
    return { kind: "when-command", command, ...others, span: this.since(start) };
  });

  readonly happening = this.RULE("happening", () => {
    const path = this.SUBRULE(this.path);
    const on = this.OPTION(() => this.SUBRULE(this.onInstance));
    const as = this.OPTION2(() => this.SUBRULE(this.person));
    const args = this.OPTION3(() => this.SUBRULE(this.withArgs)) ?? [];
    return { args, ...present({ path, on, as }) };
  });

  readonly onInstance = this.RULE("onInstance", () => {
    this.CONSUME(keyword.on);
    return this.SUBRULE(this.name);
  });

  readonly person = this.RULE("person", (): tree.Person => {
    const start = this.here();
    const names: tree.Name[] = [];
    this.CONSUME(keyword.as);
    names.push(this.SUBRULE(this.name));
    this.OPTION(() => names.push(this.SUBRULE2(this.name)));
    return { names, span: this.since(start) };
  });

  readonly then = this.RULE("then", (): tree.Step => {
    const start = this.here();
    this.CONSUME(keyword.then);
    const claim = this.OR<Alternatives<WithoutSpan<tree.Step>>>([
      { GATE: () => this.endsAfter(1), ALT: () => this.word({ kind: "then-nothing" }, this.CONSUME(keyword.nothing)) },
      { ALT: () => this.SUBRULE(this.thenNot) },
      { GATE: () => this.endsAfter(1) || /^["“”„‘’‚']/.test(this.LA(2).image), ALT: () => this.SUBRULE(this.thenRejected) },
      { GATE: () => this.LA(2).tokenType !== token.Dot && !this.isListClaim(), ALT: () => this.SUBRULE(this.thenRun) },
      { GATE: () => this.isListClaim(), ALT: () => this.SUBRULE(this.thenList) },
      { ALT: () => this.SUBRULE(this.thenEvent) },
    ]);
    return { ...claim, span: this.since(start) } as tree.Step;
  });

  readonly thenNot = this.RULE("thenNot", () => {
    this.CONSUME(keyword.not);
    const what = this.OR([
      { ALT: () => this.word("allowed" as const, this.CONSUME(keyword.allowed)) },
      { ALT: () => this.word("valid" as const, this.CONSUME(keyword.valid)) },
    ]);
    return { kind: "then-not" as const, what };
  });

  readonly thenRejected = this.RULE("thenRejected", () => {
    this.CONSUME(keyword.rejected);
    const reason = this.OPTION(() => this.SUBRULE(this.text));
    return { kind: "then-rejected" as const, ...present({ reason }) };
  });

  readonly thenRun = this.RULE("thenRun", () => {
    this.CONSUME(keyword.run);
    const command = this.SUBRULE(this.path);
    const args = this.OPTION(() => this.SUBRULE(this.withArgs)) ?? [];
    return { kind: "then-run" as const, command, args };
  });

  readonly thenList = this.RULE("thenList", () => {
    const list = this.SUBRULE(this.name);
    return this.OR<Alternatives<WithoutSpan<tree.Step>>>([
      {
        ALT: () => {
          this.CONSUME(keyword.is);
          this.CONSUME(keyword.empty);
          return { kind: "then-empty", list };
        },
      },
      {
        ALT: () => {
          this.CONSUME(keyword.has);
          const no = this.OPTION({ GATE: () => this.isNo(), DEF: () => this.CONSUME(keyword.no) });
          const args = this.SUBRULE(this.args);
          return { kind: "then-list", list, has: no === undefined, args };
        },
      },
    ]);
  });

  readonly thenEvent = this.RULE("thenEvent", () => {
    const event = this.SUBRULE(this.path);
    const on = this.OPTION(() => this.SUBRULE(this.onInstance));
    const args = this.OPTION2(() => this.SUBRULE(this.withArgs)) ?? [];
    return { kind: "then-event" as const, args, ...present({ event, on }) };
  });

  // Expressions

  readonly expression: Rule<tree.Expression> = this.RULE("expression", (): tree.Expression => {
    return this.OR([{ ALT: () => this.SUBRULE(this.choose) }, { ALT: () => this.SUBRULE(this.operation) }]);
  });

  readonly choose: Rule<tree.Expression> = this.RULE("choose", (): tree.Expression => {
    const start = this.here();
    this.CONSUME(keyword.if);
    const condition = this.SUBRULE(this.expression);
    this.CONSUME(keyword.then);
    const then = this.SUBRULE2(this.expression);
    this.CONSUME(keyword.else);
    const otherwise = this.SUBRULE3(this.expression);
    return { kind: "if", condition, then, otherwise, span: this.since(start) };
  });

  readonly operation: Rule<tree.Expression> = this.RULE("operation", (): tree.Expression => {
    const steps: Step[] = [this.SUBRULE(this.term)];
    this.MANY(() =>
      this.OR([
        { GATE: () => this.isTest(), ALT: () => steps.push(this.SUBRULE(this.test)) },
        { ALT: () => steps.push(this.SUBRULE(this.operator), this.SUBRULE2(this.term)) },
      ]),
    );
    return this.ACTION(() => {
      const [only] = steps as [Term, ...Step[]];
      return steps.length === 1 && only.negations.length === 0 ? only.operand : combine(steps, (noted) => this.noted.push(noted));
    });
  });

  readonly term: Rule<Term> = this.RULE("term", (): Term => {
    const negations: IToken[] = [];
    this.MANY(() =>
      this.OR([
        { ALT: () => negations.push(this.CONSUME(keyword.not)) },
        { ALT: () => negations.push(this.foreign("not", this.CONSUME(token.ForeignNot))) },
      ]),
    );
    return { kind: "term", negations, operand: this.SUBRULE(this.unary) };
  });

  readonly operator = this.RULE("operator", (): Operator => {
    const start = this.here();
    const operator = this.OR<Alternatives<tree.BinaryOperator>>([
      { ALT: () => this.SUBRULE(this.equality) },
      { ALT: () => this.word("and", this.CONSUME(keyword.and)) },
      { ALT: () => this.word("or", this.CONSUME(keyword.or)) },
      { ALT: () => this.word("<", this.CONSUME(token.Less)) },
      { ALT: () => this.word("<=", this.CONSUME(token.AtMost)) },
      { ALT: () => this.word(">", this.CONSUME(token.Greater)) },
      { ALT: () => this.word(">=", this.CONSUME(token.AtLeast)) },
      { ALT: () => this.word("contains", this.CONSUME(keyword.contains)) },
      { ALT: () => this.word("starts with", this.CONSUME(keyword.starts), this.CONSUME(keyword.with)) },
      { ALT: () => this.word("ends with", this.CONSUME(keyword.ends), this.CONSUME2(keyword.with)) },
      { ALT: () => this.word("otherwise", this.CONSUME(keyword.otherwise)) },
      { ALT: () => this.word("+", this.CONSUME(token.Plus)) },
      { ALT: () => this.word("-", this.CONSUME(token.Minus)) },
      { ALT: () => this.word("*", this.CONSUME(token.Times)) },
      { ALT: () => this.word("/", this.CONSUME(token.Divide)) },
      { ALT: () => this.word("mod", this.CONSUME(keyword.mod)) },
      { ALT: () => this.foreignOperator(this.CONSUME(token.ForeignOperator)) },
      { ALT: () => this.foreignOperator(this.CONSUME(token.Equals)) },
    ]);
    return { kind: "operator", operator, span: this.since(start) };
  });

  readonly equality = this.RULE("equality", () => {
    this.CONSUME(keyword.is);
    const word = this.OPTION(() =>
      this.OR([
        { ALT: () => this.word("is not" as const, this.CONSUME(keyword.not)) },
        { ALT: () => this.word("is in" as const, this.CONSUME(keyword.in)) },
      ]),
    );
    return word ?? "is";
  });

  readonly test = this.RULE("test", (): Tested => {
    const start = this.here();
    return this.OR<Alternatives<Tested>>([
      {
        ALT: () => {
          this.CONSUME(keyword.is);
          const not = this.OPTION(() => this.CONSUME(keyword.not)) !== undefined;
          const word = this.OR2([
            { ALT: () => this.word("empty" as const, this.CONSUME(keyword.empty)) },
            { ALT: () => this.word("none" as const, this.CONSUME(keyword.none)) },
          ]);
          return { kind: "tested", test: not ? `is not ${word}` : `is ${word}`, span: this.since(start) };
        },
      },
      {
        ALT: () => {
          this.CONSUME(keyword.matches);
          const pattern = this.CONSUME(token.Pattern).image.slice(1, -1);
          return { kind: "tested", test: { pattern }, span: this.since(start) };
        },
      },
    ]);
  });

  readonly unary: Rule<tree.Expression> = this.RULE("unary", (): tree.Expression => {
    return this.OR([
      { ALT: () => this.SUBRULE(this.minus) },
      { GATE: () => this.isBefore(keyword.of), ALT: () => this.SUBRULE(this.of) },
      { ALT: () => this.SUBRULE(this.filter) },
    ]);
  });

  readonly minus: Rule<tree.Expression> = this.RULE("minus", (): tree.Expression => {
    const start = this.here();
    this.CONSUME(token.Minus);
    const operand = this.SUBRULE(this.unary);
    return { kind: "unary", operator: "-", operand, span: this.since(start) };
  });

  readonly of: Rule<tree.Expression> = this.RULE("of", (): tree.Expression => {
    const start = this.here();
    return this.OR<Alternatives<tree.Expression>>([
      {
        GATE: () => aggregations.has(this.LA(1).image),
        ALT: () => {
          const word = this.CONSUME(token.Name).image as tree.Aggregation["word"];
          this.CONSUME(keyword.of);
          const value = this.SUBRULE(this.operation);
          this.CONSUME(keyword.over);
          const over = this.SUBRULE(this.unary);
          return { kind: "aggregation", word, value, over, span: this.since(start) };
        },
      },
      {
        ALT: () => {
          const word = this.SUBRULE(this.ofWord);
          this.CONSUME2(keyword.of);
          const operand = this.SUBRULE2(this.unary);
          return { kind: "of", word, operand, span: this.since(start) };
        },
      },
    ]);
  });

  readonly ofWord = this.RULE("ofWord", (): tree.Name => {
    return this.OR([{ ALT: () => nameOf(this.CONSUME(token.Name)) }, { ALT: () => nameOf(this.CONSUME(keyword.none)) }]);
  });

  readonly filter: Rule<tree.Expression> = this.RULE("filter", (): tree.Expression => {
    const start = this.here();
    const collection = this.SUBRULE(this.member);
    const where = this.OPTION(() => this.SUBRULE(this.where));
    return this.ACTION(() => {
      if (where === undefined) return collection;
      const loose = looseConnective(where);
      if (loose !== undefined) this.noted.push(fault("filter-needs-parentheses", loose.operatorSpan, { word: loose.operator }));
      return { kind: "filter", collection, where, span: this.since(start) };
    });
  });

  readonly member: Rule<tree.Expression> = this.RULE("member", (): tree.Expression => {
    const start = this.here();
    let value = this.SUBRULE(this.primary);
    this.MANY(() => {
      this.CONSUME(token.Dot);
      const name = this.SUBRULE(this.name);
      value = { kind: "member", of: value, name, span: this.since(start) };
    });
    return value;
  });

  readonly primary: Rule<tree.Expression> = this.RULE("primary", (): tree.Expression => {
    return this.OR([
      { ALT: () => this.SUBRULE(this.literal) },
      { ALT: () => this.SUBRULE(this.number) },
      { ALT: () => this.SUBRULE(this.listLiteral) },
      { ALT: () => this.SUBRULE(this.group) },
      { ALT: () => this.SUBRULE(this.nameOrCall) },
    ]);
  });

  readonly literal = this.RULE("literal", (): tree.Expression => {
    return this.OR([
      { ALT: () => literalOf(this.CONSUME(token.Text)) },
      { ALT: () => literalOf(this.CONSUME(token.Truth)) },
      { ALT: () => literalOf(this.CONSUME(keyword.none)) },
      { ALT: () => literalOf(this.CONSUME(token.DateText)) },
      { ALT: () => literalOf(this.CONSUME(token.GivenName)) },
    ]);
  });

  readonly number = this.RULE("number", (): tree.Expression => {
    const digits = this.CONSUME(token.Digits);
    const unit = this.OPTION(() => this.SUBRULE(this.timeUnit));
    const span = this.since(digits.startOffset);
    if (unit === undefined) return { kind: "number-literal", digits: digits.image, span };
    return { kind: "duration-literal", amount: digits.image, unit, span };
  });

  readonly timeUnit = this.RULE("timeUnit", () => unitOf(this.CONSUME(token.TimeUnit)));

  readonly listLiteral: Rule<tree.Expression> = this.RULE("listLiteral", (): tree.Expression => {
    const items: tree.Expression[] = [];
    const open = this.CONSUME(token.OpenList);
    this.OPTION(() => {
      items.push(this.SUBRULE(this.expression));
      this.MANY(() => {
        this.CONSUME(token.Comma);
        items.push(this.SUBRULE2(this.expression));
      });
    });
    this.CONSUME(token.CloseList);
    return { kind: "list-literal", items, span: this.since(open.startOffset) };
  });

  readonly group: Rule<tree.Expression> = this.RULE("group", (): tree.Expression => {
    const open = this.CONSUME(token.Open);
    const inner = this.SUBRULE(this.expression);
    this.CONSUME(token.Close);
    return { kind: "group", inner, span: this.since(open.startOffset) };
  });

  readonly nameOrCall: Rule<tree.Expression> = this.RULE("nameOrCall", (): tree.Expression => {
    const found = this.CONSUME(token.Name);
    const call = this.OPTION(() => this.SUBRULE(this.callArguments));
    return this.ACTION(() => {
      if (call !== undefined) return this.callOf(found, call);
      if (found.image !== "null" && found.image !== "undefined" && found.image !== "nil") {
        return { kind: "name-expression", name: found.image, span: spanOf(found) };
      }
      this.foreign("none", found);
      return { kind: "none-literal", span: spanOf(found) };
    });
  });

  readonly callArguments = this.RULE("callArguments", () => {
    const found: (tree.Expression | NamedArgument)[] = [];
    this.CONSUME(token.Open);
    this.OPTION(() => {
      found.push(this.SUBRULE(this.callArgument));
      this.MANY(() => {
        this.CONSUME(token.Comma);
        found.push(this.SUBRULE2(this.callArgument));
      });
    });
    this.CONSUME(token.Close);
    return found;
  });

  readonly callArgument = this.RULE("callArgument", () => {
    return this.OR<Alternatives<tree.Expression | NamedArgument>>([
      { GATE: () => this.isBefore(token.Equals), ALT: () => this.SUBRULE(this.namedArgument) },
      { ALT: () => this.SUBRULE(this.expression) },
    ]);
  });

  readonly namedArgument = this.RULE("namedArgument", (): NamedArgument => {
    const start = this.here();
    const name = this.SUBRULE(this.name);
    this.CONSUME(token.Equals);
    const value = this.SUBRULE(this.expression);
    return { name, value, span: this.since(start) };
  });

  // Words

  readonly path = this.RULE("path", (): tree.Path => {
    const start = this.here();
    const parts = [this.SUBRULE(this.name)];
    this.OPTION(() => {
      this.CONSUME(token.Dot);
      parts.push(this.SUBRULE2(this.name));
      this.OPTION2(() => {
        this.CONSUME2(token.Dot);
        parts.push(this.SUBRULE3(this.name));
      });
    });
    return { kind: "path", parts, span: this.since(start) };
  });

  readonly names = this.RULE("names", () => {
    const names: tree.Name[] = [];
    names.push(this.SUBRULE(this.name));
    this.MANY(() => {
      this.CONSUME(token.Comma);
      names.push(this.SUBRULE2(this.name));
    });
    return names;
  });

  readonly name = this.RULE("name", (): tree.Name => nameOf(this.CONSUME(token.Name)));

  readonly text = this.RULE("text", (): tree.Quoted => quotedOf(this.CONSUME(token.Text)));

  isAtEnd() {
    return this.LA(1).tokenType === EOF;
  }

  private here() {
    return this.LA(1).startOffset;
  }

  private since(start: number): tree.Span {
    const last = this.LA(0);
    return { start, end: last.startOffset + last.image.length };
  }

  private isBefore(type: TokenType) {
    return this.LA(2).tokenType === type;
  }

  private endsAfter(count: number) {
    return this.LA(count + 1).tokenType === EOF;
  }

  /** `has` or `is` behind a single name: this is about a list. */
  private isListClaim() {
    const { tokenType } = this.LA(2);
    return tokenType === keyword.has || tokenType === keyword.is;
  }

  /** `has no likes`, but not `has no = 3` about a field called no. */
  private isNo() {
    const { tokenType } = this.LA(2);
    return tokenType !== token.Equals && tokenType !== token.Comma && tokenType !== EOF;
  }

  private isTest() {
    const { tokenType } = this.LA(1);
    if (tokenType !== keyword.is) return tokenType === keyword.matches;
    const at = this.LA(2).tokenType === keyword.not ? 3 : 2;
    const word = this.LA(at).tokenType;
    return word === keyword.empty || (word === keyword.none && this.LA(at + 1).tokenType !== keyword.of);
  }

  /** What the tokens stand for. */
  private word<Result>(result: Result, ..._consumed: readonly IToken[]): Result {
    return result;
  }

  private foreign(write: string, found: IToken): IToken {
    const span = spanOf(found);
    this.noted.push(fault("foreign-spelling", span, { found: found.image, write }, { fix: { span, text: this.spaced(write, found) } }));
    return found;
  }

  private foreignOperator(found: IToken): tree.BinaryOperator {
    const write = foreignOperators.get(found.image) ?? "is";
    this.foreign(write, found);
    return write as tree.BinaryOperator;
  }

  /** `a==b` becomes `a is b`, not `aisb`. */
  private spaced(write: string, { startOffset, image }: IToken) {
    const last = this.LA(-1);
    const next = this.LA(1);
    const before = last.tokenType !== EOF && last.startOffset + last.image.length === startOffset ? " " : "";
    const after = next.tokenType !== EOF && next.startOffset === startOffset + image.length && write !== "none" ? " " : "";
    return before + write + after;
  }

  private callOf(found: IToken, args: readonly (tree.Expression | NamedArgument)[]): tree.Call {
    const positional = args.filter((arg) => "kind" in arg);
    const named = args.filter((arg): arg is NamedArgument => !("kind" in arg));
    const [odd] = positional;
    if (odd !== undefined && named.length > 0 && this.noted.length === 0)
      this.noted.push(fault("mixed-arguments", odd.span, { call: found.image }));
    return { kind: "call", name: nameOf(found), positional, named, span: this.since(found.startOffset) };
  }
}

type Ordering = tree.Query["order"][number];
type NamedArgument = tree.Call["named"][number];
/** Typed here, so that each alternative is held to the rule's result. */
type Alternatives<Result> = IOrAlt<Result>[];
type WithoutSpan<Node> = Node extends unknown ? Omit<Node, "span"> : never;

const aggregations: ReadonlySet<string> = new Set(["sum", "average", "smallest", "largest"]);

/** Chevrotain's own sentences are never shown: its message carries the name of the token that was expected. */
const expectedToken = {
  buildMismatchTokenMessage: ({ expected }: { readonly expected: TokenType }) => expected.name,
  buildNotAllInputParsedMessage: () => "",
  buildNoViableAltMessage: () => "",
  buildEarlyExitMessage: () => "",
};

function triggerOf(path: tree.Path, rejected: IToken | undefined, key: tree.Expression | undefined, span: tree.Span): tree.Trigger {
  if (rejected !== undefined) return { kind: "rejection-trigger", command: path, span };
  const [timer, dotted] = path.parts;
  if (dotted === undefined && key === undefined) return { kind: "timer-trigger", timer: timer!, span };
  return { kind: "event-trigger", ...present({ event: path, for: key }), span };
}

function literalOf(found: IToken): tree.Expression {
  const span = spanOf(found);
  switch (found.tokenType) {
    case token.Truth:
      return { kind: "boolean-literal", value: found.image === "true", span };
    case keyword.none:
      return { kind: "none-literal", span };
    case token.DateText:
      return { kind: "date-literal", date: found.image, span };
    case token.GivenName:
      return { kind: "name-expression", name: found.image, span };
    default:
      return { kind: "text-literal", value: textIn(found), span };
  }
}

function unitOf({ image }: IToken): tree.DurationUnit {
  return (image.endsWith("s") ? image : `${image}s`) as tree.DurationUnit;
}
