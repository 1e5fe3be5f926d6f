import { join } from "node:path";
import type { PostgresServer } from "../postgres/server.ts";
import { Clients, type Sent } from "./clients.ts";
import { faultRow, type FaultRow } from "./fault.ts";
import { inFolder } from "./kills.ts";
import { ServerProcess } from "./server-process.ts";
import { postgresTables } from "./tables.ts";

const inFlight = 64;
const likesPerMessage = 9;
/** How far a command may be from its place, in either direction. */
const disorder = 500;

/** Each command is sent one to five times, out of order, to two servers on one database. */
export async function duplicates(commands: number, postgres: PostgresServer): Promise<FaultRow> {
  const sent = Array.from({ length: commands }, (_, number) => commandOf(number));
  const repeated = sent.flatMap((command) => Array.from({ length: 1 + Math.floor(5 * Math.random()) }, () => command));
  return storm("each command 1 to 5 times, reordered, by two servers", "duplicates", shuffled(repeated), postgres);
}

/** 64 clients, two servers, and one message that all of them like. */
export async function oneMessage(commands: number, postgres: PostgresServer): Promise<FaultRow> {
  const sent = Array.from({ length: commands }, (_, number): Sent => ({
    id: `like-${number}`,
    aggregateId: "hot",
    name: number === 0 ? "send" : "like",
  }));
  return storm("64 clients on one message, by two servers", "one_message", sent, postgres);
}

async function storm(fault: string, schema: string, sent: readonly Sent[], { url }: PostgresServer): Promise<FaultRow> {
  return inFolder(async (folder) => {
    const servers = ["left", "right"].map((name) => new ServerProcess(`${url}?schema=${schema}`, join(folder, name)));
    await Promise.all(servers.map((server) => server.start()));
    const clients = new Clients(() => servers[Math.floor(2 * Math.random())]!.url);
    const waiting = sent.toReversed();
    const sender = async () => {
      for (let command = waiting.pop(); command !== undefined; command = waiting.pop()) {
        // What comes before the message that it is for is sent again when others have had their turn.
        if (!(await clients.send(command))) waiting.splice(-inFlight, 0, command);
      }
    };
    await Promise.all(Array.from({ length: inFlight }, sender));
    clients.close();
    for (const server of servers) await server.end("SIGTERM");
    return faultRow(fault, sent.length, await postgresTables(url, schema), clients.record);
  });
}

/** A message, then the likes that it gets. */
function commandOf(number: number): Sent {
  const place = number % (likesPerMessage + 1);
  return { id: `command-${number}`, aggregateId: `message-${number - place}`, name: place === 0 ? "send" : "like" };
}

function shuffled<Value>(values: readonly Value[]): readonly Value[] {
  return values
    .map((value, index) => ({ value, place: index + disorder * Math.random() }))
    .sort((left, right) => left.place - right.place)
    .map(({ value }) => value);
}
