import type { Aggregate } from "../../model/aggregate.ts";
import type { Domain } from "../../model/domain.ts";
import type { Flow, FlowStatement } from "../../model/flow.ts";
import { fullName, type AggregateName, type CommandName, type EventName } from "../../model/names.ts";
import { quote } from "../javascript/quote.ts";
import { notEmitted } from "../not-emitted.ts";
import { importText } from "../typescript/import.ts";
import { FileNames, pascal } from "../typescript/names.ts";
import { aggregatePath } from "./aggregate.ts";

/** What a flow's file takes from the files of aggregates: the types of their events' and commands' data. */
export interface FlowSources {
  /** The imports, a line each. */
  readonly imports: string;
  /** What types are called in the file that it declares or imports by itself. */
  readonly types: readonly string[];
  readonly events: readonly EventName[];
  readonly commands: readonly CommandName[];
  /** What an event's or a command's data is called in this file: `OrderEvents["placed"]`. */
  dataOf(name: EventName | CommandName): string;
}

const fixed = ["FlowDefinition", "OnEvent", "OnRejection", "OnTimer", "Definition"];

export function sourcesOf(flow: Flow, domain: Domain): FlowSources {
  const events = flow.reactions.flatMap(({ trigger }) => (trigger.kind === "event" ? [trigger.event] : []));
  const commands = uniqueNames([
    ...flow.reactions.flatMap(({ statements }) => commandsIn(statements)),
    ...flow.reactions.flatMap(({ trigger }) => (trigger.kind === "rejection" ? [trigger.command] : [])),
  ]);
  const typeName = pascal(flow.name);
  const own = ["State", "Events", "Commands", "Code"].map((ending) => `${typeName}${ending}`);
  const names = new FileNames(...fixed, ...own);
  const imported = new Map<string, string>();
  const lines = aggregatesOf([...events, ...commands], domain).map((aggregate) => {
    const kinds = [...kindsOf(aggregate, commands, "Commands"), ...kindsOf(aggregate, events, "Events")];
    const specifiers = kinds.map((kind) => {
      const exported = `${pascal(aggregate.name)}${kind}`;
      const local = names.claim(exported, `${pascal(aggregate.context)}${exported}`);
      imported.set(keyOf({ ...aggregate, aggregate: aggregate.name }, kind), local);
      return local === exported ? exported : `${exported} as ${local}`;
    });
    return importText(specifiers, aggregatePath(aggregate).replace("server/", "../"), true);
  });

  return {
    imports: lines.map((line) => `${line}\n`).join(""),
    types: [...fixed, ...own, ...imported.values()],
    events,
    commands,
    dataOf: (name) =>
      "event" in name
        ? `${imported.get(keyOf(name, "Events"))}[${quote(name.event)}]`
        : `${imported.get(keyOf(name, "Commands"))}[${quote(name.command)}]`,
  };
}

type Kind = "Commands" | "Events";

const keyOf = ({ context, aggregate }: AggregateName, kind: Kind) => `${context}.${aggregate} ${kind}`;

const kindsOf = ({ context, name }: Aggregate, mentioned: readonly AggregateName[], kind: Kind): readonly Kind[] =>
  mentioned.some((one) => one.context === context && one.aggregate === name) ? [kind] : [];

/** Those that are mentioned, each once, in order of appearance. */
const aggregatesOf = (mentioned: readonly AggregateName[], domain: Domain): readonly Aggregate[] => [
  ...new Set(mentioned.map((name) => findAggregate(domain, name))),
];

export function findAggregate(domain: Domain, { context, aggregate }: AggregateName): Aggregate {
  const found = domain.contexts.find(({ name }) => name === context)?.aggregates.find(({ name }) => name === aggregate);
  return found ?? notEmitted(`a flow of the aggregate ${context}.${aggregate}`);
}

const uniqueNames = (names: readonly CommandName[]): readonly CommandName[] => [
  ...new Map(names.map((name) => [fullName(name), name])).values(),
];

function commandsIn(statements: readonly FlowStatement[]): readonly CommandName[] {
  return statements.flatMap((statement) => {
    switch (statement.kind) {
      case "run":
        return [statement.command];
      case "by-code":
        return statement.mayRun;
      case "when":
        return commandsIn([...statement.statements, ...(statement.otherwise ?? [])]);
      case "for-each":
        return commandsIn(statement.statements);
      default:
        return [];
    }
  });
}
