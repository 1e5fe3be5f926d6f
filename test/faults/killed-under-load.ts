import { setTimeout } from "node:timers/promises";
import { Clients, keepSending } from "./clients.ts";
import { faultRow, type FaultRow, type Reading } from "./fault.ts";
import type { ServerProcess } from "./server-process.ts";
import type { Tables } from "./tables.ts";

const senders = 16;

export interface Killing {
  readonly fault: string;
  readonly cycles: number;
  readonly servers: readonly ServerProcess[];
  /** Ends something without a word, and brings it back. */
  kill(cycle: number): Promise<void>;
  tables(): Promise<Tables>;
  /** Who reads meanwhile; asked when no more commands come, while the servers still run. */
  reading?(): Promise<Reading>;
}

/** Clients that send all the time, and send again what nobody answered, while something is killed again and again. */
export async function killUnderLoad({ fault, cycles, servers, kill, tables, reading }: Killing): Promise<FaultRow> {
  for (const server of servers) await server.start();
  let turn = 0;
  const clients = new Clients(() => servers[turn++ % servers.length]!.url);
  let isOver = false;
  let read: Reading | undefined;
  const sending = keepSending(clients, senders, fault.replaceAll(/\W+/g, "-"), () => isOver);
  try {
    for (let cycle = 0; cycle < cycles; cycle++) {
      // In the middle of something, and never in step with it.
      await clients.untilMore(50);
      await setTimeout(50 * Math.random());
      await kill(cycle);
    }
    isOver = true;
    await sending;
    read = await reading?.();
  } finally {
    isOver = true;
    await sending;
    clients.close();
    for (const server of servers) await server.end("SIGTERM");
  }
  return faultRow(fault, cycles, await tables(), clients.record, read);
}
