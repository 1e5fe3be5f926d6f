import { builders } from "prettier/doc";
import type { Doc } from "prettier";
import type { Aggregate, Upgrade } from "../../model/aggregate.ts";
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

/** `sent`, from 1 → `upgradeSentFrom1`: the function that a person writes. */
export const upgradeName = ({ event, from }: Upgrade): string => `upgrade${pascal(event)}From${String(from)}`;

/** Everything that the aggregate's file takes from the one that a person writes. */
export const handlersOf = (aggregate: Aggregate): readonly string[] => [
  ...codedCommands(aggregate).map(handlerName),
  ...aggregate.upgrades.map(upgradeName),
];

/** The file beside the aggregate's own, where its commands are written out, and what upgrades its events. Nothing where there are none. */
export function emitCode(aggregate: Aggregate): readonly MergedFile[] {
  if (handlersOf(aggregate).length === 0) return [];
  const { context, name } = aggregate;
  const type = codeType(aggregate);
  const imported = importText([type], `./${name}.ts`, true);
  const parts = [
    ...codedCommands(aggregate).map((command) => stub(command, type)),
    ...aggregate.upgrades.map((upgrade) => upgradeStub(upgrade, type)),
  ];
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

const upgradeKey = ({ event, from }: Upgrade): string => `${event} from ${String(from)}`;

/** Whoever needs the data of an old event hears that nobody has written it yet; nothing is made up. */
function upgradeStub(upgrade: Upgrade, type: string): CodePart {
  const name = upgradeName(upgrade);
  const open = `export const ${name}: ${type}[${quote(upgradeKey(upgrade))}] = () => {`;
  const sentence = quote(`The upgrade of ${upgradeKey(upgrade)} is not written yet.`);
  const body = textAt(1, group(["throw new Error(", indent([softline, sentence]), ifBreak(","), softline, ");"]));
  return { name, text: `${open}\n${body}\n};` };
}

/** What the generated file says of the code: where it is, and what it may do. Empty where nothing is written in TypeScript. */
export function shapeCode(aggregate: Aggregate) {
  const handlers = handlersOf(aggregate);
  if (handlers.length === 0) return { codeImport: "", codeTypes: "", runtimeTypes: ["AggregateDefinition"] };
  const typeName = pascal(aggregate.name);
  const members = [
    ...codedCommands(aggregate).map((command) => ({ name: command.name, doc: handlerDoc(command, typeName) })),
    ...aggregate.upgrades.map((upgrade) => ({ name: upgradeKey(upgrade), doc: upgradeDoc(upgrade, aggregate, typeName) })),
  ];
  const comment = docComment(0, `What is written in ${aggregate.name}.code.ts: each publishes what the model allows it, and nothing else.`);
  return {
    codeImport: `${importText(handlers, `./${aggregate.name}.code.ts`)}\n`,
    codeTypes: `${comment}export interface ${codeType(aggregate)} ${membersText(members)}\n\n`,
    runtimeTypes: ["AggregateDefinition", ...(aggregate.upgrades.length === 0 ? [] : ["Upgrade"])],
  };
}

/** The last upgrade of an event makes it what it is now. */
function upgradeDoc({ event, from }: Upgrade, { upgrades }: Aggregate, typeName: string): Doc {
  const isLast = upgrades.every((other) => other.event !== event || other.from <= from);
  return isLast ? typeArguments("Upgrade", [`${typeName}Events[${quote(event)}]`]) : "Upgrade";
}

function handlerDoc(command: Command, typeName: string): Doc {
  const events = [...new Set(codesIn(command.statements).flatMap(({ mayPublish }) => mayPublish))];
  const allowed = typeArguments("Pick", [`${typeName}Events`, join(" | ", events.length === 0 ? ["never"] : events.map(quote))]);
  const definition = typeArguments("AggregateDefinition", [`${typeName}State`, `${typeName}Commands`, allowed]);
  return [definition, `["commands"][${quote(command.name)}]["handle"]`];
}

const typeArguments = (generic: string, args: readonly Doc[]): Doc =>
  group([generic, "<", indent([softline, join([",", line], [...args])]), softline, ">"]);
