import type { Aggregate } from "../../model/aggregate.ts";
import type { Domain } from "../../model/domain.ts";
import type { StateField } from "../../model/field.ts";
import type { List } from "../../model/list.ts";
import { fullName, type EventName } from "../../model/names.ts";
import type { EmittedFile } from "../emitted-file.ts";
import { header } from "../header.ts";
import type { Shared } from "../declared-names.ts";
import { textAt } from "../javascript/lay-out-statements.ts";
import { array, object, openObject, text, type Js } from "../javascript/syntax.ts";
import { notEmitted } from "../not-emitted.ts";
import { docComment } from "../typescript/doc-comment.ts";
import { importText } from "../typescript/import.ts";
import { definitionDoc, fieldsText, membersText } from "../typescript/interface.ts";
import { FileNames, pascal } from "../typescript/names.ts";
import { aggregatePath } from "./aggregate.ts";
import { emitConstant } from "./constant.ts";
import { fieldEntries, formerNames } from "./field.ts";
import { listTemplate } from "./list.template.ts";
import { Imports } from "./imports.ts";
import { handlerOf, listHandlers, shapeListCode } from "./list-code.ts";
import { indexesOf } from "./list-indexes.ts";
import { shapeQueries } from "./query.ts";
import { shapeReaction } from "./reaction.ts";
import { emitReadRules } from "./read-rules.ts";
import { takenEverywhere } from "./scopes.ts";
import { propertyText, valueText } from "./section.ts";

/** The file of one list: its fields, how events fill it, and who may read it. */
export function emitList(list: List, domain: Domain, shared: Shared): EmittedFile {
  return { path: listPath(list), text: listTemplate(shapeList(list, domain, shared)), ownership: "generated" };
}

export const listPath = ({ name }: List): string => `server/readModel/lists/${name}.ts`;

export const listVariable = (list: List): string =>
  new FileNames(
    "fields",
    "when",
    "queries",
    "isAuthorized",
    "event",
    "mark",
    "row",
    "user",
    "item",
    ...takenEverywhere,
    ...listHandlers(list).map((handler) => handler.name),
  ).claim(list.name, `${list.name}List`);

export function shapeList(list: List, domain: Domain, shared: Shared) {
  const { name, fields, reactions } = list;
  const typeName = pascal(name);
  const variable = listVariable(list);
  const sources = importedEvents(list, domain);
  const handlers = listHandlers(list);
  const types = ["ListDefinition", "Definition", ...ownTypes(list), ...sources.map((source) => source.typeName)];
  const constants = ["fields", "when", "queries", "isAuthorized", variable, ...handlers.map((handler) => handler.name)];
  const imports = new Imports(shared, "../../", types, constants);
  const generics = ["Row", "Events", ...(list.queries.length === 0 ? [] : ["Queries"])].map((ending) => `${typeName}${ending}`);
  const shape = {
    ...shapeListCode(list),
    ...shapeQueries(list, imports),
    header: header(list.place, `list ${name}`),
    comment: docComment(0, list.description),
    typeName,
    row: fieldsText(fields, imports.value, ["readonly id: string;"]),
    events: membersText(reactions.map(({ event }) => ({ name: fullName(event), doc: typeOf(event, sources) }))),
    definition: textAt(0, definitionDoc("ListDefinition", generics)),
    fields: valueText(openObject(fields.map((field) => [field.name, object(listFieldEntries(field, imports))]))),
    reactions: reactions.map((reaction) => shapeReaction(reaction, variable, handlerOf(handlers, reaction), imports)),
    rules: propertyText(1, "read", emitReadRules(list.allows, imports)),
    variable,
    name,
    formerly: formerNames(list.was)
      .map(([key, value]) => propertyText(1, key, value))
      .join("\n"),
    description: list.description === undefined ? "" : propertyText(1, "description", text(list.description)),
    indexes: propertyText(1, "indexes", array(indexesOf(list).map((index) => array(index.map(text))))),
  };
  const importing = sources.map((source) => `${source.importing}\n`).join("");
  return { ...shape, runtimeImport: imports.runtimeText("ListDefinition"), imports: `${imports.text()}${importing}` };
}

function listFieldEntries(field: StateField, imports: Imports): readonly (readonly [string, Js])[] {
  const { default: _default, ...asField } = field;
  return [
    ...fieldEntries(asField, imports),
    ...(field.start === undefined ? [] : [["initialState", emitConstant(field.start, imports)] as const]),
  ];
}

/** What the file itself declares. */
const ownTypes = ({ name }: List): readonly string[] => ["Row", "Events", "Queries", "Code"].map((ending) => `${pascal(name)}${ending}`);

interface Source {
  readonly aggregate: Aggregate;
  /** What its events are called in this file. */
  readonly typeName: string;
  readonly importing: string;
}

/** Of each aggregate that the list hears of, once, in order of appearance. */
function importedEvents(list: List, domain: Domain): readonly Source[] {
  const names = new FileNames("ListDefinition", "Definition", ...ownTypes(list));
  return [...new Set(list.reactions.map(({ event }) => find(domain, event)))].map((aggregate) => {
    const exported = `${pascal(aggregate.name)}Events`;
    const typeName = names.claim(exported, `${pascal(aggregate.context)}${exported}`);
    const imported = typeName === exported ? exported : `${exported} as ${typeName}`;
    return {
      aggregate,
      typeName,
      importing: importText([imported], `../../../${aggregatePath(aggregate)}`.replace("../server/", ""), true),
    };
  });
}

function find(domain: Domain, { context, aggregate }: EventName): Aggregate {
  const found = domain.contexts.find(({ name }) => name === context)?.aggregates.find(({ name }) => name === aggregate);
  return found ?? notEmitted(`a list of the aggregate ${context}.${aggregate}`);
}

function typeOf({ context, aggregate, event }: EventName, sources: readonly Source[]): string {
  const source = sources.find((candidate) => candidate.aggregate.context === context && candidate.aggregate.name === aggregate);
  return `${source?.typeName}["${event}"]`;
}
