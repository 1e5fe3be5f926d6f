import autocannon from "autocannon";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run, type Running } from "./http/running.ts";
import { inWords, latencyRow, median, type Row } from "./row.ts";

const chat = fileURLToPath(new URL("../../examples/chat/server/server.ts", import.meta.url));
const bare = fileURLToPath(new URL("./http/bare.ts", import.meta.url));
/** What generated projects start with. */
const asNpmStart = ["--import", "@wkgen/runtime/compile-cache"];
const roundsPerRow = 3;
const secondsPerRound = 4;
const secondsToWarmUp = 2;
const starts = 7;
const goal = 0.6;
const longestStart = 500;

type Encryption = "http" | "https";

/**
 * Commands per second through the API, acknowledged when durable, beside a bare Fastify with the same schema that does nothing; and how long
 * the generated server takes from its start as a process to its first answer. Servers and load are processes of their own, measured in turns.
 */
export async function benchHttp(): Promise<readonly Row[]> {
  const folder = scratchFolder();
  try {
    const rows = [await startRow(folder)];
    for (const encryption of ["http", "https"] as const) {
      for (const inFlight of [1, 64]) rows.push(...(await commandsRows(folder, encryption, inFlight)));
      rows.push((await durableRows(folder, encryption))[0]!);
    }

    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function commandsRows(folder: string, encryption: Encryption, inFlight: number): Promise<readonly Row[]> {
  return inTurns(`commands through the API, ${encryption}, ${inFlight} in flight`, "bare Fastify that stores nothing", inFlight, goal, {
    ours: () => runChat(folder, encryption),
    theirs: () => run(bare, certificateIn(folder, encryption)),
  });
}

/** For information: one at a time, a command waits for the disk, and a peer that stores nothing does not. This one waits, too. */
function durableRows(folder: string, encryption: Encryption): Promise<readonly Row[]> {
  const file = () => join(mkdtempSync(join(folder, "bare-")), "bare.db");

  return inTurns(`commands through the API, ${encryption}, 1 in flight`, "bare Fastify and one durable insert", 1, null, {
    ours: () => runChat(folder, encryption),
    theirs: () => run(bare, ["--store", file(), ...certificateIn(folder, encryption)]),
  });
}

/** The chat has made them by then. */
function certificateIn(folder: string, encryption: Encryption): readonly string[] {
  return encryption === "https" ? [join(folder, "certificate.pem"), join(folder, "private-key.pem")] : [];
}

interface Rivals {
  ours(): Promise<Running>;
  theirs(): Promise<Running>;
}

async function inTurns(
  name: string,
  peer: string,
  inFlight: number,
  limit: number | null,
  { ours, theirs }: Rivals,
): Promise<readonly Row[]> {
  const rounds: { ours: Loaded[]; theirs: Loaded[] } = { ours: [], theirs: [] };
  for (let round = 0; round < roundsPerRow; round++) {
    rounds.theirs.push(await measured(theirs(), inFlight));
    rounds.ours.push(await measured(ours(), inFlight));
  }
  const middle = (loads: readonly Loaded[]) =>
    loads.toSorted((left, right) => left.perSecond - right.perSecond)[Math.floor(loads.length / 2)]!;
  const [own, other] = [middle(rounds.ours), middle(rounds.theirs)];
  const ratio = own.perSecond / other.perSecond;

  return [
    { name, value: own.perSecond, unit: "per second", peer: { name: peer, value: other.perSecond }, ratio, limit },
    latencyRow(name, own),
  ];
}

interface Loaded {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

async function measured(starting: Promise<Running>, inFlight: number): Promise<Loaded> {
  const server = await starting;
  try {
    await load(server.url, inFlight, secondsToWarmUp);

    return await load(server.url, inFlight, secondsPerRound);
  } finally {
    await server.stop();
  }
}

async function load(url: string, connections: number, duration: number): Promise<Loaded> {
  const result = await autocannon({
    url: `${url}/api/commands/communication/message/[<id>]/send`,
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ text: "What a lovely day to send a message." }),
    idReplacement: true,
    connections,
    duration,
    tlsOptions: { rejectUnauthorized: false },
  });
  if (result.non2xx + result.errors > 0) throw new Error(`${result.non2xx} answers and ${result.errors} requests failed.`);

  return { perSecond: result["2xx"] / result.duration, p50: result.latency.p50, p99: result.latency.p99 };
}

async function startRow(folder: string): Promise<Row> {
  const times: number[] = [];
  const empty: number[] = [];
  for (let count = 0; count < starts; count++) {
    empty.push(timed(() => execFileSync(process.execPath, ["-e", "0"])));
    times.push(await timeToFirstAnswer(folder));
  }
  const value = median(times);

  return {
    name: "from start to first answer",
    value,
    unit: "ms",
    peer: { name: `node -e 0 takes ${Math.round(median(empty))} ms; allowed`, value: longestStart },
    ratio: longestStart / value,
    limit: 1,
  };
}

async function timeToFirstAnswer(folder: string): Promise<number> {
  const start = performance.now();
  const server = await runChat(folder, "https");
  try {
    await firstAnswer(`${server.url}/api/lists/messages?take=1`);

    return performance.now() - start;
  } finally {
    await server.stop();
  }
}

function firstAnswer(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    request(url, { rejectUnauthorized: false, agent: false }, (response) => {
      response
        .resume()
        .on("end", () => (response.statusCode === 200 ? resolve() : reject(new Error(`It answered ${response.statusCode}.`))));
    })
      .on("error", reject)
      .end();
  });
}

function runChat(folder: string, encryption: Encryption): Promise<Running> {
  const store = mkdtempSync(join(folder, "chat-"));
  const args = [
    "--port",
    "0",
    "--host",
    "127.0.0.1",
    "--store",
    `sqlite:${join(encryption === "https" ? folder : store, `${store.split("-").at(-1)}.db`)}`,
  ];

  return run(chat, encryption === "http" ? [...args, "--http"] : args, asNpmStart);
}

function timed(work: () => void): number {
  const start = performance.now();
  work();

  return performance.now() - start;
}

/** Beside this file rather than in the folder for temporary files, which is memory on some machines. */
function scratchFolder(): string {
  const data = fileURLToPath(new URL("./data", import.meta.url));
  mkdirSync(data, { recursive: true });

  return mkdtempSync(join(data, "http-"));
}

if (import.meta.main) for (const row of await benchHttp()) console.log(inWords(row));
