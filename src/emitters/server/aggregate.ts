import type { Aggregate, Upgrade } from "../../model/aggregate.ts";
import type { Field, StateField } from "../../model/field.ts";
import type { FormerNames } from "../../model/names.ts";
import { docComment } from "../typescript/doc-comment.ts";
import { definitionDoc, fieldsText, membersText } from "../typescript/interface.ts";
import { dataDoc } from "../typescript/type.ts";
import { textAt } from "../javascript/lay-out-statements.ts";
import { constant, openObject, present, text, type Js } from "../javascript/syntax.ts";
import { FileNames, isInherited, pascal } from "../typescript/names.ts";
import type { EmittedFile } from "../emitted-file.ts";
import { header } from "../header.ts";
import type { Shared } from "../declared-names.ts";
import { aggregateTemplate } from "./aggregate.template.ts";
import { shapeCommand } from "./command.ts";
import { handlersOf, shapeCode } from "./code.ts";
import { emitConstant } from "./constant.ts";
import { shapeEvent } from "./event.ts";
import { emitFields, formerNames } from "./field.ts";
import { emitInvariants, emitUniques } from "./invariant.ts";
import { emitRules } from "./rules.ts";
import { Imports } from "./imports.ts";
import type { Narrowing } from "./narrowing.ts";
import { lateFields, permissionScope, takenEverywhere, type Subject } from "./scopes.ts";
import { propertyText, valueText } from "./section.ts";

/** The file of one kind of aggregate: its state, its commands, its events, and who may what. */
export function emitAggregate(aggregate: Aggregate, shared: Shared, contextWas?: FormerNames): EmittedFile {
  return { path: aggregatePath(aggregate), text: aggregateTemplate(shapeAggregate(aggregate, shared, contextWas)), ownership: "generated" };
}

export const aggregatePath = ({ context, name }: Aggregate): string => `server/writeModel/${context}/${name}.ts`;

/** What the file calls the aggregate, where its own name is one that the file needs. */
export const aggregateVariable = (aggregate: Aggregate): string =>
  new FileNames(...constants, ...takenEverywhere, "mark", ...handlersOf(aggregate)).claim(aggregate.name, `${aggregate.name}Aggregate`);

/** What the file declares besides. */
const constants = ["fields", "initialState", "commands", "events", "invariants", "unique", "isAuthorized"];

/** What a field of the state begins with stands in `initialState`. What it was called before is nobody's concern: no state is stored. */
const asInState = ({ default: _start, was: _was, ...field }: StateField): Field => field;

/** A field that is set by every first event has no start, but for one that would begin with what all objects have. */
function startOf({ name, start }: StateField, imports: Imports): Js | undefined {
  if (start !== undefined) return emitConstant(start, imports);
  return isInherited(name) ? present(constant(null)) : undefined;
}

export function shapeAggregate(aggregate: Aggregate, shared: Shared, contextWas?: FormerNames) {
  const { context, name, state, commands, events } = aggregate;
  const variable = aggregateVariable(aggregate);
  const typeName = pascal(name);
  const { codeImport, codeTypes, runtimeTypes } = shapeCode(aggregate);
  const types = ["State", "Commands", "Events", "Code"].map((part) => `${typeName}${part}`);
  const imports = new Imports(
    shared,
    "../../",
    [...types, ...runtimeTypes, "Definition"],
    [...constants, variable, ...handlersOf(aggregate)],
  );
  const subject: Subject = { variable, late: lateFields(state), imports };
  const permissions = (narrowing: Narrowing) => permissionScope(subject, narrowing);
  const started = state.flatMap((field) => {
    const start = startOf(field, imports);
    return start === undefined ? [] : [[field.name, start] as const];
  });
  const shape = {
    codeImport,
    codeTypes,
    header: header(aggregate.place, `context ${context}, aggregate ${name}`),
    comment: docComment(0, aggregate.description),
    typeName,
    state: fieldsText(state, imports.value),
    commandTypes: membersText(commands.map((command) => ({ ...command, doc: dataDoc(command.fields, imports.value) }))),
    eventTypes: membersText(events.map((event) => ({ ...event, doc: dataDoc(event.fields, imports.value) }))),
    definition: textAt(0, definitionDoc("AggregateDefinition", [`${typeName}State`, `${typeName}Commands`, `${typeName}Events`])),
    fields: valueText(emitFields(state.map(asInState), imports)),
    initialState: valueText(openObject(started)),
    commands: commands.map((command) => shapeCommand(command, subject, events)),
    events: events.map((event) => shapeEvent(event, subject, upgradesOf(aggregate, event.name))),
    invariants: aggregate.invariants.length === 0 ? "" : valueText(emitInvariants(aggregate.invariants, subject)),
    uniques: aggregate.uniques.length === 0 ? "" : valueText(emitUniques(aggregate.uniques, subject)),
    commandRules: propertyText(1, "commands", emitRules(commands, variable, permissions)),
    eventRules: propertyText(1, "events", emitRules(events, variable, permissions)),
    variable,
    names: [
      ["context", text(context)] as const,
      ...formerNames(contextWas).map(([, value]) => ["contextWas", value] as const),
      ["name", text(name)] as const,
      ...formerNames(aggregate.was),
    ]
      .map(([key, value]) => propertyText(1, key, value))
      .join("\n"),
  };
  return { ...shape, runtimeImport: imports.runtimeText(...runtimeTypes), imports: imports.text() };
}

/** In the order of the versions that they begin from. */
const upgradesOf = ({ upgrades }: Aggregate, event: string): readonly Upgrade[] =>
  upgrades.filter((upgrade) => upgrade.event === event).sort((a, b) => a.from - b.from);
