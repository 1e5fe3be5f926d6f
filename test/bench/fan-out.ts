import { fork, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Observers } from "./observers.ts";
import type { Row } from "./row.ts";

const program = fileURLToPath(new URL("./observed-chat.ts", import.meta.url));
const commands = 60;
const pause = 50;
const goal = 100;
const many = 1_000;
/** More have no place in one server. */
const counts = [250, 500, 1_000, 1_500, 2_000, 3_000, 4_000, 5_000, 6_000, 8_000];

const newest = () => ({ orderBy: { timestamp: "descending" }, take: 50 });
/** Each asks something else, to which every message belongs. */
const another = (number: number) => ({ ...newest(), where: { likes: { atMost: number } } });
/** Each asks for messages that say something else; the first ones of them are sent. */
const own = (number: number) => ({ ...newest(), where: { text: `Hello, number ${number}` } });

interface Server {
  readonly url: string;
  /** What its process has used of the processors. */
  cpuSeconds(): Promise<number>;
}

/**
 * How long after a command was answered its effect is with the last of many observers, each with a socket of its own; the server is one process, whose sockets
 * are all on one core. For a thousand with the same question, a thousand with different ones, and for more and more, until it takes too long; and, whatever else
 * the machine does, how many the time suffices for that the server takes of its core.
 */
export async function benchObservers(folder: string): Promise<readonly Row[]> {
  const different = await withObservers(join(folder, "different"), async (server, observers) => {
    await observers.grow(many, another);
    return latency(server, observers, many);
  });
  const apart = await withObservers(join(folder, "apart"), async (server, observers) => {
    await observers.grow(many, own);
    return latency(server, observers, 1);
  });

  const same = await withObservers(join(folder, "same"), async (server, observers) => {
    await observers.grow(many, newest);
    const before = await server.cpuSeconds();
    const value = await latency(server, observers, many);
    return { value, cpu: ((await server.cpuSeconds()) - before) / (commands * many) };
  });
  const reached = await withObservers(join(folder, "more"), mostWithin);
  const row = (name: string, value: number): Row => ({
    ...{ name, value, unit: "ms", peer: { name: "the goal", value: goal } },
    ...{ ratio: value / goal, limit: 1, lessIsBetter: true },
  });
  const peer = { name: "a thousand", value: many };
  const affordable = goal / 1_000 / same.cpu;

  return [
    row(`from a command's answer to ${many} observers, p99`, same.value),
    { ...row(`the same with ${many} different questions`, different), limit: null },
    { ...row(`the same to the one of ${many} that it is for`, apart), limit: null },
    {
      name: `observers of one list before p99 passes ${goal} ms`,
      value: reached,
      unit: "observers",
      peer,
      ratio: reached / many,
      limit: null,
    },
    {
      name: `observers whom ${goal} ms of one core suffice for`,
      value: affordable,
      unit: "observers",
      peer,
      ratio: affordable / many,
      limit: 1,
    },
  ];
}

/** So many can observe one list before the slowest hundredth of what they are told takes longer than the goal. */
async function mostWithin(server: Server, observers: Observers): Promise<number> {
  let reached = 0;
  for (const count of counts) {
    await observers.grow(count, newest);
    if ((await latency(server, observers, count)) > goal) break;
    reached = count;
  }

  return reached;
}

/** The 99th of a hundred, of each command and each observer that it is told to, in milliseconds. */
async function latency({ url }: Server, observers: Observers, told: number): Promise<number> {
  const latencies: number[] = [];
  for (let command = 0; command < commands; command++) {
    observers.begin();
    const since = await send(url, command);
    await observers.until(told);
    latencies.push(...observers.arrivals.map((arrival) => Math.max(0, arrival - since)));
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  latencies.sort((left, right) => left - right);

  return latencies[Math.floor(latencies.length * 0.99)]!;
}

async function withObservers<Result>(data: string, work: (server: Server, observers: Observers) => Promise<Result>): Promise<Result> {
  const child = fork(program, ["--http", "--port", "0", "--host", "127.0.0.1", "--data", data], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const [{ url }] = (await once(child, "message")) as [{ readonly url: string }];
  const observers = new Observers(url);
  try {
    return await work({ url, cpuSeconds: () => cpuSeconds(child) }, observers);
  } finally {
    observers.end();
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    await gone;
  }
}

async function cpuSeconds(child: ChildProcess): Promise<number> {
  const answer = once(child, "message");
  child.send("How much?");

  return ((await answer) as [{ readonly seconds: number }])[0].seconds;
}

async function send(url: string, number: number): Promise<number> {
  const response = await fetch(`${url}/api/commands/communication/message/${randomUUID()}/send`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ text: `Hello, number ${number}` }),
  });
  if (response.status !== 200) throw new Error(await response.text());

  return performance.now();
}
