import { createReadStream } from "node:fs";
import type { FlowRow, FlowRows } from "../flows/flow-copy.ts";
import type { Event } from "../protocol/event.ts";
import type { LogPart, StoredCommand, StoredLog } from "../store/stored-log.ts";

/** A file that holds no whole log: one sentence, and what to do. */
export class NoArchive extends Error {
  override readonly name = "NoArchive";
  readonly cure = "Restore a file that wkgen backup wrote, or all of what wkgen events --json prints.";
}

const atOnce = 1_000;
const format = 1;

/** Hands over what flows keep, as it is at one moment. */
type CopyFlows = <Result>(use: (rows: FlowRows) => Promise<Result>) => Promise<Result>;

/**
 * Writes a log as lines of JSON, many at once: a head that says what follows, what flows keep, all events in their order, all commands, and an end, without which it is
 * not whole. Whatever is appended meanwhile is not part of it. What flows keep is not younger than the log: they find in it whatever they have acted upon.
 */
export async function writeArchive(log: StoredLog, copyFlows: CopyFlows, write: (lines: string) => Promise<void>): Promise<void> {
  let flows = 0;
  const position = await copyFlows(async (rows) => {
    const { position, incarnation } = await log.head();
    await write(inLines([{ wkgen: format, position, incarnation }]));
    for await (const some of rows) {
      await write(inLines(some));
      flows += some.length;
    }
    return position;
  });
  for await (const events of eventsUpTo(log, position)) await write(inLines(events));

  let commands = 0;
  for (let after = "", count = atOnce; count === atOnce;) {
    const some = await log.commands(after, position, atOnce);
    await write(inLines(some.map((command) => ({ command }))));
    commands += count = some.length;
    after = some.at(-1)?.id ?? after;
  }
  await write(inLines([{ end: { events: position, commands, flows } }]));
}

const inLines = (values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join("");

async function* eventsUpTo(log: StoredLog, position: number): AsyncIterable<readonly Event[]> {
  for (let after = 0; after < position;) {
    const some = await log.events(after, Math.min(atOnce, position - after));
    yield some;
    after += some.length;
  }
}

interface Line extends Partial<Omit<Event, "name">> {
  readonly wkgen?: number;
  readonly command?: StoredCommand;
  readonly kept?: FlowRow["kept"];
  readonly end?: Counted;
}

/** How much an archive holds. Those of before flows were kept in them have no number of these. */
interface Counted {
  readonly events: number;
  readonly commands: number;
  readonly flows?: number;
}

/** How much an archive holds that is whole. Throws `NoArchive` where something is missing. */
export async function checkArchive(file: string): Promise<Required<Counted>> {
  const counted = { events: 0, commands: 0, flows: 0 };
  for await (const { events, commands } of readArchive(file)) {
    counted.events += events.length;
    counted.commands += commands.length;
  }
  for await (const some of flowsIn(file)) counted.flows += some.length;
  return counted;
}

/** What an archive holds of flows; it stands before the events. */
export async function* flowsIn(file: string): FlowRows {
  let rows: FlowRow[] = [];
  for await (const [, line] of linesOf(file)) {
    if (line.wkgen !== undefined) continue;
    if (line.kept === undefined) break;
    rows.push(line as FlowRow);
    if (rows.length < atOnce) continue;
    yield rows;
    rows = [];
  }
  yield rows;
}

/**
 * What an archive holds of the log, part by part. A file that holds nothing but events is one, too: their commands are then known by their ids only. Throws `NoArchive`
 * where something is missing.
 */
export async function* readArchive(file: string): AsyncIterable<LogPart> {
  let events: Event[] = [];
  let commands: StoredCommand[] = [];
  const counted = { events: 0, commands: 0, flows: 0 };
  let [isArchive, isWhole] = [false, false];
  const unknown = new Map<string, StoredCommand>();

  for await (const [number, line] of linesOf(file)) {
    if (line.wkgen !== undefined) isArchive = true;
    if (line.wkgen !== undefined && line.wkgen > format) throw new NoArchive(`${file} was written by a newer version of wkgen.`);
    if (line.metadata !== undefined) {
      const event = line as Event;
      if (event.metadata.position !== ++counted.events)
        throw new NoArchive(`Line ${number} of ${file} is event ${event.metadata.position}, where event ${counted.events} belongs.`);
      events.push(event);
      if (!isArchive) unknown.set(event.metadata.commandId, grown(unknown.get(event.metadata.commandId), event));
    }
    if (line.command !== undefined) commands.push(line.command);
    if (line.command !== undefined) counted.commands++;
    if (line.kept !== undefined) counted.flows++;
    if (line.end !== undefined) isWhole = isAll(line.end, counted);
    if (events.length + commands.length < atOnce) continue;
    yield { events, commands };
    [events, commands] = [[], []];
  }
  if (isArchive && !isWhole) throw new NoArchive(`${file} has no end: it is not the whole log.`);
  if (counted.events + counted.commands === 0 && !isArchive) throw new NoArchive(`${file} holds no events.`);
  yield { events, commands: [...commands, ...unknown.values()] };
}

const isAll = (end: Counted, { events, commands, flows }: Required<Counted>): boolean =>
  end.events === events && end.commands === commands && (end.flows ?? 0) === flows;

/** The command that published an event, as far as the event tells. */
function grown(before: StoredCommand | undefined, { name, metadata }: Event): StoredCommand {
  const { commandId: id, position, revision } = metadata;
  return { id, digest: "", position, revision, events: [...(before?.events ?? []), name], problem: null };
}

async function* linesOf(file: string): AsyncIterable<readonly [number, Line]> {
  let number = 0;
  let rest = "";
  for await (const chunk of createReadStream(file, "utf8")) {
    // Not by Node's readline, to which more than a line feed ends a line, such as U+2028, which JSON has inside of its texts.
    const lines = (rest + String(chunk)).split("\n");
    rest = lines.pop() ?? "";
    for (const text of lines) if (text !== "") yield [++number, parsed(text, file, number)];
  }
  if (rest === "") return;
  // What wkgen writes ends with a line break: this line was cut off.
  if (number > 0) throw new NoArchive(`${file} ends within a line: it is not whole.`);
  yield [++number, parsed(rest, file, number)];
}

function parsed(text: string, file: string, number: number): Line {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    line = undefined;
  }
  if (typeof line !== "object" || line === null) throw new NoArchive(`Line ${number} of ${file} is not one of an archive.`);
  return line;
}
