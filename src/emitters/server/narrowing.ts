import type { Comparison, Expression, NodeKind } from "../../model/expression.ts";
import { inStatement, type Statement } from "../../model/expressions-in.ts";
import { keyOf } from "../../model/resolve/scope.ts";
import { partsOf, subexpressions } from "../../model/subexpressions.ts";
import { isText, withoutOptional } from "../../model/types/fit.ts";
import { factOf, insideFunction, join, learn, nowhere, type Facts } from "./facts.ts";

/**
 * What TypeScript makes of the conditions in a function. It narrows types as it reads: what it has seen compared once it may take for impossible
 * the next time, not knowing that an event has changed the state since; and what the model has checked it may not have understood.
 */
export interface Narrowing {
  /** Whether TypeScript would call the comparison, or the question, a mistake if it were written with `===`, or draw the wrong conclusion from it. */
  isDoubted(comparison: Expression): boolean;
  /** Whether TypeScript knows that an optional which the model has found to be present is not null. */
  isSeen(present: Expression): boolean;
}

/** Reads the body of a function, be it a single expression, from top to bottom. */
export function narrowingIn(...body: readonly Expression[] | readonly [readonly Statement[]]): Narrowing {
  const misleading = new Set<Expression>();
  let reader = readAll(body, misleading);
  // What TypeScript no longer concludes may be what another conclusion rested on.
  for (let known = 0; misleading.size > known;) {
    known = misleading.size;
    reader = readAll(body, misleading);
  }
  return { isDoubted: (comparison) => reader.doubted.has(comparison), isSeen: (present) => reader.seen.has(present) };
}

function readAll(body: readonly Expression[] | readonly [readonly Statement[]], misleading: Set<Expression>): Reader {
  const reader = new Reader(misleading);
  for (const part of body)
    if ("kind" in part) reader.read(part, new Map());
    else reader.run(part, new Map());
  return reader;
}

interface Outcome {
  readonly whenTrue: Facts;
  readonly whenFalse: Facts;
}

const unchanged = (facts: Facts): Outcome => ({ whenTrue: facts, whenFalse: facts });

type NodeOf<Kind extends NodeKind> = Extract<Expression, { readonly kind: Kind }>;

class Reader {
  readonly doubted: Set<Expression>;
  readonly seen = new Set<Expression>();
  /** Questions whether something is none, after which it is used as if it could be there: TypeScript had better not hear the answer. */
  readonly #misleading: Set<Expression>;

  constructor(misleading: Set<Expression>) {
    this.#misleading = misleading;
    this.doubted = new Set(misleading);
  }

  /** What is known after the statements; undefined where they always return. */
  run(statements: readonly Statement[], before: Facts): Facts | undefined {
    return statements.reduce<Facts | undefined>((facts, statement) => facts && this.#step(statement, facts), before);
  }

  #step(statement: Statement, facts: Facts): Facts | undefined {
    switch (statement.kind) {
      case "reject":
        return this.#reject(statement, facts);
      case "publish": {
        const { whenTrue, whenFalse } = statement.condition ? this.read(statement.condition, facts) : unchanged(facts);
        for (const { value } of statement.data) this.read(value, whenTrue);
        return join([whenTrue, whenFalse]);
      }
      case "when": {
        const { whenTrue, whenFalse } = this.read(statement.condition, facts);
        const ends = [this.run(statement.statements, whenTrue), this.run(statement.otherwise ?? [], whenFalse)];
        const open = ends.filter((end) => end !== undefined);
        return open.length === 0 ? undefined : join(open);
      }
      case "let":
        this.read(statement.value, facts);
        return nameIt(statement.name, statement.value, facts);
      case "for-each":
        this.read(statement.collection, facts);
        this.run(statement.statements, facts);
        return facts;
      case "by-code":
        return undefined;
      default:
        for (const expression of inStatement(statement))
          this.read(expression, isWrittenAsFunction(statement) ? insideFunction(facts) : facts);
        return facts;
    }
  }

