import type { Span } from "../../../grammar/ast.ts";
import { type Diagnostic, diagnostic, type Location } from "../../diagnostics/diagnostic.ts";
import type { Aggregate } from "../../model/aggregate.ts";
import type { CommandStatement } from "../../model/command.ts";
import type { Domain } from "../../model/domain.ts";
import type { Change } from "../../model/event.ts";
import type { Expression, NodeKind } from "../../model/expression.ts";
import { inAggregate, inList } from "../../model/expressions-in.ts";
import type { Field } from "../../model/field.ts";
import type { List, ListStatement } from "../../model/list.ts";
import type { Place } from "../../model/place.ts";
import { subexpressions } from "../../model/subexpressions.ts";
import { withoutOptional } from "../../model/types/fit.ts";
import type { Type } from "../../model/types/type.ts";
import { aggregatesOf } from "../aggregates-of.ts";

/** What the language has and the emitters cannot translate is said, once for each line, and never left out silently. */
export function* notSupportedYet(domain: Domain): Iterable<Diagnostic> {
  const told = new Set<string>();
  for (const { what, location } of missingIn(domain)) {
    const key = `${location.file} ${String(location.span.start)} ${what}`;
    if (told.has(key)) continue;
    told.add(key);
    yield diagnostic("not-supported-yet", location, { what });
  }
}

interface Missing {
  readonly what: string;
  readonly location: Location;
}

const missing = (what: string, location: Location): Missing => ({ what, location });

function* missingIn(domain: Domain): Iterable<Missing> {
  if (domain.timeZone !== "UTC") yield missing(`"time zone"`, domain.place);
  for (const { name, place } of domain.tables) yield missing(`The table "${name}"`, place);
  for (const { name, place } of domain.functions) yield missing(`The function "${name}"`, place);
  for (const { name, place } of domain.flows) yield missing(`The flow "${name}"`, place);
  for (const aggregate of aggregatesOf(domain)) yield* missingInAggregate(aggregate);
  for (const list of domain.lists) yield* missingInList(list);
}

function* missingInAggregate(aggregate: Aggregate): Iterable<Missing> {
  const { state, commands, events } = aggregate;
  yield* [...state, ...[...commands, ...events].flatMap(({ fields }) => fields)].flatMap(missingInField);
  yield* commands.flatMap(({ statements }) => statements.flatMap(missingInCommand));
  yield* events.flatMap(({ changes }) => changes.flatMap(missingInEvent));
  yield* missingInExpressions(inAggregate(aggregate), aggregate.place);
}

function missingInCommand(statement: CommandStatement): readonly Missing[] {
  return statement.kind === "when" ? [...statement.statements, ...(statement.otherwise ?? [])].flatMap(missingInCommand) : [];
}

const changeWords: { readonly [Kind in Change["kind"]]?: string } = {
  "add-to": "add … to",
  "remove-from": "remove … from",
  "remove-items": "remove … where",
  "update-items": "update … where",
};

function missingInEvent(change: Change): readonly Missing[] {
  if (change.kind === "update-items") return missingInChange(change);
  const isUnknown = change.kind === "remove-from" && !equal.has(withoutOptional(change.value.type).kind);
  return isUnknown ? [missing(`Removing a ${change.value.type.kind}`, change.place)] : [];
}

function missingInChange({ kind, place }: Change): readonly Missing[] {
  const word = changeWords[kind];
  return word === undefined ? [] : [missing(`"${word}"`, place)];
}

function* missingInList(list: List): Iterable<Missing> {
  for (const { place } of list.queries) yield missing(`"query"`, place);
  yield* list.fields.flatMap(missingInField);
  yield* list.reactions.flatMap(({ statements }) => statements.flatMap(missingInListStatement));
  yield* missingInExpressions(inList(list), list.place);
}

function missingInListStatement(statement: ListStatement): readonly Missing[] {
  switch (statement.kind) {
    case "by-code":
      return [missing(`"by code"`, statement.place)];
    case "for-each":
      return [missing(`"for each"`, statement.place)];
    case "when":
      return [...statement.statements, ...(statement.otherwise ?? [])].flatMap(missingInListStatement);
    case "update-row":
      return [
        ...statement.changes.flatMap(missingInChange),
        ...(statement.where === undefined ? [] : missingInRowCondition(statement.where, statement.place)),
      ];
    case "remove-row":
      return statement.where === undefined ? [] : missingInRowCondition(statement.where, statement.place);
    default:
      return [];
  }
}

