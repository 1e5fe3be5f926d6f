import type { Application } from "../application.ts";
import { Flows } from "../flows/flows.ts";
import type { SomeFlowDefinition } from "../flows/flow.ts";
import { openFlowStore } from "../flows/sqlite/open-flow-store.ts";
import type { Marked } from "../protocol/mark.ts";
import { EventTail } from "../read/event-tail.ts";
import type { EventLog } from "../store/event-log.ts";
import type { Answer } from "../write/answer.ts";
import type { WriteModel } from "../write/write-model.ts";
import type { HandTurnedClock } from "./hand-turned-clock.ts";
import type { Cause } from "./verdict.ts";

/** A command that a flow ran, and its answer. */
export interface FlowCommand {
  readonly command: string;
  readonly id: string;
  readonly data: unknown;
  readonly answer: Answer;
}

/** What the flows did while somebody waited for them. */
export interface FlowsDid {
  readonly commands: readonly FlowCommand[];
  readonly reactions: readonly { readonly flow: string; readonly trigger: string }[];
  readonly troubles: readonly Cause[];
}

interface Surroundings {
  readonly log: EventLog;
  readonly write: WriteModel;
  readonly clock: HandTurnedClock;
}

/** More timers than that within one line of a story do not come to rest. */
const mostTimers = 10_000;

/** The real flows on a clock that is turned by hand, and whose commands one hears of. */
export class FlowsOnStage {
  readonly #clock: HandTurnedClock;
  readonly #tail: EventTail;
  readonly #commands: FlowCommand[] = [];
  readonly #reactions: FlowsDid["reactions"][number][] = [];
  readonly #troubles: Cause[] = [];
  #flows: Flows | undefined;
  /** What is given happened, and what flows would have done about it, too, if it is said. */
  #isGiving = false;

  private constructor({ clock, log }: Surroundings) {
    this.#clock = clock;
    this.#tail = new EventTail(log);
  }

  static async open({ flows = [] }: Application, surroundings: Surroundings): Promise<FlowsOnStage> {
    const stage = new FlowsOnStage(surroundings);
    const { log, write, clock } = surroundings;
    stage.#flows = await Flows.start(
      flows.map((flow) => stage.#watched(flow)),
      {
        log,
        tail: stage.#tail,
        store: await openFlowStore(":memory:"),
        write: { ...write, handleForFlow: (request, userId, story) => stage.#handle(write, request, userId, story) },
        report: stage.#report,
        now: () => clock.now,
        patience: () => undefined,
      },
    );
    return stage;
  }

  /** The flows learn of what is given, and run nothing for it. */
  async learn(): Promise<FlowsDid> {
    this.#isGiving = true;
    await this.#flows!.settled();
    this.#isGiving = false;
    return this.#take();
  }

  /** Lets the flows do all that there is to do now. */
  async rest(): Promise<FlowsDid> {
    await this.#flows!.settled();
    return this.#take();
  }

  /** Turns the clock, and stops at every timer on the way. */
  async passUntil(time: number): Promise<FlowsDid> {
    const flows = this.#flows!;
    for (let timers = 0; flows.nextDue !== undefined && flows.nextDue <= time; timers++) {
      if (timers === mostTimers) throw new Error("The timers of the flows do not come to rest.");
      this.#clock.moveTo(flows.nextDue);
      await flows.settled();
    }
    this.#clock.moveTo(time);
    return this.rest();
  }

  async close(): Promise<void> {
    await this.#flows!.close();
    this.#tail.close();
  }

  readonly #report: Parameters<typeof Flows.start>[1]["report"] = {
    stopped: (flow, _position, { before, reason }) => void this.#troubles.push({ kind: "flow stopped", flow, before, reason }),
    parked: (flow, reason) => void this.#troubles.push({ kind: "command parked", flow, reason }),
    failed: (error) => {
      throw error;
    },
  };

  async #handle(write: WriteModel, ...[request, userId, story]: Parameters<WriteModel["handleForFlow"]>): Promise<Answer> {
    if (this.#isGiving) return { kind: "handled", handled: { position: 0, revision: 0, events: [] } };
    const answer = await write.handleForFlow(request, userId, story);
    const { context, aggregate, aggregateId: id, name, data } = request;
    this.#commands.push({ command: `${context}.${aggregate}.${name}`, id, data, answer });
    return answer;
  }

  #take(): FlowsDid {
    return { commands: this.#commands.splice(0), reactions: this.#reactions.splice(0), troubles: this.#troubles.splice(0) };
  }

  #watched(flow: SomeFlowDefinition): SomeFlowDefinition {
    const { name, when, whenRejected = {}, whenDue = {} } = flow;
    const told = (trigger: string) => () => {
      if (!this.#isGiving) this.#reactions.push({ flow: name, trigger });
    };
    return {
      ...flow,
      when: watchedAll(when, told),
      whenRejected: watchedAll(whenRejected, (command) => told(`${command} rejected`)),
      whenDue: watchedAll(whenDue, told),
    };
  }
}

type Reactions = { readonly [name: string]: ((...given: never[]) => Marked) | undefined };

function watchedAll<R extends Reactions>(reactions: R, told: (trigger: string) => () => void): R {
  const watched = Object.entries(reactions).map(([trigger, react]) => {
    const tell = told(trigger);
    const watch = (...given: never[]) => {
      tell();
      return react!(...given);
    };
    return [trigger, watch];
  });
  return Object.fromEntries(watched) as R;
}