  #reject({ condition, reason }: Extract<Statement, { readonly kind: "reject" }>, facts: Facts): Facts | undefined {
    const outcome = condition && this.read(condition, facts);
    for (const part of reason) if (typeof part !== "string") this.read(part, outcome?.whenTrue ?? facts);
    return outcome?.whenFalse;
  }

  /** What is known where the expression, if it is a condition, holds, and where it does not. */
  read(node: Expression, facts: Facts): Outcome {
    switch (node.kind) {
      case "literal":
        return { whenTrue: node.value === false ? nowhere : facts, whenFalse: node.value === true ? nowhere : facts };
      case "logic":
        return this.#logic(node, facts);
      case "not": {
        const { whenTrue, whenFalse } = this.read(node.operand, facts);
        return { whenTrue: whenFalse, whenFalse: whenTrue };
      }
      case "if": {
        const { whenTrue, whenFalse } = this.read(node.condition, facts);
        this.read(node.then, whenTrue);
        this.read(node.otherwise, whenFalse);
        return unchanged(facts);
      }
      case "comparison":
        return this.#comparison(node, facts);
      case "is-empty":
        return this.#isEmpty(node, facts);
      case "is-none": {
        this.read(node.operand, facts);
        if (!isPath(node.operand) || this.#misleading.has(node)) return unchanged(facts);
        const key = keyOf(node.operand);
        const [present, absent] = [learn(facts, key, { present: true }), learn(facts, key, { absent: new Set([node]) })];
        return node.negated ? { whenTrue: present, whenFalse: absent } : { whenTrue: absent, whenFalse: present };
      }
      case "member":
        this.read(node.of, facts);
        this.#use(node.of, facts);
        return unchanged(isPath(node) && node.type.kind === "boolean" ? learn(facts, keyOf(node), { only: "some" }) : facts);
      case "present":
        this.read(node.operand, facts);
        this.#use(node.operand, facts);
        if (isPath(node.operand) && factOf(facts, keyOf(node.operand)).present) this.seen.add(node);
        return unchanged(facts);
      case "pick":
      case "count":
      case "quantifier":
      case "filter":
        this.read(node.list, facts);
        if (node.where !== undefined) this.read(node.where.condition, insideFunction(facts));
        return unchanged(facts);
      case "aggregation":
        this.read(node.list, facts);
        this.read(node.value, insideFunction(facts));
        return unchanged(facts);
      default:
        for (const part of partsOf(node)) this.read(part, facts);
        return unchanged(isPath(node) && node.type.kind === "boolean" ? learn(facts, keyOf(node), { only: "some" }) : facts);
    }
  }

  /** Something is asked of what TypeScript takes for null. */
  #use(node: Expression, facts: Facts): void {
    const { absent = [] } = isPath(node) ? factOf(facts, keyOf(node)) : {};
    for (const question of absent) this.#misleading.add(question);
  }

  #logic({ word, operands }: NodeOf<"logic">, facts: Facts): Outcome {
    let onward = facts;
    const left: Facts[] = [];
    for (const operand of operands) {
      const { whenTrue, whenFalse } = this.read(operand, onward);
      left.push(word === "and" ? whenFalse : whenTrue);
      onward = word === "and" ? whenTrue : whenFalse;
    }
    return word === "and" ? { whenTrue: onward, whenFalse: join(left) } : { whenTrue: join(left), whenFalse: onward };
  }

  /** A text is compared with the empty one. */
  #isEmpty(node: NodeOf<"is-empty">, facts: Facts): Outcome {
    const { operand, negated } = node;
    this.read(operand, facts);
    if (!isText(operand.type)) return unchanged(facts);
    const width = widthOf(operand, facts);
    if (clash(width, nothing)) {
      this.doubted.add(node);
      return unchanged(facts);
    }
    const [empty, other] = [conclude(facts, operand, operand, nothing), exclude(facts, operand, nothing)];
    return negated ? { whenTrue: other, whenFalse: empty } : { whenTrue: empty, whenFalse: other };
  }

  #comparison(node: NodeOf<"comparison">, facts: Facts): Outcome {
    for (const side of [node.left, node.right]) this.read(side, facts);
    if (!isByIdentity(node)) return unchanged(facts);
    const [left, right] = [widthOf(node.left, facts), widthOf(node.right, facts)];
    if (clash(left, right)) {
      this.doubted.add(node);
      return unchanged(facts);
    }
    const same = conclude(conclude(facts, node.left, node.right, right), node.right, node.left, left);
    const other = exclude(exclude(facts, node.left, right), node.right, left);
    return node.operator === "is" ? { whenTrue: same, whenFalse: other } : { whenTrue: other, whenFalse: same };
  }
}

