import type { SomeFlowDefinition } from "../../runtime/flows/flow.ts";
import type { FlowStore } from "../../runtime/flows/flow-store.ts";
import { Flows, type FlowsWorld } from "../../runtime/flows/flows.ts";
import { openFlowStore } from "../../runtime/flows/sqlite/open-flow-store.ts";
import type { Event } from "../../runtime/protocol/event.ts";
import { EventTail } from "../../runtime/read/event-tail.ts";
import type { EventLog } from "../../runtime/store/event-log.ts";
import { openMemoryLog } from "../../runtime/store/memory/log.ts";
import type { Answer } from "../../runtime/write/answer.ts";
import { createWriteModel, type WriteModel } from "../../runtime/write/write-model.ts";
import { loaf } from "../emitters/golden/flows/server/writeModel/bakery/loaf.ts";
import { request } from "../emitters/golden/flows/server/writeModel/bakery/request.ts";

export const hour = 3_600_000;
export const day = 24 * hour;
export const beginning = Date.parse("2026-03-01T10:00:00.000Z");

/** The bakery of the golden models with its flows at work, and a clock that is turned by hand. */
export interface Bakery {
  readonly log: EventLog;
  readonly flows: Flows;
  readonly told: readonly string[];
  /** Sends a command to a request, or to a loaf, and waits until the flows have come to rest. */
  send(name: string, id: string, data?: object, as?: string): Promise<Answer>;
  pass(milliseconds: number): Promise<void>;
  /** What has happened, in brief: `placed r1`. */
  happened(): Promise<readonly string[]>;
  events(): Promise<readonly Event[]>;
  close(): Promise<void>;
}

export interface Staging {
  readonly log?: EventLog;
  readonly store?: FlowStore;
  readonly write?: (model: WriteModel) => Pick<WriteModel, "handleForFlow">;
  readonly patience?: NonNullable<FlowsWorld["patience"]>;
  readonly at?: number;
}

let ids = 0;

export async function bakery(definitions: readonly SomeFlowDefinition[], staging: Staging = {}): Promise<Bakery> {
  const { log = openMemoryLog({ newId: () => "the incarnation" }), store = await openFlowStore(":memory:") } = staging;
  let now = staging.at ?? beginning;
  const told: string[] = [];
  const model = createWriteModel([loaf, request], log, {
    now: () => now,
    newId: () => `event-${++ids}`,
    report: (fault) => told.push(`fault: ${(fault as Error).message}`),
  });
  const tail = new EventTail(log);
  const flows = await Flows.start(definitions, {
    log,
    tail,
    store,
    write: { ...model, ...staging.write?.(model) },
    now: () => now,
    ...(staging.patience && { patience: staging.patience }),
    report: {
      stopped: (flow, position, { before, reason }) => told.push(`${flow} stopped at ${position} before ${before}: ${reason}`),
      parked: (flow, reason) => told.push(`${flow} parked ${reason}`),
      failed: (error) => told.push(`failed: ${(error as Error).message}`),
    },
  });

  const everything = async () => log.read(0, 100_000);
  return {
    log,
    flows,
    told,
    async send(name, id, data = {}, as) {
      const aggregate = name in loaf.commands ? "loaf" : "request";
      const command = { id: `command-${++ids}`, context: "bakery", aggregate, aggregateId: id, name, data };
      const answer = await model.handle(command, { id: as ?? null, roles: [] });
      await flows.settled();
      return answer;
    },
    async pass(milliseconds) {
      now += milliseconds;
      await flows.settled();
    },
    happened: async () => (await everything()).map(({ name, aggregate }) => `${name} ${shortened(aggregate.id)}`),
    events: everything,
    async close() {
      await flows.close();
      tail.close();
    },
  };
}

/** Ids that a flow gave are long, and which they are is for nobody to know. */
const shortened = (id: string) => (id.startsWith("flow:") ? "(new)" : id);
