import { existsSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { copyFlows, fillFlows, hasFlows } from "../flows/copy-flows.ts";
import { flowsPlace } from "../flows/flows-place.ts";
import type { Fault } from "../protocol/validation/check.ts";
import { checkTimestamp } from "../protocol/validation/time.ts";
import { timeOrderedId } from "../protocol/time-ordered-id.ts";
import { readStoreAddress, type StoreAddress } from "../store/store-address.ts";
import { fillLog, openStoredLog } from "../store/open-log.ts";
import { checkArchive, flowsIn, readArchive, writeArchive } from "./archive.ts";
import { eventsWanted, inOneLine, type Wanted } from "./list-events.ts";
import { unknownEvent } from "./unknown-event.ts";

export interface Output {
  print(line: string): void;
  tell(line: string): void;
}

const flags = {
  store: { type: "string" },
  data: { type: "string" },
  after: { type: "string" },
  take: { type: "string" },
  name: { type: "string" },
  /** Full names of events that the model has, for who asks for one that has not happened. */
  known: { type: "string", multiple: true },
  on: { type: "string" },
  user: { type: "string" },
  since: { type: "string" },
  until: { type: "string" },
  follow: { type: "boolean" },
  json: { type: "boolean" },
} as const;

type Given = { readonly [Flag in keyof typeof flags]?: string | boolean | readonly string[] };

class Misuse extends Error {}

/** No file can be made there. */
class NoPlace extends Error {
  readonly cure: string;

  constructor(file: string, cause: NodeJS.ErrnoException) {
    const folder = dirname(resolve(file));
    const [reason, cure] = {
      ENOENT: [`there is no folder ${folder}`, "Make it, or name a file in a folder that there is."],
      ENOTDIR: [`${folder} is no folder`, "Name a file in a folder that there is."],
    }[String(cause.code)] ?? [
      `${folder} does not take it (${cause.code})`,
      "Let the user that runs this write there, or name a file elsewhere.",
    ];
    super(`${file} cannot be written: ${reason}.`, { cause });
    this.cure = cure!;
  }
}

/** `events`, `backup FILE`, `restore FILE` or `parked` on the log of an application; its folder is the current one. Returns the exit code. */
export async function operate(args: readonly string[], output: Output): Promise<number> {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: flags, allowPositionals: true });
    const [command, file = ""] = positionals;
    const store = readStoreAddress(values.store ?? "", process.cwd());
    if (store === undefined) throw new Misuse("The store has to be sqlite:FILE or postgres://USER@HOST/DATABASE.");
    const place = { store, flows: flowsPlace(store, dataOf(store, values.data)) };
    if (command === "backup") await backup(place, file, output);
    else if (command === "restore") await restore(place, file, output);
    else if (command === "parked") await listParked(place, output);
    else await listEvents(store, values, output);
    return 0;
  } catch (error) {
    return failed(error, output);
  }
}

async function listEvents(store: StoreAddress, given: Given, { print, tell }: Output): Promise<void> {
  const wanted = wantedOf(given);
  const log = await openStoredLog(store);
  const atEnd = (names: ReadonlySet<string>) => {
    const known = Array.isArray(given.known) ? new Set<string>([...names, ...given.known]) : names;
    const unknown = wanted.name === undefined ? undefined : unknownEvent(wanted.name, known);
    if (unknown === undefined) return;
    if (!wanted.follow) throw new Misuse(unknown);
    tell(unknown);
  };
  try {
    for await (const event of eventsWanted(log, wanted, atEnd)) print(given.json === true ? JSON.stringify(event) : inOneLine(event));
  } finally {
    await log.close();
  }
}

/** The commands that flows could not have carried out, as lines of JSON. Nothing is made where there are no flows. */
async function listParked({ flows }: Place, { print }: Output): Promise<void> {
  await copyFlows(flows, async (rows) => {
    for await (const some of rows) for (const row of some) if (row.kept === "command" && row.parked !== null) print(JSON.stringify(row));
  });
}

/** A log, and what flows keep beside it. */
interface Place {
  readonly store: StoreAddress;
  readonly flows: StoreAddress;
}

function dataOf(store: StoreAddress, given: string | undefined): string {
  if (given !== undefined) return resolve(given);
  return store.kind === "sqlite" ? dirname(store.file) : join(process.cwd(), "data");
}

/** First beside its place, and put there when it is on the disk as a whole. */
async function backup({ store, flows }: Place, file: string, { tell }: Output): Promise<void> {
  if (existsSync(file)) throw new Misuse(`There is a ${file} already; a backup never replaces another one.`);
  const log = await openStoredLog(store);
  const unfinished = `${file}.unfinished`;
  try {
    const target = await open(unfinished, "w", 0o600).catch((error: NodeJS.ErrnoException) => {
      throw new NoPlace(file, error);
    });
    await writeArchive(
      log,
      (use) => copyFlows(flows, use),
      (lines) => target.appendFile(lines),
    );
    await target.sync();
    await target.close();
    await rename(unfinished, file);
    tell(`${file} holds the log, and what flows keep.`);
  } catch (error) {
    if (!(error instanceof NoPlace)) await rm(unfinished, { force: true });
    throw error;
  } finally {
    await log.close();
  }
}

async function restore({ store, flows }: Place, file: string, { tell }: Output): Promise<void> {
  if (!existsSync(file)) throw new Misuse(`There is no ${file}.`);
  const counted = await checkArchive(file);
  if (counted.flows > 0 && (await hasFlows(flows)))
    throw new Misuse(`There are flows in ${inWords(flows)} already. Restore beside them: name another log with --store.`);
  const incarnation = timeOrderedId();
  await fillLog(store, readArchive(file), incarnation);
  if (counted.flows > 0) await fillFlows(flows, flowsIn(file), incarnation);
  tell(`The log is restored from ${file}, as a new incarnation: lists are made again when the application starts.`);
}

const inWords = (place: StoreAddress): string => (place.kind === "sqlite" ? place.file : `the schema ${place.address.schema}`);

function wantedOf({ after, take, name, on, user, since, until, follow }: Given): Wanted {
  return {
    after: after === undefined ? 0 : numberOf("after", after),
    take: take === undefined ? Infinity : numberOf("take", take),
    ...(typeof name === "string" && { name }),
    ...(typeof on === "string" && { on }),
    ...(typeof user === "string" && { user }),
    ...(since !== undefined && { since: timeOf("since", since) }),
    ...(until !== undefined && { until: timeOf("until", until) }),
    follow: follow === true,
  };
}

function numberOf(flag: string, given: Given[keyof Given]): number {
  const number = Number(given);
  if (given !== "" && Number.isSafeInteger(number) && number >= 0) return number;
  throw new Misuse(`--${flag} has to be a whole number, not "${given}".`);
}

function timeOf(flag: string, given: Given[keyof Given]): string {
  const faults: Fault[] = [];
  const time = checkTimestamp(given, faults);
  if (typeof time === "string" && faults.length === 0) return time;
  throw new Misuse(`--${flag} has to be a time such as 2026-01-31T09:30:00Z, not "${given}".`);
}

/** What the machine, the store or the file does not allow is told in one sentence, with its cure. Anything else is our own bug. */
function failed(error: unknown, { tell }: Output): number {
  const { message, cure, code } = error as { readonly message: string; readonly cure?: unknown; readonly code?: unknown };
  if (error instanceof Misuse || String(code).startsWith("ERR_PARSE_ARGS")) {
    tell(message);
    return 2;
  }
  if (typeof cure !== "string" && typeof code !== "string") throw error;
  tell(typeof cure === "string" ? `${message} ${cure}` : message);
  return 1;
}
