import { message } from "../../examples/chat/server/writeModel/communication/message.ts";
import { timeOrderedId } from "../../runtime/protocol/time-ordered-id.ts";
import { anonymous } from "../../runtime/protocol/user.ts";
import type { EventLog } from "../../runtime/store/event-log.ts";
import { createWriteModel } from "../../runtime/write/write-model.ts";

export interface Load {
  readonly commands: number;
  readonly inFlight: number;
}

export interface Figures {
  readonly perSecond: number;
  /** Milliseconds from a command until its answer, for half of them and for all but one in a hundred. */
  readonly p50: number;
  readonly p99: number;
  /** Microseconds that this process's threads were busy, for each command. */
  readonly cpu: number;
}

const newId = () => timeOrderedId();

/** The chat's message, in process, each acknowledged when durable: every other one begins a new message, the others like one of those there are. */
export async function manyMessages(log: EventLog, { commands, inFlight }: Load): Promise<Figures> {
  const known: string[] = [];

  return loaded(log, { commands, inFlight }, async (send, number) => {
    const isNew = number % 2 === 0 || known.length === 0;
    const id = isNew ? newId() : known[Math.floor(Math.random() * known.length)]!;
    await (isNew ? send(id, "send", { text: `Hello, number ${number}` }) : send(id, "like", {}));
    if (isNew) known.push(id);
  });
}

/** The same with one message that all of them like. */
export async function oneMessage(log: EventLog, { commands, inFlight }: Load): Promise<Figures> {
  const id = newId();

  return loaded(log, { commands, inFlight }, (send, number) => (number === 0 ? send(id, "send", { text: "Hello" }) : send(id, "like", {})));
}

type Send = (aggregateId: string, name: string, data: object) => Promise<void>;

async function loaded(log: EventLog, { commands, inFlight }: Load, step: (send: Send, number: number) => Promise<void>): Promise<Figures> {
  const model = createWriteModel([message], log, { now: Date.now, newId, report: (fault) => console.error(fault) });
  const { position: begin } = await log.head();
  const send: Send = async (aggregateId, name, data) => {
    const request = { id: newId(), context: "communication", aggregate: "message", aggregateId, name, data };
    const answer = await model.handle(request, anonymous);
    if (answer.kind !== "handled") throw new Error(answer.problem.detail);
  };

  await step(send, 0);
  let next = 1;
  const latencies: number[] = [];
  const sender = async () => {
    while (next < commands) {
      const began = performance.now();
      await step(send, next++);
      latencies.push(performance.now() - began);
    }
  };
  const start = performance.now();
  const before = process.cpuUsage();
  await Promise.all(Array.from({ length: inFlight }, sender));
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);

  const { position } = await log.head();
  if (position - begin !== commands) throw new Error(`${commands} commands were acknowledged, ${position - begin} events are in the log.`);
  latencies.sort((left, right) => left - right);
  const at = (part: number) => latencies[Math.floor(latencies.length * part)] ?? 0;
  return { perSecond: commands / seconds, p50: at(0.5), p99: at(0.99), cpu: (user + system) / commands };
}
