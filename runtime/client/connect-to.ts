import type { Event } from "../protocol/event.ts";
import { timeOrderedId } from "../protocol/time-ordered-id.ts";
import { socketUrl, type Address } from "./address.ts";
import { CommandQueue } from "./command-queue.ts";
import { attempt, type CommandStorage, type KeptCommand } from "./command-storage.ts";
import { eventsOf, type Events } from "./events.ts";
import { ConnectionFailed, failureOf } from "./failure.ts";
import { listOf, type List } from "./list.ts";
import type { TokenSource } from "./login.ts";
import { patience } from "./patience.ts";
import type { RequestOptions } from "./request.ts";
import { send, sendAgain, type Post, type Sending } from "./sending.ts";
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
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds until `ConnectionFailed` where nobody answers at first; 5,000 by default, Infinity for never. */
  readonly timeout?: number | undefined;
  /** The token that says who you are; asked for at every connect, and again before it ends. Without one you are anonymous. */
  readonly token?: TokenSource | undefined;
  /** Waits for no connection: the application is there at once, and what is asked of it waits until somebody answers. */
  readonly offline?: boolean | undefined;
  /** What becomes of commands while there is no connection. */
  readonly queue?: QueueOptions | undefined;
}

export interface QueueOptions {
  /** At most so many commands wait; one more fails with `QueueFull`. 1,000 by default. */
  readonly most?: number | undefined;
  /** Milliseconds until `TimedOut` for commands that say nothing else; 30,000 by default, Infinity where there is a storage. */
  readonly timeout?: number | undefined;
  /** Keeps commands until they have their answer, also when the page is closed: the next connect sends them first. */
  readonly storage?: CommandStorage | undefined;
  /** Told of each command that was kept, on its way again. */
  readonly resumed?: ((command: KeptCommand, sending: Sending) => void) | undefined;
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
  const { storage, most = 1_000, timeout = storage ? Infinity : 30_000, resumed } = options.queue ?? {};
  const url = socketUrl(address);
  const kept = (await attempt(() => storage?.load())) ?? [];
  const wire = new Wire(url, options.token);
  const post: Post = { wire, queue: new CommandQueue(wire, most), storage, timeout };
  for (const command of kept) {
    const sending = sendAgain(post, command);
    resumed?.(command, sending);
  }
  try {
    if (!options.offline) await connected(wire, options);
  } catch (error) {
    wire.close();
    throw error;
  }

  const contexts = mapValues(description.contexts, (aggregates, context) =>
    mapValues(aggregates, (commands, aggregate) => aggregateOf(post, context, aggregate, commands)),
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

function aggregateOf(post: Post, context: string, aggregate: string, commands: readonly string[]) {
  return (id: string = timeOrderedId()): AggregateWithId => {
    const command =
      (name: string): Command =>
      (data = {}, options) =>
        send(post, { context, aggregate, aggregateId: id, name, data }, options);

    return { ...Object.fromEntries(commands.map((name) => [name, command(name)])), id };
  };
}

/** A program is not told that this is why; pages show it. */
const untrusted = "If it runs, its certificate may not be trusted: start Node with NODE_EXTRA_CA_CERTS=data/certificate.pem.";

function connected(wire: Wire, { signal, timeout = 5_000 }: ConnectOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();

    const why = () => wire.trouble || (wire.url.startsWith("wss:") && !("document" in globalThis) ? untrusted : "");
    const overdue = () => new ConnectionFailed(`No answer from ${wire.url}. ${why()}`.trim());
    const stops = [
      patience({ signal, timeout }, overdue, (reason) => end(() => reject(reason))),
      wire.on("connected", () => end(resolve)),
      wire.on("refused", () => end(() => reject(failureOf(wire.refusal!)))),
    ];

    function end(then: () => void) {
      stops.forEach((stop) => stop());
      then();
    }
  });
}

function mapValues<From, To>(
  record: { readonly [name: string]: From },
  map: (value: From, name: string) => To,
): { readonly [name: string]: To } {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value, name)]));
}
