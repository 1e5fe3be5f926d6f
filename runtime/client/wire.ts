import type { Problem } from "../protocol/problem.ts";
import type { ClientMessage, ServerMessage } from "../protocol/socket.ts";
import { backoff } from "./backoff.ts";
import { ConnectionFailed, failureOf } from "./failure.ts";
import { Login, type TokenSource } from "./login.ts";

/** Something that waits for answers: one for a request, many for an observation. */
export interface Exchange {
  /** What to send; asked for again after each reconnect. */
  message(id: string): ClientMessage;
  receive(message: ServerMessage): void;
  /** The connection was closed on purpose: nothing will come any more. */
  closed(): void;
}

/** `refused`: the server is there, and does not believe who we say we are. */
export type State = "connecting" | "connected" | "refused" | "disconnected" | "closed";

/** Milliseconds to wait for a connection, or a sign of life, before it counts as lost. */
const patience = 10_000;
/** Milliseconds without a message after which a sign of life is asked for. */
const quiet = 15_000;

/** One socket that comes back when it is lost, and then asks again for everything that is still open. */
export class Wire {
  readonly #url: string;
  readonly #exchanges = new Map<string, Exchange>();
  readonly #listeners = new Map<State, Set<() => void>>();
  #socket: WebSocket | undefined;
  #state: State = "connecting";
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #lastId = 0;
  readonly #login: Login | undefined;
  /** Exchanges that wait until the server knows again who we are. */
  readonly #unheard = new Set<string>();
  /** Somebody waits to be believed. */
  #believed: PromiseWithResolvers<void> | undefined;

  /** The position of the last command that this client knows to be handled: what it reads from now on is at least as new. */
  written = 0;
  /** Why there is no connection, as far as the platform tells. */
  trouble = "";
  /** Why the server does not believe who we say we are. */
  refusal: Problem | undefined;

  constructor(url: string, token?: TokenSource) {
    this.#url = url;
    this.#login =
      token &&
      new Login(token, {
        say: (message) => this.#say(message),
        accepted: () => this.#accepted(),
        refused: (problem) => this.#refused(problem),
        failed: (sentence) => (this.trouble = sentence),
      });
    globalThis.addEventListener?.("online", this.#connectNow);
    globalThis.addEventListener?.("offline", this.#cutOff);
    this.#connect();
  }

  get state(): State {
    return this.#state;
  }

  get url(): string {
    return this.#url;
  }

  /** How many requests and observations are open. */
  get open(): number {
    return this.#exchanges.size;
  }

  begin(exchange: Exchange): string {
    if (this.#state === "closed") throw new ConnectionFailed("The connection was closed.");

    const id = String(++this.#lastId);
    this.#exchanges.set(id, exchange);
    this.#send(exchange.message(id));

    return id;
  }

  /** Says once more what an exchange has to say. */
  repeat(id: string): void {
    const exchange = this.#exchanges.get(id);
    if (exchange) this.#send(exchange.message(id));
  }

  /** Forgets an exchange; one that the server goes on with is cancelled there, too. */
  end(id: string, { cancel = false } = {}): void {
    if (this.#exchanges.delete(id) && cancel) this.#send({ type: "cancel", id });
  }

  /** Asks for the token anew, and says it; resolves when the server believes it. */
  authenticate(): Promise<void> {
    if (this.#state === "closed") return Promise.reject(new ConnectionFailed("The connection was closed."));
    if (!this.#login) return Promise.resolve();
    if (this.#socket?.readyState === WebSocket.OPEN) void this.#login.begin();

    return (this.#believed ??= Promise.withResolvers()).promise;
  }

  on(state: State, listener: () => void): () => void {
    const listeners = this.#listeners.get(state) ?? new Set();
    this.#listeners.set(state, listeners.add(listener));

    return () => void listeners.delete(listener);
  }

  close(): void {
    if (this.#state === "closed") return;

    clearTimeout(this.#timer);
    globalThis.removeEventListener?.("online", this.#connectNow);
    globalThis.removeEventListener?.("offline", this.#cutOff);
    this.#leave();
    this.#doubt(new ConnectionFailed("The connection was closed."));
    this.#enter("closed");
    for (const [id, exchange] of [...this.#exchanges]) {
      this.#exchanges.delete(id);
      exchange.closed();
    }
  }

  #connect(): void {
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    this.#timer = setTimeout(() => this.#lost(socket), patience);

    socket.addEventListener("open", () => this.#opened(socket));
    socket.addEventListener("message", ({ data }) => this.#received(socket, JSON.parse(String(data)) as ServerMessage));
    socket.addEventListener("error", (event) => (this.trouble = (event as Partial<ErrorEvent>).message ?? ""));
    socket.addEventListener("close", () => this.#lost(socket));
  }

  #doubt(error: Error): void {
    this.#believed?.reject(error);
    this.#believed = undefined;
  }

  readonly #connectNow = (): void => {
    if (this.#socket) return;

    clearTimeout(this.#timer);
    this.#connect();
  };

  /** The platform has lost its network: nobody need wait until the silence is noticed. */
  readonly #cutOff = (): void => {
    if (this.#socket) this.#lost(this.#socket);
  };

  #opened(socket: WebSocket): void {
    if (socket !== this.#socket) return;

    this.#watch(socket);
    if (this.#login) void this.#login.begin();
    else this.#ready();
  }

  #ready(): void {
    this.#enter("connected");
    for (const id of [...this.#exchanges.keys()]) this.repeat(id);
  }

  /** A new token on the same connection: what was observed goes on, and what was not heard is said again. */
  #accepted(): void {
    this.refusal = undefined;
    this.#believed?.resolve();
    this.#believed = undefined;
    if (this.#state !== "connected") return this.#ready();
    for (const id of [...this.#unheard]) this.repeat(id);
    this.#unheard.clear();
  }

  #refused(problem: Problem): void {
    this.refusal = problem;
    this.#doubt(failureOf(problem));
    this.#unheard.clear();
    this.#enter("refused");
    for (const [id, exchange] of [...this.#exchanges]) exchange.receive({ type: "problem", id, problem });
  }

  #received(socket: WebSocket, message: ServerMessage): void {
    if (socket !== this.#socket) return;

    this.#failures = 0;
    this.#watch(socket);
    if (this.#login?.receive(message)) return;
    if (this.#login && message.type === "problem" && message.problem.type === "not-authenticated") this.#unheard.add(message.id);
    else this.#exchanges.get(message.id)?.receive(message);
  }

  #watch(socket: WebSocket): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = setTimeout(() => this.#lost(socket), patience);
      this.#say({ type: "ping", id: "ping" });
    }, quiet);
  }

  #lost(socket: WebSocket): void {
    if (socket !== this.#socket) return;

    clearTimeout(this.#timer);
    this.#leave();
    this.#timer = setTimeout(this.#connectNow, backoff(this.#failures++, Math.random()));
    this.#enter("disconnected");
  }

  #leave(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#login?.stop();
    this.#unheard.clear();
    socket?.close();
  }

  #send(message: ClientMessage): void {
    if (this.#state === "connected") this.#say(message);
  }

  #say(message: ClientMessage): void {
    this.#socket?.send(JSON.stringify(message));
  }

  #enter(state: State): void {
    if (state === this.#state) return;

    this.#state = state;
    for (const listener of [...(this.#listeners.get(state) ?? [])]) listener();
  }
}