/** Which rows a statement is about is decided by the database, which knows fewer conditions. */
function missingInRowCondition(condition: Expression, { file }: Place): readonly Missing[] {
  const here = (what: string) => [missing(what, { file, span: condition.span })];
  switch (condition.kind) {
    case "logic":
      return condition.operands.flatMap((operand) => missingInRowCondition(operand, placeAt(file, operand.span)));
    case "not":
      return missingInRowCondition(condition.operand, placeAt(file, condition.operand.span));
    case "comparison":
      return isOfRow(condition.left) !== isOfRow(condition.right) && ![condition.left, condition.right].every(mentionsRow)
        ? []
        : here("This comparison of rows");
    case "is-none":
      return isOfRow(condition.operand) ? [] : here("This condition on rows");
    case "is-empty":
      return isOfRow(condition.operand) && condition.operand.type.kind === "text" ? [] : here("This condition on rows");
    case "text-test":
      return isOfRow(condition.text) && !mentionsRow(condition.part) && condition.operator !== "ends with"
        ? []
        : here("This condition on rows");
    case "read":
      return isOfRow(condition) ? [] : here("A condition that is not about the rows");
    default:
      return here("This condition on rows");
  }
}

const placeAt = (file: string, span: Span): Place => ({ file, span, line: 0 });

const isOfRow = (expression: Expression) =>
  (expression.kind === "read" && expression.from === "row") || (expression.kind === "given" && expression.what === "row id");

const mentionsRow = (expression: Expression) => [...subexpressions(expression)].some(isOfRow);

function missingInField({ type, place }: Field): readonly Missing[] {
  const kind = innermost(type).kind;
  return kind === "value" ? [missing(`A field that is a ${kind}`, place)] : [];
}

function innermost(type: Type): Type {
  return type.kind === "list" || type.kind === "map" || type.kind === "optional" ? innermost(type.of) : type;
}

const nodeWords: { readonly [Kind in NodeKind]?: string } = {
  convert: "Calculating with decimals",
  table: "A table",
  construct: "Building a value",
  call: "Calling a function",
  aggregation: `"over"`,
};

const textWords = new Set(["lowercase", "uppercase", "trimmed"]);
const plain = new Set<Type["kind"]>(["text", "integer", "number"]);
const ordered = new Set<Type["kind"]>(["integer", "number", "timestamp", "date"]);
const equal = new Set<Type["kind"]>([
  "text",
  "integer",
  "number",
  "boolean",
  "timestamp",
  "date",
  "id",
  "reference",
  "email",
  "url",
  "choice",
]);

function* missingInExpressions(expressions: readonly Expression[], { file }: Place): Iterable<Missing> {
  for (const expression of expressions) {
    // Once for each expression: what is missing inside of something missing says nothing new.
    for (const part of subexpressions(expression)) {
      const what = missingInNode(part);
      if (what === undefined) continue;
      yield missing(what, { file, span: part.span });
      break;
    }
  }
}

function missingInNode(node: Expression): string | undefined {
  switch (node.kind) {
    case "arithmetic":
      return plain.has(node.left.type.kind) && plain.has(node.right.type.kind) ? undefined : `Calculating with ${node.left.type.kind}s`;
    case "negate":
      return plain.has(node.type.kind) ? undefined : `Calculating with ${node.type.kind}s`;
    case "comparison": {
      const { kind } = withoutOptional(node.left.type.kind === "none" ? node.right.type : node.left.type);
      const known = node.operator === "is" || node.operator === "is not" ? equal : ordered;
      return known.has(kind) ? undefined : `Comparing ${kind}s`;
    }
    case "membership":
      return equal.has(withoutOptional(node.item.type).kind)
        ? undefined
        : `Looking for a ${withoutOptional(node.item.type).kind} in a list`;
    case "transform":
      return textWords.has(node.word) ? undefined : `"${node.word} of"`;
    default:
      return nodeWords[node.kind];
  }
}
