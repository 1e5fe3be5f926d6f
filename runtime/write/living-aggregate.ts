import type { AggregateState } from "./aggregate-state.ts";

/**
 * One aggregate in memory, twice: as it is in the log, and as it will be when all that is in flight has been committed. Commands are decided on
 * the latter without waiting. Where a commit turns out differently, all of this becomes stale, and whoever decided on it decides again.
 */
export class LivingAggregate {
  committed: AggregateState;
  /** The state to come; the same as `committed` while nothing is in flight. */
  ahead: AggregateState;
  /** The command in flight whose events `ahead` rests on. */
  basedOn: string | undefined;
  isStale = false;
  #inFlight = 0;
  #whenIdle: PromiseWithResolvers<void> | undefined;

  constructor(committed: AggregateState) {
    this.committed = committed;
    this.ahead = committed;
  }

  get isIdle(): boolean {
    return this.#inFlight === 0;
  }

  /** Resolves when nothing is in flight. */
  async idle(): Promise<void> {
    if (this.#inFlight > 0) await (this.#whenIdle ??= Promise.withResolvers()).promise;
  }

  /** A decision is on its way to the log. */
  depart(commandId: string, after: AggregateState): void {
    this.#inFlight += 1;
    if (after === this.ahead) return;
    this.ahead = after;
    this.basedOn = commandId;
  }

  /** The log has answered: with the state that is now committed, or that the decision was not taken. */
  arrive(commandId: string, after: AggregateState | undefined): void {
    this.#inFlight -= 1;
    if (after === undefined) this.isStale = true;
    else if (!this.isStale && after.revision > this.committed.revision) this.committed = after;
    if (this.basedOn === commandId) this.basedOn = undefined;
    if (this.#inFlight > 0) return;
    this.#whenIdle?.resolve();
    this.#whenIdle = undefined;
  }
}
