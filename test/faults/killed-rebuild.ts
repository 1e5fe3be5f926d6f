import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { timeOrderedId } from "../../runtime/protocol/time-ordered-id.ts";
import type { Append } from "../../runtime/store/event-log.ts";
import { openSqliteLog } from "../../runtime/store/sqlite/log.ts";
import type { Acknowledged } from "./audit.ts";
import { auditTables, spoiltTables } from "./audit-lists.ts";
import { faultRow, type FaultRow } from "./fault.ts";
import { inFolder } from "./kills.ts";
import { generations, listTables, type ListTable } from "./list-tables.ts";
import { ServerProcess, talliedChat } from "./server-process.ts";
import { sqliteTables, type EventRow } from "./tables.ts";

const events = 30_000;
const batch = 1_000;
const senders = 20;
/** Where a rebuild was over before anybody noticed, it is begun again. */
const mostTries = 10;
const longestPatience = 60_000;

/** Lists are made anew by hand, and killed halfway; then by a server, which is killed halfway, too; the next one goes on and comes to the end. */
export async function killedRebuild(cycles: number): Promise<FaultRow> {
  return inFolder(async (folder) => {
    const [log, lists] = [join(folder, "chat.db"), join(folder, "chat.lists.db")];
    const record = await fill(log);
    const tables = sqliteTables(log);
    const server = new ServerProcess(`sqlite:${log}`, folder, talliedChat);
    const differences: string[] = [];
    let halfway = 0;
    await server.start();
    await until(() => generations(lists).every(({ isComplete }) => isComplete));
    for (let cycle = 0; cycle < cycles; cycle++) {
      await server.end("SIGKILL");
      const { wrong, isHalfway } = await interrupted(server, lists, cycle % 2 === 0 ? "messages" : "tally", tables.events);
      differences.push(...wrong);
      if (isHalfway) halfway += 1;
    }
    await server.end("SIGTERM");
    const left = listTables(lists);
    const overlooked = spoiltTables(left).filter((wrong) => auditTables(tables.events, wrong).length === 0);
    return faultRow("kill -9 of a rebuild, halfway", cycles, tables, record, {
      differences: [...differences, ...auditTables(tables.events, left)],
      overlooked: [...overlooked.map(() => "a spoilt table"), ...(halfway === 0 ? ["no rebuild was interrupted"] : [])],
    });
  });
}

interface Interrupted {
  readonly wrong: readonly string[];
  readonly isHalfway: boolean;
}

/** One rebuild with two interruptions, and what was wrong with it. */
async function interrupted(server: ServerProcess, lists: string, list: string, log: readonly EventRow[]): Promise<Interrupted> {
  const own = () => generations(lists).findLast((generation) => generation.list === list);
  const before = own()!.number;
  const halfway = () => {
    const now = own();
    return now !== undefined && now.number > before && !now.isComplete && now.position > 0;
  };

  for (let tries = 0; tries < mostTries && !halfway(); tries++) {
    server.replay(list);
    await until(() => halfway() || !server.isRunning);
    await setTimeout(Math.random() * 50);
    await server.end("SIGKILL");
  }
  const [first, wrongAtFirst] = [own(), auditTables(log, listTables(lists))];

  await server.start();
  await setTimeout(Math.random() * 100);
  await server.end("SIGKILL");
  const [second, wrongThen] = [own(), auditTables(log, listTables(lists))];

  await server.start();
  await until(() => own()?.isComplete === true);
  return {
    wrong: [...wrongAtFirst, ...wrongThen, ...wrongAtLast(own()!), ...setBack(first!, second!)],
    isHalfway: !first!.isComplete,
  };

  function wrongAtLast({ position }: Omit<ListTable, "rows">): readonly string[] {
    return [...auditTables(log, listTables(lists)), ...(position === log.length ? [] : [`${list} ended at ${position}`])];
  }

  function setBack(one: Omit<ListTable, "rows">, next: Omit<ListTable, "rows">): readonly string[] {
    const isFurther = one.number === next.number && next.position >= one.position;
    return isFurther ? [] : [`${list} began anew at ${next.position}, though ${one.position} events were in it`];
  }
}

/** A log of messages and likes, and the record of what was appended. */
async function fill(file: string): Promise<readonly Acknowledged[]> {
  const log = await openSqliteLog(file, { newId: timeOrderedId });
  const record: Acknowledged[] = [];
  for (let number = 0; number < events; number += batch) {
    const appends = Array.from({ length: batch }, (_, index) => appendOf(number + index));
    for (const [index, appended] of (await log.append(appends)).entries()) {
      const { command, aggregateId } = appends[index]!;
      if (appended.kind === "appended") record.push({ commandId: command.id, aggregateId, position: appended.handled.position });
    }
  }
  await log.close();
  return record;
}

/** Every third event sends a message, the next two like it. */
function appendOf(number: number): Append {
  const place = number % 3;
  const id = `command-${number}`;
  return {
    ...{ context: "communication", aggregate: "message", aggregateId: `m-${Math.floor(number / 3) % senders}-${number - place}` },
    expectedRevision: place,
    events: [
      {
        id: timeOrderedId(),
        version: 1,
        ...(place === 0 ? { name: "sent", data: { text: `Message ${number}` } } : { name: "liked", data: { likes: place } }),
      },
    ],
    ...{ userId: null, timestamp: new Date().toISOString(), correlationId: id, causationId: id },
    command: { id, digest: "22-characters-of-digest", outcome: { kind: "handled" } },
  };
}

async function until(isSo: () => boolean): Promise<void> {
  for (const end = performance.now() + longestPatience; performance.now() < end; await setTimeout(2)) if (isSo()) return;
  throw new Error(`The rebuild did not get there within ${longestPatience} ms.`);
}
