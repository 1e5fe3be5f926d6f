import type { Span } from "../../../grammar/ast.ts";
import { type Diagnostic, diagnostic, type Location } from "../../diagnostics/diagnostic.ts";
import type { Domain } from "../../model/domain.ts";
import type { Change } from "../../model/event.ts";
import type { Expression } from "../../model/expression.ts";
import type { List, ListStatement } from "../../model/list.ts";
import type { Place } from "../../model/place.ts";
import { subexpressions } from "../../model/subexpressions.ts";

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
  for (const list of domain.lists) yield* missingInList(list);
  for (const { was, place } of domain.flows) if (was !== undefined) yield missing(`"was"`, place);
}

const changeWords: { readonly [Kind in Change["kind"]]?: string } = {
  "add-to": "add … to",
  "remove-from": "remove … from",
  "remove-items": "remove … where",
  "update-items": "update … where",
};

function missingInChange({ kind, place }: Change): readonly Missing[] {
  const word = changeWords[kind];
  return word === undefined ? [] : [missing(`"${word}"`, place)];
}

function* missingInList(list: List): Iterable<Missing> {
  for (const { place } of list.queries) yield missing(`"query"`, place);
  yield* list.reactions.flatMap(({ statements }) => statements.flatMap(missingInListStatement));
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
