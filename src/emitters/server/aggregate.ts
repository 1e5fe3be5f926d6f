import type { Aggregate, Upgrade } from "../../model/aggregate.ts";
import type { Field, StateField } from "../../model/field.ts";
import type { FormerNames } from "../../model/names.ts";
import { docComment } from "../typescript/doc-comment.ts";
import { importText } from "../typescript/import.ts";
import { definitionDoc, membersText } from "../typescript/interface.ts";
import { dataDoc } from "../typescript/type.ts";
import { textAt } from "../javascript/lay-out-statements.ts";
import { openObject, text } from "../javascript/syntax.ts";
import { FileNames, pascal } from "../typescript/names.ts";
import type { EmittedFile } from "../emitted-file.ts";
import { header } from "../header.ts";
import { aggregateTemplate } from "./aggregate.template.ts";
import { shapeCommand } from "./command.ts";
import { handlersOf, shapeCode } from "./code.ts";
import { emitConstant } from "./constant.ts";
import { shapeEvent } from "./event.ts";
import { emitFields, formerNames } from "./field.ts";
import { emitInvariants, emitUniques } from "./invariant.ts";
import { emitRules } from "./rules.ts";
import { comparedAgain } from "./compared-again.ts";
import { lateFields, permissionScope, type Subject } from "./scopes.ts";
import { propertyText, valueText } from "./section.ts";

/** The file of one kind of aggregate: its state, its commands, its events, and who may what. */
export function emitAggregate(aggregate: Aggregate, contextWas?: FormerNames): EmittedFile {
  return { path: aggregatePath(aggregate), text: aggregateTemplate(shapeAggregate(aggregate, contextWas)), ownership: "generated" };
}

export const aggregatePath = ({ context, name }: Aggregate): string => `server/writeModel/${context}/${name}.ts`;

/** What the file calls the aggregate, where its own name is one that the file needs. */
export const aggregateVariable = (aggregate: Aggregate): string =>
  new FileNames(
    "fields",
    "initialState",
    "commands",
    "events",
    "invariants",
    "unique",
    "isAuthorized",
    "mark",
    ...handlersOf(aggregate),
  ).claim(aggregate.name, `${aggregate.name}Aggregate`);

/** What a field of the state begins with stands in `initialState`. What it was called before is nobody's concern: no state is stored. */
const asInState = ({ default: _start, was: _was, ...field }: StateField): Field => field;

export function shapeAggregate(aggregate: Aggregate, contextWas?: FormerNames) {
  const { context, name, state, commands, events } = aggregate;
  const subject: Subject = { variable: aggregateVariable(aggregate), late: lateFields(state) };
  const typeName = pascal(name);
  const permissions = permissionScope(subject);
  const started = state.flatMap((field) => (field.start === undefined ? [] : [[field.name, emitConstant(field.start)] as const]));
  const { runtimeTypes, ...code } = shapeCode(aggregate);
  return {
    ...code,
    runtimeImport: importText(runtimeTypes, "@wkgen/runtime", true),
    header: header(aggregate.place, `context ${context}, aggregate ${name}`),
    comment: docComment(0, aggregate.description),
    typeName,
    state: membersText(state),
    commandTypes: membersText(commands.map((command) => ({ ...command, doc: dataDoc(command.fields) }))),
    eventTypes: membersText(events.map((event) => ({ ...event, doc: dataDoc(event.fields) }))),
    definition: textAt(0, definitionDoc("AggregateDefinition", [`${typeName}State`, `${typeName}Commands`, `${typeName}Events`])),
    fields: valueText(emitFields(state.map(asInState))),
    initialState: valueText(openObject(started)),
    commands: commands.map((command) => shapeCommand(command, { ...subject, comparedAgain: comparedAgain(command) }, events)),
    events: events.map((event) => shapeEvent(event, subject, upgradesOf(aggregate, event.name))),
    invariants: aggregate.invariants.length === 0 ? "" : valueText(emitInvariants(aggregate.invariants, subject)),
    uniques: aggregate.uniques.length === 0 ? "" : valueText(emitUniques(aggregate.uniques, subject)),
    commandRules: propertyText(1, "commands", emitRules(commands, subject.variable, permissions)),
    eventRules: propertyText(1, "events", emitRules(events, subject.variable, permissions)),
    variable: subject.variable,
    names: [
      ["context", text(context)] as const,
      ...formerNames(contextWas).map(([, value]) => ["contextWas", value] as const),
      ["name", text(name)] as const,
      ...formerNames(aggregate.was),
    ]
      .map(([key, value]) => propertyText(1, key, value))
      .join("\n"),
  };
}

/** In the order of the versions that they begin from. */
const upgradesOf = ({ upgrades }: Aggregate, event: string): readonly Upgrade[] =>
  upgrades.filter((upgrade) => upgrade.event === event).sort((a, b) => a.from - b.from);
