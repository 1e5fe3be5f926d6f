import type { SomeFlowDefinition } from "./flow.ts";
import type { FlowStore, ParkedCommand } from "./flow-store.ts";
import { Flows, type FlowsAtWork, type FlowStatus, type FlowsWorld } from "./flows.ts";
import { pause } from "./pause.ts";

/** What one process at a time has. */
export interface Turn {
  /** Whether it is ours from now on. */
  take(): Promise<boolean>;
  /** Tells that it is ours no more. */
  onLost(listener: () => void): void;
  /** Lets another process have it. */
  end(): Promise<void>;
}

const betweenAttempts = 500;

/** The flows of an application that several processes serve: the one whose turn it is runs them, the others stand by until it is gone. */
export class FlowsInTurn implements FlowsAtWork {
  readonly #definitions: readonly SomeFlowDefinition[];
  readonly #world: FlowsWorld;
  readonly #turn: Turn;
  readonly #closing = new AbortController();
  #running: Flows | undefined;
  #isLost = false;
  #sleep = new AbortController();
  #following: Promise<void> | undefined;

  private constructor(definitions: readonly SomeFlowDefinition[], world: FlowsWorld, turn: Turn) {
    this.#definitions = definitions;
    this.#world = world;
    this.#turn = turn;
    turn.onLost(() => {
      this.#isLost = true;
      this.#sleep.abort();
    });
  }

  /** Runs them at once where it can. Throws `StoreFailure` where it is our turn and they cannot begin. */
  static async start(definitions: readonly SomeFlowDefinition[], world: FlowsWorld, turn: Turn): Promise<FlowsInTurn> {
    const flows = new FlowsInTurn(definitions, world, turn);
    await flows.#begin();
    flows.#following = flows.#follow();
    return flows;
  }

  get statuses(): readonly FlowStatus[] {
    return this.#running?.statuses ?? this.#definitions.map(({ name }) => ({ flow: name, standsBy: true }));
  }

  parked(): Promise<readonly ParkedCommand[]> {
    return this.#world.store.parked();
  }

  /** Whoever runs them looks for such commands by itself. */
  retry(): Promise<number> {
    return this.#running?.retry() ?? this.#world.store.retry();
  }

  get nextDue(): number | undefined {
    return this.#running?.nextDue;
  }

  /** Of what is this process's to do: nothing, where it stands by. */
  async settled(): Promise<void> {
    await this.#running?.settled();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#sleep.abort();
    await this.#following;
    await this.#end();
    await this.#turn.end();
    await this.#world.store.close();
  }

  async #follow(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      try {
        if (this.#isLost) await this.#end();
        if (this.#running === undefined) await this.#begin();
      } catch (error) {
        this.#world.report.failed(error);
      }
      this.#sleep = new AbortController();
      if (!this.#isLost && !this.#closing.signal.aborted) await pause(betweenAttempts, this.#sleep.signal);
    }
  }

  async #begin(): Promise<void> {
    if (!(await this.#turn.take())) return;
    this.#isLost = false;
    this.#running = await Flows.start(this.#definitions, { ...this.#world, store: keptOpen(this.#world.store) });
  }

  async #end(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    await running?.close();
  }
}

/** The store outlives the turns. */
function keptOpen(store: FlowStore): FlowStore {
  return {
    resume: (...asked) => store.resume(...asked),
    instances: (...asked) => store.instances(...asked),
    due: (...asked) => store.due(...asked),
    nextDue: (...asked) => store.nextDue(...asked),
    commit: (...asked) => store.commit(...asked),
    outgoing: (...asked) => store.outgoing(...asked),
    settle: (...asked) => store.settle(...asked),
    park: (...asked) => store.park(...asked),
    parked: () => store.parked(),
    retry: () => store.retry(),
    close: async () => undefined,
  };
}
