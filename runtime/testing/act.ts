import { millisecondsIn } from "../protocol/calculation/duration.ts";
import type { Event } from "../protocol/event.ts";
import type { Problem } from "../protocol/problem.ts";
import { isAllowed } from "../write/authorise.ts";
import type { AggregateState } from "../write/aggregate-state.ts";
import { brokenIn } from "./always.ts";
import type { Cast } from "./cast.ts";
import type { FlowsDid } from "./flows-on-stage.ts";
import { nameOf, partsOf } from "./full-name.ts";
import type { Address, Stage } from "./stage.ts";
import type { Step, Values } from "./story.ts";
import { userOf } from "./user-of.ts";
import type { Cause, Happened, Ran, Refusal, Seen } from "./verdict.ts";

/** One `when` or `pass`, and all that has happened since. */
export class Act {
  readonly step: number;
  readonly runs: Ran[] = [];
  readonly refusals: Refusal[] = [];
  /** The command that was carried out, and by which of its `allow` lines. */
  readonly permissions: Seen["permissions"][number][] = [];
  readonly commands: string[] = [];
  readonly reactions: FlowsDid["reactions"][number][] = [];
  /** What went wrong with flows. */
  readonly troubles: Cause[] = [];
  /** What the sender of the command was told, where it was turned down. */
  turnedDown: Refusal | undefined;
  readonly #stage: Stage;
  readonly #cast: Cast;
  readonly #from: number;
  /** Positions of events that were given meanwhile. */
  readonly #given = new Set<number>();

  constructor(stage: Stage, cast: Cast, step: number, from: number) {
    this.#stage = stage;
    this.#cast = cast;
    this.step = step;
    this.#from = from;
  }

  async send({ command, on, as, data }: Extract<Step, { kind: "when" }>): Promise<void> {
    const address = this.#cast.address(command, on);
    const user = userOf(as);
    const before = await this.#stage.stateOf(address);
    const answer = await this.#stage.send(command, address.id, this.#cast.values(data), user);
    if (answer.kind === "handled") {
      this.commands.push(command);
      const rules = this.#stage.kind(address.kind).definition.isAuthorized.commands[partsOf(command).name] ?? [];
      for (const [rule, line] of rules.entries()) if (isAllowed([line], before, user)) this.permissions.push({ command, rule });
    } else {
      this.turnedDown = refusalOf(command, answer.problem);
      this.refusals.push(this.turnedDown);
    }
    await this.#hear(await this.#stage.flows.rest());
  }

  async pass(duration: string): Promise<void> {
    const { clock, flows } = this.#stage;
    await this.#hear(await flows.passUntil(clock.now + millisecondsIn(duration)));
  }

  /** The event at this position, the last one, was given and not published. */
  passOver(position: number): void {
    this.#given.add(position);
  }

  async happened(): Promise<Happened> {
    const events = (await this.events()).map((event) => ({ event: nameOf(event), id: event.aggregate.id, data: event.data as Values }));
    return { events, runs: this.runs, refusals: this.refusals };
  }

  async events(): Promise<readonly Event[]> {
    const events = await this.#stage.eventsAfter(this.#from);
    return events.filter(({ metadata }) => !this.#given.has(metadata.position));
  }

  /** Every aggregate that was changed is as the model says that it always is. */
  async brokenLaws(): Promise<readonly Cause[]> {
    const causes: Cause[] = [];
    for (const [key, events] of Map.groupBy(await this.events(), addressKey)) {
      const [kind = "", id = ""] = key.split("\n");
      const sentence = await this.#brokenIn({ kind, id }, events[0]!.metadata.revision - 1);
      if (sentence !== undefined) causes.push({ kind: "broken", aggregate: kind, id, sentence });
    }
    return causes;
  }

  async #brokenIn(address: Address, revision: number): Promise<string | undefined> {
    const [before, after]: readonly AggregateState[] = [await this.#stage.stateOf(address, revision), await this.#stage.stateOf(address)];
    return brokenIn(this.#stage.kind(address.kind), before!, after!);
  }

  async #hear({ commands, reactions, troubles }: FlowsDid): Promise<void> {
    this.reactions.push(...reactions);
    this.troubles.push(...troubles);
    for (const { command, id, data, answer } of commands) {
      this.runs.push({ command, id, data: data as Values });
      if (answer.kind === "handled") this.commands.push(command);
      else this.refusals.push(refusalOf(command, answer.problem));
    }
    await this.#meetEverybody();
  }

  async #meetEverybody(): Promise<void> {
    for (const event of await this.events()) this.#cast.meet({ kind: kindOfEvent(event), id: event.aggregate.id });
  }
}

function refusalOf(command: string, { type, detail, fields }: Problem): Refusal {
  return { command, type, detail, ...(type === "rejected" && fields !== undefined && { isUnforeseen: true }) };
}

function addressKey(event: Event): string {
  return `${kindOfEvent(event)}\n${event.aggregate.id}`;
}

function kindOfEvent({ context, aggregate }: Event): string {
  return `${context.name}.${aggregate.name}`;
}
