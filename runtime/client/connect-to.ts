import type { Event } from "../protocol/event.ts";
import { timeOrderedId } from "../protocol/time-ordered-id.ts";
import { socketUrl, type Address } from "./address.ts";
import { eventsOf, type Events } from "./events.ts";
import { ConnectionFailed, failureOf } from "./failure.ts";
import { listOf, type List } from "./list.ts";
import type { TokenSource } from "./login.ts";
import type { RequestOptions } from "./request.ts";
import { send, type Sending } from "./sending.ts";
import { after } from "./timer.ts";
import { Wire } from "./wire.ts";

/** A living connection. It is lost and comes back by itself; nothing that was asked is forgotten in between. */
export interface Connection {
  readonly state: "connected" | "disconnected" | "closed";
  /** Tells when the connection is lost, and when it is there again. Returns what ends the telling. */
  on(change: "connected" | "disconnected", listener: () => void): () => void;
  /**
   * Asks for the token again, when somebody has logged in or out: what is observed begins anew as theirs. Resolves when the server believes it; fails with `NotAllowed` where it does
   * not.
   */
  authenticate(): Promise<void>;
  /** Ends every observation; what waits for an answer fails with `ConnectionFailed`. */
  close(): void;
}

/** The names of an application: its contexts, their aggregates, the commands of each; its lists. */
export interface Description {
  readonly contexts: { readonly [context: string]: { readonly [aggregate: string]: readonly string[] } };
  readonly lists: readonly string[];
  /** The names of each list's queries; lists without any may be left out. */
  readonly queries?: { readonly [list: string]: readonly string[] };
}

export interface ConnectOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds until `ConnectionFailed` where nobody answers at first; 5,000 by default, Infinity for never. */
  readonly timeout?: number;
  /** The token that says who you are; asked for at every connect, and again before it ends. Without one you are anonymous. */
  readonly token?: TokenSource;
}

/** What a command without fields is given, where it is given anything. */
export interface NoData {
  readonly [field: string]: never;
}

type Command = (data?: unknown, options?: RequestOptions) => Sending;
type AggregateWithId = { readonly id: string } & { readonly [command: string]: Command | string };

interface Described extends Connection {
  readonly lists: { readonly [list: string]: List<{ readonly id: string }> };
  readonly events: Events<Event>;
}

/** Connects to the application at this address and gives it the shape that the description names; `App` is that shape as a type. */
export async function connectTo<App extends Connection>(
  description: Description,
  address?: Address,
  options: ConnectOptions = {},
): Promise<App> {
  const wire = new Wire(socketUrl(address), options.token);
  try {
    await connected(wire, options);
  } catch (error) {
    wire.close();
    throw error;
  }

  const contexts = mapValues(description.contexts, (aggregates, context) =>
    mapValues(aggregates, (commands, aggregate) => aggregateOf(wire, context, aggregate, commands)),
  );
  const base: Described = {
    get state() {
      return wire.state === "connected" || wire.state === "closed" ? wire.state : "disconnected";
    },
    authenticate: () => wire.authenticate(),
    on(change, listener) {
      const ends = (change === "connected" ? ["connected" as const] : ["disconnected" as const, "refused" as const]).map((state) =>
        wire.on(state, listener),
      );

      return () => ends.forEach((end) => end());
    },
    close: () => wire.close(),
    events: eventsOf(wire),
    lists: Object.fromEntries(description.lists.map((list) => [list, listOf(wire, list, description.queries?.[list] ?? [])])),
  };

  // The compiler wrote the type and the description from the same model; this is the one place that believes it.
  return Object.assign(base, contexts) as unknown as App;
}

function aggregateOf(wire: Wire, context: string, aggregate: string, commands: readonly string[]) {
  return (id: string = timeOrderedId()): AggregateWithId => {
    const command =
      (name: string): Command =>
      (data = {}, options) =>
        send(wire, { context, aggregate, aggregateId: id, name, data }, options);

    return { ...Object.fromEntries(commands.map((name) => [name, command(name)])), id };
  };
}

function connected(wire: Wire, { signal, timeout = 5_000 }: ConnectOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const stopTimer = after(timeout, () => end(new ConnectionFailed(`No answer from ${wire.url}.${wire.trouble && ` ${wire.trouble}`}`)));
    const abort = () => end(signal?.reason);
    const stops = [wire.on("connected", () => end()), wire.on("refused", () => end(failureOf(wire.refusal!)))];

    function end(error?: unknown) {
      stopTimer();
      signal?.removeEventListener("abort", abort);
      stops.forEach((stop) => stop());
      if (error === undefined) resolve();
      else reject(error);
    }

    if (signal?.aborted) abort();
    else signal?.addEventListener("abort", abort);
  });
}

function mapValues<From, To>(
  record: { readonly [name: string]: From },
  map: (value: From, name: string) => To,
): { readonly [name: string]: To } {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value, name)]));
}