const identical = new Set(["value", "list", "map", "json"]);
const isByIdentity = ({ operator, left }: Comparison): boolean =>
  (operator === "is" || operator === "is not") && !identical.has(withoutOptional(left.type).kind);

/** What is written as a path of names, which alone TypeScript follows: `order.state.address`, but not `order.state.address?.zip`. */
function isPath(node: Expression): boolean {
  if (node.kind === "present") return isPath(node.operand);
  if (node.kind === "member") return node.of.type.kind !== "optional" && isPath(node.of);
  return ["read", "local", "element", "given"].includes(node.kind);
}

/** How much of its type is left to one side of a comparison: a few literals, known or not, or all but some. */
type Width =
  | { readonly kind: "only"; readonly values: ReadonlySet<unknown> | "some" }
  | { readonly kind: "but"; readonly excluded: ReadonlySet<unknown> };

const nothing: Width = { kind: "only", values: new Set([""]) };
const anything: Width = { kind: "but", excluded: new Set() };

function widthOf(node: Expression, facts: Facts): Width {
  if (node.kind === "literal") return { kind: "only", values: new Set([node.value]) };
  if (node.kind === "option") return { kind: "only", values: new Set([node.option]) };
  if (node.kind === "present") return widthOf(node.operand, facts);
  if (node.kind === "if") return widthOfEither(widthOf(node.then, facts), widthOf(node.otherwise, facts));
  const { only, excluded } = factOf(facts, keyOf(node));
  return only === undefined ? { kind: "but", excluded } : { kind: "only", values: only };
}

function widthOfEither(one: Width, other: Width): Width {
  if (one.kind === "but" || other.kind === "but") return anything;
  return { kind: "only", values: one.values === "some" || other.values === "some" ? "some" : new Set([...one.values, ...other.values]) };
}

/** Whether TypeScript may see that the sides have nothing in common. */
function clash(one: Width, other: Width): boolean {
  if (one.kind === "but") return other.kind === "only" && clash(other, one);
  if (one.values === "some") return other.kind === "only" || other.excluded.size > 0;
  if (other.kind === "but") return [...one.values].every((value) => other.excluded.has(value));
  const { values } = other;
  return values === "some" || ![...one.values].some((value) => values.has(value));
}

/** What is the same as the other side is as narrow. */
function conclude(facts: Facts, node: Expression, other: Expression, width: Width): Facts {
  if (!isPath(node)) return facts;
  const only = width.kind === "only" ? width.values : width.excluded.size > 0 ? "some" : undefined;
  const isPresent = other.type.kind !== "optional" && other.type.kind !== "none";
  return learn(facts, keyOf(node), { ...(only && { only }), ...(isPresent && { present: true }) });
}

/** Only of what has options to choose from TypeScript remembers what it is not. */
function exclude(facts: Facts, node: Expression, width: Width): Facts {
  const key = keyOf(node);
  const isUnion = ["choice", "boolean"].includes(withoutOptional(node.type).kind) || factOf(facts, key).only !== undefined;
  if (!isPath(node) || !isUnion || width.kind === "but" || width.values === "some" || width.values.size > 1) return facts;
  const { only, excluded } = factOf(facts, key);
  const left =
    only === undefined || only === "some" ? only : new Set([...only].filter((value) => !(width.values as ReadonlySet<unknown>).has(value)));
  return learn(facts, key, { ...(left && { only: left }), excluded: new Set([...excluded, ...width.values]) });
}

/** A name for a value is as narrow as the value. */
function nameIt(name: string, value: Expression, facts: Facts): Facts {
  const width = widthOf(value, facts);
  const { present, absent } = factOf(facts, keyOf(value));
  return learn(facts, `local ${name}`, {
    present,
    ...(absent && { absent }),
    ...(width.kind === "but" ? { excluded: width.excluded } : { only: width.values }),
  });
}

/** What changes rows or elements by what they hold is a function of them. */
function isWrittenAsFunction(statement: Statement): boolean {
  if (statement.kind === "remove-items" || statement.kind === "update-items") return true;
  if (statement.kind !== "update-row") return false;
  const values = statement.assignments.map(({ value }) => value);
  return (
    statement.changes.length > 0 ||
    values.some((value) => [...subexpressions(value)].some((part) => part.kind === "read" && part.from === "row"))
  );
}
