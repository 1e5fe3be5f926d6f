import type { CommandRequest } from "../protocol/socket.ts";
import type { EventTail } from "../read/event-tail.ts";
import type { EventLog } from "../store/event-log.ts";
import type { WriteModel } from "../write/write-model.ts";
import type { SomeFlowDefinition } from "./flow.ts";
import type { FlowStore, OutgoingCommand, ParkedCommand } from "./flow-store.ts";
import { Follower, type FollowerWorld, type Stopped } from "./follower.ts";
import { Outbox } from "./outbox.ts";

export interface FlowStatus {
  readonly flow: string;
  /** Of the last event that it took, where this process runs it. */
  readonly position?: number;
  /** Another process runs it. */
  readonly standsBy?: true;
  readonly stopped?: Stopped;
}

/** The flows of an application, for those who look after it. */
export interface FlowsAtWork {
  readonly statuses: readonly FlowStatus[];
  /** The commands that were set aside, each with its reason. */
  parked(): Promise<readonly ParkedCommand[]>;
  /** Tries again what was set aside, and says how many commands that are. */
  retry(): Promise<number>;
  /** When the next timer is due, in milliseconds since 1970: where a clock that is turned by hand has something to happen. */
  readonly nextDue: number | undefined;
  /** Resolves when nothing is left to do: all events are taken, all timers that are due have fired, all commands are carried out or parked. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** What the flows tell their operator. */
export interface FlowsReport {
  /** A flow's code threw: it alone stands still, until it is mended. */
  stopped(flow: string, position: number, stopped: Stopped): void;
  /** A command could not be carried out, again and again, and was set aside. */
  parked(flow: string, reason: string): void;
  /** The store or the log failed; it is tried again. */
  failed(error: unknown): void;
}

/** What flows need. */
export interface FlowsWorld {
  readonly log: EventLog;
  readonly tail: EventTail;
  /** Closed with the flows. */
  readonly store: FlowStore;
  readonly write: Pick<WriteModel, "handleForFlow" | "inWordsOfNow">;
  readonly report: FlowsReport;
  /** Milliseconds since 1970. */
  now(): number;
  /** How long a command waits that failed so many times, in milliseconds; undefined where it is to be parked. */
  readonly patience?: (attempts: number) => number | undefined;
}

const mostAttempts = 12;
const longestPatience = 10_000;

/** About 45 seconds in all. */
const patienceByDefault = (attempts: number): number | undefined =>
  attempts < mostAttempts ? Math.min(longestPatience, 50 * 2 ** attempts) : undefined;

/** The flows of an application at work: each follows the log by itself, and what they run is carried out by the write model. */
export class Flows implements FlowsAtWork {
  readonly #world: FlowsWorld;
  readonly #followers: readonly Follower[];
  readonly #outbox: Outbox;
  readonly #moves: Moves;

  private constructor(world: FlowsWorld, followers: readonly Follower[], outbox: Outbox, moves: Moves) {
    this.#world = world;
    this.#followers = followers;
    this.#outbox = outbox;
    this.#moves = moves;
  }

  /** Begins where the store says that each flow has come to, with the commands that were not carried out yet. Throws `StoreFailure`. */
  static async start(definitions: readonly SomeFlowDefinition[], world: FlowsWorld): Promise<Flows> {
    const { log, tail, store, report } = world;
    const moves = new Moves();
    const moved = moves.tell;
    const forFollowers: FollowerWorld = { log, tail, store, now: () => world.now(), moved, hasRun: () => outbox?.wake(), ...report };
    let outbox: Outbox | undefined;

    const followers = await startAll(definitions, forFollowers);
    const byName = new Map(followers.map((follower) => [follower.name, follower]));
    outbox = new Outbox({
      store,
      moved,
      carryOut: (command) => carryOut(command, world.write),
      rejected: (command, problem) => byName.get(command.flow)?.takeRejection(asCalledNow(command, world.write), problem) ?? false,
      parked: ({ flow }, reason) => report.parked(flow, reason),
      failed: (error) => report.failed(error),
      patience: world.patience ?? patienceByDefault,
    });

    return new Flows(world, followers, outbox, moves);
  }

  get statuses(): readonly FlowStatus[] {
    return this.#followers.map(({ name, position, stopped }) => ({ flow: name, position, ...(stopped && { stopped }) }));
  }

  parked(): Promise<readonly ParkedCommand[]> {
    return this.#world.store.parked();
  }

  async retry(): Promise<number> {
    const count = await this.#world.store.retry();
    if (count > 0) this.#outbox.wake();
    return count;
  }

  get nextDue(): number | undefined {
    const all = this.#followers.flatMap(({ nextDue, stopped }) => (nextDue === undefined || stopped ? [] : [nextDue]));
    return all.length === 0 ? undefined : Math.min(...all);
  }

  async settled(): Promise<void> {
    for (const follower of this.#followers) follower.wake();
    for (;;) {
      const { count } = this.#moves;
      if (await this.#isAtRest(count)) return;
      if (this.#moves.count === count) await this.#moves.next();
    }
  }

  async close(): Promise<void> {
    await this.#outbox.close();
    await Promise.all(this.#followers.map((follower) => follower.close()));
    await this.#world.store.close();
  }

  /** Whether it was so all the time that it took to find out: what one of them does last may be for another. */
  async #isAtRest(moves: number): Promise<boolean> {
    const { position } = await this.#world.log.head();
    return moves === this.#moves.count && this.#outbox.isEmpty && this.#followers.every((follower) => follower.isAtRest(position));
  }
}

/** Counts what happens, and lets others wait for the next time. */
class Moves {
  count = 0;
  #next = Promise.withResolvers<void>();

  readonly tell = (): void => {
    this.count++;
    this.#next.resolve();
    this.#next = Promise.withResolvers();
  };

  next(): Promise<void> {
    return this.#next.promise;
  }
}

/** One after the other, so that where one cannot start, those before it are ended. */
async function startAll(definitions: readonly SomeFlowDefinition[], world: FollowerWorld): Promise<readonly Follower[]> {
  const followers: Follower[] = [];
  try {
    for (const definition of definitions) followers.push(await Follower.start(definition, world));
    return followers;
  } catch (error) {
    await Promise.all(followers.map((follower) => follower.close()));
    throw error;
  }
}

/** What was stored under an older model may be called otherwise by now. */
function asCalledNow(command: OutgoingCommand, write: FlowsWorld["write"]): OutgoingCommand {
  const { context, aggregate, name, data } = write.inWordsOfNow(requestOf(command));
  return { ...command, context, aggregate, name, data: JSON.stringify(data) };
}

function carryOut(command: OutgoingCommand, write: FlowsWorld["write"]): ReturnType<WriteModel["handleForFlow"]> {
  const { userId, correlationId, causationId } = command;
  return write.handleForFlow(requestOf(command), userId, { correlationId, causationId });
}

const requestOf = ({ id, context, aggregate, aggregateId, name, data }: OutgoingCommand): CommandRequest => ({
  ...{ id, context, aggregate, aggregateId, name },
  data: JSON.parse(data),
});
