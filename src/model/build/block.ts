import type * as tree from "../../../grammar/ast.ts";
import type { Let } from "../command.ts";
import type { Expression } from "../expression.ts";
import type { Place } from "../place.ts";
import { listOf } from "../resolve/collections.ts";
import { complain, locationOf, placeOf } from "../resolve/environment.ts";
import { infer } from "../resolve/infer.ts";
import { presentWhere } from "../resolve/narrow.ts";
import { knows, type Scope, withLocal, withPresent } from "../resolve/scope.ts";
import { buildCondition, buildValue } from "./condition.ts";

/** What became of one statement: the statement, unless something was wrong, and what the ones below it can see. */
export interface Built<Statement> {
  readonly statement: Statement | undefined;
  readonly scope: Scope;
}

/** Where a statement stands in its block. */
export interface Position {
  readonly isLast: boolean;
  /** In a `when` or `for each`. */
  readonly isInner: boolean;
}

/** What each kind of statement means in one kind of block. A kind that is not here does not belong there. */
export interface Dialect<Statement> {
  /** For sentences: `a command`. */
  readonly place: string;
  readonly handlers: {
    readonly [Kind in tree.Statement["kind"]]?: (
      statement: Extract<tree.Statement, { readonly kind: Kind }>,
      scope: Scope,
      position: Position,
    ) => Built<Statement>;
  };
}

export function buildBlock<Statement>(
  statements: readonly tree.Statement[],
  scope: Scope,
  dialect: Dialect<Statement>,
  isInner = false,
): { readonly statements: readonly Statement[]; readonly scope: Scope } {
  const built: Statement[] = [];
  let inside = scope;
  for (const [index, statement] of statements.entries()) {
    const one = buildStatement(statement, inside, dialect, { isLast: index === statements.length - 1, isInner });
    if (one.statement !== undefined) built.push(one.statement);
    inside = one.scope;
  }
  return { statements: built, scope: inside };
}

function buildStatement<Statement>(
  statement: tree.Statement,
  scope: Scope,
  dialect: Dialect<Statement>,
  position: Position,
): Built<Statement> {
  const handler = dialect.handlers[statement.kind] as
    ((statement: tree.Statement, scope: Scope, position: Position) => Built<Statement>) | undefined;
  if (handler !== undefined) return handler(statement, scope, position);
  const allowed = (Object.keys(dialect.handlers) as tree.Statement["kind"][]).map((kind) => statementWords[kind]);
  complain(scope.env, "statement-not-here", statement.span, {
    statement: statementWords[statement.kind],
    place: dialect.place,
    allowed,
    belongsTo: homes[statement.kind],
  });
  return { statement: undefined, scope };
}

const statementWords: { readonly [Kind in tree.Statement["kind"]]: string } = {
  reject: "reject",
  publish: "publish",
  let: "let",
  when: "when",
  "for-each": "for each",
  "by-code": "by code",
  set: "set",
  clear: "clear",
  "add-to": "add … to",
  "remove-from": "remove … from",
  "remove-items": "remove … where",
  "update-items": "update … where",
  end: "end",
  "add-row": "add",
  "update-row": "update",
  "remove-row": "remove",
  run: "run",
  schedule: "schedule",
  cancel: "cancel",
};

/** Where each kind of statement is at home. */
const homes: { readonly [Kind in tree.Statement["kind"]]: string } = {
  reject: "commands",
  publish: "commands",
  let: "commands, lists and flows",
  when: "commands, lists and flows",
  "for-each": "lists and flows",
  "by-code": "commands, lists and flows",
  set: "events and flows",
  clear: "events",
  "add-to": "events",
  "remove-from": "events",
  "remove-items": "events",
  "update-items": "events",
  end: "events and flows",
  "add-row": "lists",
  "update-row": "lists",
  "remove-row": "lists",
  run: "flows",
  schedule: "flows",
  cancel: "flows",
};

export function buildLet({ name, value, span }: tree.Let, scope: Scope): Built<Let> {
  const built = buildValue(value, scope);
  return {
    statement: built && { kind: "let", name: name.text, value: built, place: placeOf(scope.env, span) },
    scope: introduce(scope, "let", name, built?.type),
  };
}

/** A new name; nothing that is known already may be called so. */
function introduce(scope: Scope, what: "let" | "loop", name: tree.Name, type: Expression["type"] | undefined): Scope {
  if (knows(scope, name.text) || scope.prefixes.has(name.text)) {
    complain(scope.env, "name-taken", name.span, { name: name.text, place: scope.place });
    return scope;
  }
  return withLocal(scope, "name", name.text, { node: { kind: "local", what, name: name.text }, type }, locationOf(scope.env, name.span));
}

export interface BuiltWhen<Statement> {
  readonly kind: "when";
  readonly condition: Expression;
  readonly statements: readonly Statement[];
  readonly otherwise?: readonly Statement[];
  readonly place: Place;
}

/** `when C` and `otherwise`: each block knows how the condition turned out. */
export function buildWhen<Statement>(when: tree.When, scope: Scope, dialect: Dialect<Statement>): Built<BuiltWhen<Statement>> {
  const condition = buildCondition(when.condition, scope);
  const known = (holds: boolean) => (condition === undefined ? scope : withPresent(scope, presentWhere(condition, holds)));
  const { statements } = buildBlock(when.statements, known(true), dialect, true);
  const otherwise = when.otherwise && buildBlock(when.otherwise, known(false), dialect, true).statements;
  const place = placeOf(scope.env, when.span);
  return {
    statement: condition && { kind: "when", condition, statements, ...(otherwise && { otherwise }), place },
    scope: when.statements.at(-1)?.kind === "reject" ? known(false) : scope,
  };
}

export interface BuiltForEach<Statement> {
  readonly kind: "for-each";
  readonly variable: string;
  readonly collection: Expression;
  readonly statements: readonly Statement[];
  readonly place: Place;
}

export function buildForEach<Statement>(loop: tree.ForEach, scope: Scope, dialect: Dialect<Statement>): Built<BuiltForEach<Statement>> {
  const collection = listOf(infer(loop.collection, scope), scope);
  const of = collection?.type.kind === "list" ? collection.type.of : undefined;
  const { statements } = buildBlock(loop.statements, introduce(scope, "loop", loop.variable, of), dialect, true);
  const place = placeOf(scope.env, loop.span);
  return { statement: collection && { kind: "for-each", variable: loop.variable.text, collection, statements, place }, scope };
}

/** For sentences: `the event "sent"`. */
export const the = (noun: string, name: string): string => `the ${noun} "${name}"`;
