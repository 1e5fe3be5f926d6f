import type { Doc } from "prettier";
import type { Domain } from "../../model/domain.ts";
import type { Flow, FlowReaction } from "../../model/flow.ts";
import { fullName } from "../../model/names.ts";
import type { EmittedFile } from "../emitted-file.ts";
import { header } from "../header.ts";
import type { Shared } from "../declared-names.ts";
import { textAt } from "../javascript/lay-out-statements.ts";
import { quote } from "../javascript/quote.ts";
import { arrow, constant, name as nameOf, openObject, text, type Js } from "../javascript/syntax.ts";
import { usedParameters } from "../javascript/uses.ts";
import { notEmitted } from "../not-emitted.ts";
import { docComment } from "../typescript/doc-comment.ts";
import { definitionDoc, fieldsText, membersText } from "../typescript/interface.ts";
import { FileNames, pascal } from "../typescript/names.ts";
import { emitConstant } from "./constant.ts";
import { emitExpression } from "./expression.ts";
import { codedReactions, shapeFlowCode, type FlowTypes } from "./flow-code.ts";
import { flowWords, shapeFlowReaction } from "./flow-reaction.ts";
import { findAggregate, sourcesOf } from "./flow-sources.ts";
import { formerNames } from "./field.ts";
import { Imports } from "./imports.ts";
import { narrowingIn } from "./narrowing.ts";
import { flowTemplate } from "./flow.template.ts";
import { flowScope, Locals, takenEverywhere, type Subject } from "./scopes.ts";
import { propertyText, valueText } from "./section.ts";

/** The file of one flow: what it remembers, and what it does about events, rejections and timers. */
export function emitFlow(flow: Flow, domain: Domain, shared: Shared): EmittedFile {
  return { path: flowPath(flow), text: flowTemplate(shapeFlow(flow, domain, shared)), ownership: "generated" };
}

export const flowPath = ({ name }: Flow): string => `server/flows/${name}.ts`;

const constants = ["identity", "initialState", "when", "whenRejected", "whenDue"];

export const flowVariable = (flow: Flow): string =>
  new FileNames(
    ...constants,
    ...flowWords,
    ...takenEverywhere,
    ...codedReactions(flow).map(({ handler }) => handler),
  ).claim(flow.name, `${flow.name}Flow`);

export function shapeFlow(flow: Flow, domain: Domain, shared: Shared) {
  const typeName = pascal(flow.name);
  const variable = flowVariable(flow);
  const sources = sourcesOf(flow, domain);
  const code = shapeFlowCode(flow, sources, typesOf(flow));
  const imports = new Imports(shared, "../", sources.types, [...constants, variable]);
  const subject: Subject = { variable, late: new Set(), imports };
  const sections = sectionsOf(flow, domain, subject);
  const shape = {
    header: header(flow.place, `flow ${flow.name}`),
    comment: docComment(0, flow.description),
    typeName,
    state: flow.forEach === undefined ? "" : fieldsText(flow.state, imports.value),
    events: membersText(sources.events.map((event) => ({ name: fullName(event), doc: sources.dataOf(event) }))),
    commands: membersText(sources.commands.map((command) => ({ name: fullName(command), doc: sources.dataOf(command) }))),
    codeTypes: code.codeTypes,
    definition: textAt(0, definitionOf(flow)),
    identity: flow.forEach === undefined ? "" : valueText(emitIdentity(flow, subject)),
    initialState: valueText(emitInitialState(flow, imports)),
    sections,
    variable,
    properties: propertiesOf(
      flow,
      sections.map(({ section }) => section),
    ),
  };
  const runtimeImport = imports.runtimeText("FlowDefinition", ...code.types);
  return { ...shape, runtimeImport, imports: `${imports.text()}${sources.imports}${code.codeImport}` };
}

const typesOf = (flow: Flow): FlowTypes => ({
  state: flow.forEach === undefined ? "{}" : `${pascal(flow.name)}State`,
  events: `${pascal(flow.name)}Events`,
  commands: `${pascal(flow.name)}Commands`,
  timers: timersOf(flow),
});

function definitionOf(flow: Flow): Doc {
  const { state, events, commands, timers } = typesOf(flow);
  return definitionDoc("FlowDefinition", [[state], [events], [commands], timers]);
}

const emitInitialState = ({ state }: Flow, imports: Imports): Js =>
  openObject(state.map(({ name, start }) => [name, emitConstant(start ?? notEmitted("a field of a flow that begins with nothing"), imports)]));

/** The names of the timers, each a text of the language's; `never` where there are none. */
function timersOf({ reactions }: Flow): readonly string[] {
  const timers = new Set<string>();
  const collect = (statements: FlowReaction["statements"]): void => {
    for (const statement of statements) {
      if (statement.kind === "schedule" || statement.kind === "cancel") timers.add(quote(statement.timer));
      if (statement.kind === "when" || statement.kind === "for-each") collect(statement.statements);
      if (statement.kind === "when") collect(statement.otherwise ?? []);
    }
  };
  for (const { trigger, statements } of reactions) {
    if (trigger.kind === "timer") timers.add(quote(trigger.timer));
    collect(statements);
  }
  return timers.size === 0 ? ["never"] : [...timers];
}

/** For which instance each event is. */
function emitIdentity({ reactions }: Flow, subject: Subject): Js {
  return openObject(
    reactions.flatMap(({ trigger }) => {
      if (trigger.kind !== "event") return [];
      const instance = trigger.instance ?? notEmitted("an event without an instance");
      const id = emitExpression(instance, flowScope(subject, "event", new Locals("event"), narrowingIn(instance)));
      return [[fullName(trigger.event), arrow(usedParameters(["event"], id), id)] as const];
    }),
  );
}

const sectionNames = { event: "when", rejection: "whenRejected", timer: "whenDue" } as const;

/** The reactions by what they are about. That to events is always there. */
function sectionsOf(flow: Flow, domain: Domain, subject: Subject) {
  const handlers = new Map(codedReactions(flow).map(({ reaction, handler }) => [reaction, handler]));
  return Object.entries(sectionNames).flatMap(([kind, section]) => {
    const reactions = flow.reactions
      .filter(({ trigger }) => trigger.kind === kind)
      .map((reaction) =>
        shapeFlowReaction(reaction, {
          subject,
          handler: handlers.get(reaction) ?? "handle",
          commandOf: (name) =>
            findAggregate(domain, name).commands.find((command) => command.name === name.command) ?? notEmitted(`the command ${name.command}`),
        }),
      );
    return reactions.length === 0 && section !== "when" ? [] : [{ section, reactions }];
  });
}

function propertiesOf({ name, was, description, fromBeginning, forEach }: Flow, sections: readonly string[]): string {
  const properties: readonly (readonly [string, Js])[] = [
    ["name", text(name)],
    ...formerNames(was),
    ...(description === undefined ? [] : [["description", text(description)] as const]),
    ...(fromBeginning ? [["isFromBeginning", constant(true)] as const] : []),
    ...(forEach === undefined ? [] : [["identity", nameOf("identity")] as const]),
    ["initialState", nameOf("initialState")],
    ...sections.map((section) => [section, nameOf(section)] as const),
  ];
  return properties.map(([key, value]) => (value.kind === "name" && value.name === key ? `  ${key},` : propertyText(1, key, value))).join("\n");
}
