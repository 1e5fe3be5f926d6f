import type { Event } from "../protocol/event.ts";
import type { EventFilter, ServerMessage } from "../protocol/socket.ts";
import { failureOf } from "./failure.ts";
import type { ObserveOptions } from "./list.ts";
import { pull, type Announce, type Source } from "./pull.ts";
import { mayPass, Retry } from "./retry.ts";
import type { Wire } from "./wire.ts";

/** One kind of event by its name, with the data it carries. */
export interface EventOf<Context extends string, Aggregate extends string, Name extends string, Data> extends Event<Data> {
  readonly context: { readonly name: Context };
  readonly aggregate: { readonly name: Aggregate; readonly id: string };
  readonly name: Name;
}

/** Which events: all that you may see, or those of one context, aggregate kind, aggregate or name. */
export interface EventQuery<Context extends string = string, Aggregate extends string = string, Name extends string = string> {
  readonly context?: Context;
  readonly aggregate?: Aggregate;
  readonly aggregateId?: string;
  readonly name?: Name;
  /** Events after this position first (0: all there ever were), then live ones; live ones only where it is missing. */
  readonly after?: number;
}

interface EventKind<Context extends string, Aggregate extends string, Name extends string> {
  readonly context: { readonly name: Context };
  readonly aggregate: { readonly name: Aggregate };
  readonly name: Name;
}

export interface Events<E extends Event> {
  /** `for await (const event of chat.events.observe({ name: "sent" }))`: each event once, in order, also across lost connections. */
  observe<
    Context extends E["context"]["name"] = E["context"]["name"],
    Aggregate extends E["aggregate"]["name"] = E["aggregate"]["name"],
    Name extends E["name"] = E["name"],
  >(
    query?: EventQuery<Context, Aggregate, Name>,
    options?: ObserveOptions,
  ): AsyncIterable<Extract<E, EventKind<Context, Aggregate, Name>>>;
}

export function eventsOf<E extends Event>(wire: Wire): Events<E> {
  return {
    observe: <Wanted extends E>(query: EventQuery = {}, { signal }: ObserveOptions = {}) =>
      pull((announce) => new Stream<Wanted>(wire, query, announce), signal),
  };
}

/** So many events wait for a slow reader; then the server is told to stop, and asked for the rest when these are read. */
const enough = 1_000;

class Stream<E extends Event> implements Source<E> {
  readonly #wire: Wire;
  readonly #filter: EventFilter;
  readonly #announce: Announce;
  readonly #queue: E[] = [];
  readonly #retry = new Retry();
  /** Everything up to here has arrived. */
  #position: number | undefined;
  #id: string | undefined;
  #isFull = false;

  constructor(wire: Wire, filter: EventFilter, announce: Announce) {
    this.#wire = wire;
    this.#filter = filter;
    this.#announce = announce;
    this.#position = filter.after;
    this.#begin();
  }

  take(): E | undefined {
    const event = this.#queue.shift();
    if (!event && this.#isFull) this.#begin();

    return event;
  }

  stop(): void {
    this.#retry.stop();
    this.#cancel();
    this.#isFull = false;
    this.#queue.length = 0;
  }

  #begin(): void {
    this.#isFull = false;
    this.#id = this.#wire.begin({
      message: (id) => ({
        type: "events",
        id,
        filter: this.#position === undefined ? this.#filter : { ...this.#filter, after: this.#position },
      }),
      receive: (message) => this.#receive(message),
      closed: () => this.#announce.ended(),
    });
  }

  #receive(message: ServerMessage): void {
    const id = this.#id;
    if (message.type === "problem" && id !== undefined && this.#position !== undefined && mayPass(message.problem)) {
      this.#retry.later(() => this.#wire.repeat(id));
    } else if (message.type === "problem") {
      this.#announce.failed(failureOf(message.problem));
    } else if (message.type === "started") {
      this.#position ??= message.position;
    } else if (message.type === "event") {
      this.#retry.succeeded();
      this.#position = message.event.metadata.position;
      this.#queue.push(message.event as E);
      this.#isFull = this.#queue.length >= enough;
      if (this.#isFull) this.#cancel();
      this.#announce.news();
    }
  }

  #cancel(): void {
    if (this.#id !== undefined) this.#wire.end(this.#id, { cancel: true });
    this.#id = undefined;
  }
}
