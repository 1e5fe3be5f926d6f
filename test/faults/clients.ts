import { Agent, request } from "node:http";
import { setTimeout } from "node:timers/promises";
import type { Acknowledged } from "./audit.ts";

export interface Sent {
  readonly id: string;
  readonly aggregateId: string;
  readonly name: "send" | "like";
}

interface Reply {
  readonly status: number;
  readonly body: { readonly position?: number; readonly detail?: string };
}

const pause = 20;
const longestPatience = 120_000;
/** For so many acknowledgements. */
const portionOfPatience = 1_000;
const senders = 16;

/** Sends commands by HTTP, again under the same id as long as nobody answers, and keeps a record of what was acknowledged. */
export class Clients {
  readonly record: Acknowledged[] = [];
  /** How often the server said that it could not just then. */
  refusals = 0;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #urlOf: () => string | undefined;

  /** `urlOf` is asked before each attempt, for servers come and go. */
  constructor(urlOf: () => string | undefined) {
    this.#urlOf = urlOf;
  }

  /** Resolves when the command is acknowledged; false where what it is for does not exist yet. */
  async send(command: Sent): Promise<boolean> {
    const end = performance.now() + longestPatience;
    while (performance.now() < end) {
      const reply = await this.#attempt(command);
      if (reply?.status === 200) return this.#acknowledged(command, reply);
      if (reply?.status === 404) return false;
      if (reply?.status === 503) this.refusals++;
      else if (reply !== undefined) throw new Error(`${command.name} ${command.id}: ${reply.status} ${reply.body.detail}`);
      await setTimeout(pause);
    }
    throw new Error(`${command.id} has not been answered for ${longestPatience} ms.`);
  }

  /** Resolves when so many more have been acknowledged; when nothing is for long, it fails. */
  async untilMore(acknowledgements: number): Promise<void> {
    const goal = this.record.length + acknowledgements;
    while (this.record.length < goal) {
      const portion = Math.min(this.record.length + portionOfPatience, goal);
      await until(() => this.record.length >= portion, `${portion} acknowledgements`);
    }
  }

  /** Resolves when the server has refused so often from here on. */
  untilRefused(times: number): Promise<void> {
    const goal = this.refusals + times;
    return until(() => this.refusals >= goal, `${times} refusals`);
  }

  close(): void {
    this.#agent.destroy();
  }

  #acknowledged({ id: commandId, aggregateId }: Sent, { body }: Reply): true {
    this.record.push({ commandId, aggregateId, position: body.position! });
    return true;
  }

  /** Undefined where there was no answer: whether it was carried out is then unknown. */
  #attempt({ id, aggregateId, name }: Sent): Promise<Reply | undefined> {
    const url = this.#urlOf();
    if (url === undefined) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const headers = { "content-type": "application/json", "idempotency-key": id };
      const path = `${url}/api/commands/communication/message/${aggregateId}/${name}`;
      const asked = request(path, { method: "POST", headers, agent: this.#agent }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        response.on("end", () => resolve({ status: response.statusCode!, body: JSON.parse(text) }));
        response.on("error", () => resolve(undefined));
        response.on("aborted", () => resolve(undefined));
      });
      asked.on("error", () => resolve(undefined));
      asked.end(name === "send" ? JSON.stringify({ text: `The message ${aggregateId}` }) : "{}");
    });
  }
}

async function until(isSo: () => boolean, what: string): Promise<void> {
  for (const end = performance.now() + longestPatience; performance.now() < end;) {
    if (isSo()) return;
    await setTimeout(5);
  }
  throw new Error(`There were not ${what} within ${longestPatience} ms.`);
}

/** Many clients at once, each sending one command after the other: now a message of its own, then likes for it and for one that all of them like. */
export async function keepSending(clients: Clients, senders: number, name: string, isOver: () => boolean): Promise<void> {
  const shared = `${name}-shared`;
  await clients.send({ id: `${shared}-sent`, aggregateId: shared, name: "send" });
  const sender = async (_: unknown, sender: number) => {
    for (let number = 0; !isOver(); number++) {
      const own = `${name}-${sender}-${number - (number % 3)}`;
      const id = `${name}-${sender}-command-${number}`;
      if (number % 3 === 0) await clients.send({ id, aggregateId: own, name: "send" });
      else await clients.send({ id, aggregateId: number % 3 === 1 ? own : shared, name: "like" });
    }
  };
  await Promise.all(Array.from({ length: senders }, sender));
}

/** Many clients send while something else is done. */
export async function whileSending(clients: Clients, name: string, work: () => Promise<void>): Promise<void> {
  let isOver = false;
  const sending = keepSending(clients, senders, name, () => isOver);
  try {
    await Promise.race([work(), sending]);
  } finally {
    isOver = true;
    await sending;
    clients.close();
  }
}
