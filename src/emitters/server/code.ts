import { builders } from "prettier/doc";
import type { Doc } from "prettier";
import type { Aggregate } from "../../model/aggregate.ts";
import type { Command, CommandCode, CommandStatement } from "../../model/command.ts";
import { textAt } from "../javascript/lay-out-statements.ts";
import { quote } from "../javascript/quote.ts";
import { importText } from "../typescript/import.ts";
import { membersText } from "../typescript/interface.ts";
import { pascal } from "../typescript/names.ts";
import { docComment } from "../typescript/doc-comment.ts";
import type { CodePart, MergedFile } from "../emitted-file.ts";

const { group, ifBreak, indent, join, line, softline } = builders;

/** `like` → `handleLike`: the function that a person writes. */
export const handlerName = ({ name }: Command): string => `handle${pascal(name)}`;

/** The commands that are, at least in part, written in TypeScript. */
export const codedCommands = ({ commands }: Aggregate): readonly Command[] =>
  commands.filter((command) => codesIn(command.statements).length > 0);

function codesIn(statements: readonly CommandStatement[]): readonly CommandCode[] {
  return statements.flatMap((statement) => {
    if (statement.kind === "by-code") return [statement];
    return statement.kind === "when" ? codesIn([...statement.statements, ...(statement.otherwise ?? [])]) : [];
  });
}

/** The file beside the aggregate's own, where its commands are written out. Nothing where there are none. */
export function emitCode(aggregate: Aggregate): readonly MergedFile[] {
  const commands = codedCommands(aggregate);
  if (commands.length === 0) return [];
  const { context, name } = aggregate;
  const type = codeType(aggregate);
  const imported = importText([type], `./${name}.ts`, true);
  const parts = commands.map((command) => stub(command, type));
  const text = `${[imported, ...parts.map((part) => part.text)].join("\n\n")}\n`;
  return [{ path: `server/writeModel/${context}/${name}.code.ts`, text, ownership: "merged", code: { parts, type, importText: imported } }];
}

const codeType = ({ name }: Aggregate): string => `${pascal(name)}Code`;

/** The application runs before the code is written: who asks is told. */
function stub(command: Command, type: string): CodePart {
  const name = handlerName(command);
  const body = `  return mark.asRejected(${quote(`${pascal(command.name)} is not written yet.`)});`;
  const open = textAt(0, [
    `export const ${name}: ${type}[${quote(command.name)}] = `,
    group(["(", indent([softline, join([",", line], ["_aggregate", "_command", "mark"])]), ifBreak(","), softline, ") => {"]),
  ]);
  return { name, text: `${open}\n${body}\n};` };
}

/** What the generated file says of the code: where it is, and what it may do. Empty where nothing is written in TypeScript. */
export function shapeCode(aggregate: Aggregate) {
  const commands = codedCommands(aggregate);
  if (commands.length === 0) return { codeImport: "", codeTypes: "" };
  const typeName = pascal(aggregate.name);
  const members = commands.map((command) => ({ name: command.name, doc: handlerDoc(command, typeName) }));
  const comment = docComment(0, `What is written in ${aggregate.name}.code.ts: each publishes what the model allows it, and nothing else.`);
  return {
    codeImport: `${importText(commands.map(handlerName), `./${aggregate.name}.code.ts`)}\n`,
    codeTypes: `${comment}export interface ${codeType(aggregate)} ${membersText(members)}\n\n`,
  };
}

function handlerDoc(command: Command, typeName: string): Doc {
  const events = [...new Set(codesIn(command.statements).flatMap(({ mayPublish }) => mayPublish))];
  const allowed = typeArguments("Pick", [`${typeName}Events`, join(" | ", events.length === 0 ? ["never"] : events.map(quote))]);
  const definition = typeArguments("AggregateDefinition", [`${typeName}State`, `${typeName}Commands`, allowed]);
  return [definition, `["commands"][${quote(command.name)}]["handle"]`];
}

const typeArguments = (generic: string, args: readonly Doc[]): Doc =>
  group([generic, "<", indent([softline, join([",", line], [...args])]), softline, ">"]);
