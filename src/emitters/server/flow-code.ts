import { builders } from "prettier/doc";
import type { Doc } from "prettier";
import type { Flow, FlowCode, FlowReaction, FlowStatement, FlowTrigger } from "../../model/flow.ts";
import { fullName } from "../../model/names.ts";
import { assignment } from "../javascript/lay-out-assignment.ts";
import { statementsAt, textAt } from "../javascript/lay-out-statements.ts";
import { quote } from "../javascript/quote.ts";
import { call, path, text } from "../javascript/syntax.ts";
import { docComment } from "../typescript/doc-comment.ts";
import { importText } from "../typescript/import.ts";
import { membersText } from "../typescript/interface.ts";
import { FileNames, pascal } from "../typescript/names.ts";
import { typeArguments } from "../typescript/type.ts";
import type { CodePart, MergedFile } from "../emitted-file.ts";
import { nameOfTrigger, parametersOf } from "./flow-reaction.ts";
import type { FlowSources } from "./flow-sources.ts";

const { group, ifBreak, indent, join, line, softline } = builders;

/** A reaction that is, at least in part, written in TypeScript, and the function that a person writes. */
export interface CodedReaction {
  readonly reaction: FlowReaction;
  readonly handler: string;
  readonly codes: readonly FlowCode[];
}

export function codedReactions({ reactions }: Flow): readonly CodedReaction[] {
  const names = new FileNames();
  return reactions.flatMap((reaction) => {
    const codes = codesIn(reaction.statements);
    if (codes.length === 0) return [];
    const [short, long] = handlerNames(reaction.trigger);
    return [{ reaction, handler: names.claim(short, long), codes }];
  });
}

function codesIn(statements: readonly FlowStatement[]): readonly FlowCode[] {
  return statements.flatMap((statement) => {
    if (statement.kind === "by-code") return [statement];
    if (statement.kind === "for-each") return codesIn(statement.statements);
    return statement.kind === "when" ? codesIn([...statement.statements, ...(statement.otherwise ?? [])]) : [];
  });
}

/** `handleOrderPlaced`, or, where two contexts have an `order`, `handleSalesOrderPlaced`. */
function handlerNames(trigger: FlowTrigger): readonly [short: string, long: string] {
  if (trigger.kind === "timer") return [`handle${pascal(trigger.timer)}`, `handle${pascal(trigger.timer)}Timer`];
  const { context, aggregate } = trigger.kind === "event" ? trigger.event : trigger.command;
  const name = trigger.kind === "event" ? pascal(trigger.event.event) : `${pascal(trigger.command.command)}Rejected`;
  const short = `${pascal(aggregate)}${name}`;
  return [`handle${short}`, `handle${pascal(context)}${short}`];
}

/** The file beside the flow's own, where its reactions are written out. Nothing where there are none. */
export function emitFlowCode(flow: Flow): readonly MergedFile[] {
  const coded = codedReactions(flow);
  if (coded.length === 0) return [];
  const type = codeType(flow);
  const imported = importText([type], `./${flow.name}.ts`, true);
  const parts = coded.map((reaction) => stub(reaction, type));
  const whole = `${[imported, ...parts.map((part) => part.text)].join("\n\n")}\n`;
  return [{ path: `server/flows/${flow.name}.code.ts`, text: whole, ownership: "merged", code: { parts, type, importText: imported } }];
}

const codeType = ({ name }: Flow): string => `${pascal(name)}Code`;

const keyOf = ({ trigger }: FlowReaction): string => `${nameOfTrigger(trigger)}${trigger.kind === "rejection" ? " rejected" : ""}`;

/** The application runs before the code is written: the flow stops where it would need it. */
function stub({ reaction, handler }: CodedReaction, type: string): CodePart {
  const parameters = parametersOf(reaction.trigger, "flow").map((parameter) => (parameter === "mark" ? parameter : `_${parameter}`));
  const head = group(["(", indent([softline, join([",", line], parameters)]), ifBreak(","), softline, ") => {"]);
  const open = textAt(0, assignment(`export const ${handler}: ${type}[${quote(keyOf(reaction))}] =`, head));
  const level = open.includes("=\n") ? 1 : 0;
  const reason = text(`"${keyOf(reaction)}" is not written yet.`);
  const body = statementsAt(level + 1, [{ kind: "return", value: call(path("mark", "asRejected"), reason) }]);
  return { name: handler, text: `${open}\n${body}\n${"  ".repeat(level)}};` };
}

/** What the generated file says of the code: where it is, and what it may do. Empty where nothing is written in TypeScript. */
export function shapeFlowCode(flow: Flow, sources: FlowSources, types: FlowTypes) {
  const coded = codedReactions(flow);
  if (coded.length === 0) return { codeImport: "", codeTypes: "", types: [] };
  const members = coded.map((one) => ({ name: keyOf(one.reaction), doc: handlerDoc(one, sources, types) }));
  const comment = docComment(0, `What is written in ${flow.name}.code.ts: each runs what the model allows it, and nothing else.`);
  return {
    codeImport: `${importText(
      coded.map(({ handler }) => handler),
      `./${flow.name}.code.ts`,
    )}\n`,
    codeTypes: `${comment}export interface ${codeType(flow)} ${membersText(members)}\n\n`,
    types: [...new Set(coded.map(({ reaction }) => handlerTypes[reaction.trigger.kind]))].sort(),
  };
}

/** What the types of a flow's file are called; `timers` are the members of a union. */
export interface FlowTypes {
  readonly state: string;
  readonly events: string;
  readonly commands: string;
  readonly timers: readonly string[];
}

const handlerTypes = { event: "OnEvent", rejection: "OnRejection", timer: "OnTimer" } as const;

function handlerDoc({ reaction: { trigger }, codes }: CodedReaction, sources: FlowSources, { state, commands, timers }: FlowTypes): Doc {
  const mayRun = [...new Set(codes.flatMap((code) => code.mayRun.map((command) => quote(fullName(command)))))];
  const allowed = typeArguments("Pick", [[commands], mayRun.length === 0 ? ["never"] : mayRun]);
  const data = trigger.kind === "timer" ? [] : [[sources.dataOf(trigger.kind === "event" ? trigger.event : trigger.command)]];
  return typeArguments(handlerTypes[trigger.kind], [[state], [allowed], timers, ...data]);
}
