import { builders } from "prettier/doc";
import { fullName, type EventName } from "../../model/names.ts";
import type { List, ListReaction, ListStatement } from "../../model/list.ts";
import type { CodePart, MergedFile } from "../emitted-file.ts";
import { textAt } from "../javascript/lay-out-statements.ts";
import { quote } from "../javascript/quote.ts";
import { array, path } from "../javascript/syntax.ts";
import { docComment } from "../typescript/doc-comment.ts";
import { importText } from "../typescript/import.ts";
import { FileNames, pascal } from "../typescript/names.ts";
import { propertyText } from "./section.ts";

const { group, ifBreak, indent, join, line, softline } = builders;

interface Handler {
  readonly event: EventName;
  readonly name: string;
}

/** The functions that a person writes: `handleSent`; where events of two aggregates have the same name, `handleMessageSent`. */
export function listHandlers({ reactions }: List): readonly Handler[] {
  const names = new FileNames();
  return reactions.filter(({ statements }) => statements.some(isCoded)).map(({ event }) => ({ event, name: nameOf(event, names) }));
}

function nameOf({ context, aggregate, event }: EventName, names: FileNames): string {
  const long = `${pascal(aggregate)}${pascal(event)}`;
  return names.claim(`handle${pascal(event)}`, `handle${long}`, `handle${pascal(context)}${long}`);
}

export const handlerOf = (handlers: readonly Handler[], { event }: ListReaction): string =>
  handlers.find((handler) => fullName(handler.event) === fullName(event))?.name ?? "";

function isCoded(statement: ListStatement): boolean {
  if (statement.kind === "when") return [...statement.statements, ...(statement.otherwise ?? [])].some(isCoded);
  return statement.kind === "for-each" ? statement.statements.some(isCoded) : statement.kind === "by-code";
}

/** The file beside the list's own, where its reactions are written out. Nothing where there are none. */
export function emitListCode(list: List): readonly MergedFile[] {
  const handlers = listHandlers(list);
  if (handlers.length === 0) return [];
  const type = codeType(list);
  const imported = importText([type], `./${list.name}.ts`, true);
  const parts = handlers.map((handler) => stub(handler, type));
  const text = `${[imported, ...parts.map((part) => part.text)].join("\n\n")}\n`;
  return [{ path: `server/readModel/lists/${list.name}.code.ts`, text, ownership: "merged", code: { parts, type, importText: imported } }];
}

const codeType = ({ name }: List): string => `${pascal(name)}Code`;

/** The application runs before the code is written: until then the event changes nothing. */
function stub({ event, name }: Handler, type: string): CodePart {
  const open = textAt(0, [
    group([`export const ${name}: ${type}[`, indent([softline, quote(fullName(event))]), softline, "] = "]),
    group(["(", indent([softline, join([",", line], ["_list", "_event", "mark"])]), ifBreak(","), softline, ") => {"]),
  ]);
  return { name, text: `${open}\n  return mark.asDone();\n};` };
}

/** What the generated file says of the code: where it is, and what it is like. Empty where nothing is written in TypeScript. */
export function shapeListCode(list: List) {
  const handlers = listHandlers(list);
  if (handlers.length === 0) return { codeImport: "", codeType: "", code: "" };
  const names = handlers.map(({ name }) => name);
  const comment = docComment(0, `What is written in ${list.name}.code.ts: what becomes of the rows when something happens.`);
  return {
    codeImport: `${importText(names, `./${list.name}.code.ts`)}\n`,
    codeType: `${comment}export type ${codeType(list)} = Definition["when"];\n\n`,
    code: propertyText(1, "code", array(names.map((name) => path(name)))),
  };
}
