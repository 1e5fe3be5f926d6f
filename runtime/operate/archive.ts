import { createReadStream } from "node:fs";
import type { Event } from "../protocol/event.ts";
import type { LogPart, StoredCommand, StoredLog } from "../store/stored-log.ts";

/** A file that holds no whole log: one sentence, and what to do. */
export class NoArchive extends Error {
  override readonly name = "NoArchive";
  readonly cure = "Restore a file that wkgen backup wrote, or all of what wkgen events --json prints.";
}

const atOnce = 1_000;
const format = 1;

/**
 * A log as lines of JSON: a head that says what follows, all events in their order, all commands, and an end, without which it is not whole. Whatever is appended
 * while it is written is not part of it.
 */
export async function* archiveLines(log: StoredLog): AsyncIterable<string> {
  const { position, incarnation } = await log.head();
  yield JSON.stringify({ wkgen: format, position, incarnation });
  for await (const event of eventsUpTo(log, position)) yield JSON.stringify(event);

  let commands = 0;
  for (let after = ""; ;) {
    const some = await log.commands(after, position, atOnce);
    for (const command of some) yield JSON.stringify({ command });
    commands += some.length;
    after = some.at(-1)?.id ?? after;
    if (some.length < atOnce) break;
  }
  yield JSON.stringify({ end: { events: position, commands } });
}

async function* eventsUpTo(log: StoredLog, position: number): AsyncIterable<Event> {
  for (let after = 0; after < position;) {
    const some = await log.events(after, Math.min(atOnce, position - after));
    yield* some;
    after += some.length;
  }
}

interface Line extends Partial<Event> {
  readonly wkgen?: number;
  readonly command?: StoredCommand;
  readonly end?: { readonly events: number; readonly commands: number };
}

/**
 * What an archive holds, part by part. A file that holds nothing but events is one, too: their commands are then known by their ids only. Throws `NoArchive`
 * where something is missing.
 */
export async function* readArchive(file: string): AsyncIterable<LogPart> {
  let events: Event[] = [];
  let commands: StoredCommand[] = [];
  const counted = { events: 0, commands: 0 };
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
    if (line.end !== undefined) isWhole = line.end.events === counted.events && line.end.commands === counted.commands;
    if (events.length + commands.length < atOnce) continue;
    yield { events, commands };
    [events, commands] = [[], []];
  }
  if (isArchive && !isWhole) throw new NoArchive(`${file} has no end: it is not the whole log.`);
  if (counted.events + counted.commands === 0 && !isArchive) throw new NoArchive(`${file} holds no events.`);
  yield { events, commands: [...commands, ...unknown.values()] };
}

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
  if (rest !== "") yield [++number, parsed(rest, file, number)];
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
