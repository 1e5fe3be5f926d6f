import type { Problem } from "../protocol/problem.ts";
import type { ClientMessage, ServerMessage } from "../protocol/socket.ts";
import { mayPass, Retry } from "./retry.ts";
import { after } from "./timer.ts";

/** Where the token comes from: asked at every connect, and before the last one ends. Nothing, for somebody anonymous. */
export type TokenSource = () => string | null | undefined | Promise<string | null | undefined>;

export interface LoginListener {
  say(message: ClientMessage): void;
  accepted(): void;
  /** The server does not believe the token. */
  refused(problem: Problem): void;
  /** There is no token to be had, or nobody to check it, just now; it is tried again. */
  failed(sentence: string): void;
}

/** A token is renewed when this part of its life is left, and a minute before its end at the latest. */
const partLeft = 1 / 4;
const longestLeft = 60_000;
const shortestPause = 1_000;

/** Says on a connection who asks, and says it again before that ends. */
export class Login {
  readonly #token: TokenSource;
  readonly #listener: LoginListener;
  readonly #retry = new Retry();
  #attempt = 0;
  #stopClock = () => {};

  constructor(token: TokenSource, listener: LoginListener) {
    this.#token = token;
    this.#listener = listener;
  }

  async begin(): Promise<void> {
    this.stop();
    const attempt = this.#attempt;
    try {
      const token = (await this.#token()) ?? null;
      if (attempt === this.#attempt) this.#listener.say({ type: "authenticate", id: idOf(attempt), token });
    } catch (error) {
      if (attempt !== this.#attempt) return;
      this.#listener.failed(`There is no token: ${error instanceof Error ? error.message : String(error)}`);
      this.#retry.later(() => void this.begin());
    }
  }

  /** True where a message is about the login; those about an earlier one say nothing any more. */
  receive(message: ServerMessage): boolean {
    if (!isAboutLogin(message)) return false;
    if (message.id !== idOf(this.#attempt)) return true;
    if (message.type === "expired") void this.begin();
    else if (message.type === "authenticated") this.#accepted(message.expiresIn);
    else if (message.type === "problem" && mayPass(message.problem)) {
      this.#listener.failed(message.problem.detail);
      this.#retry.later(() => void this.begin());
    } else if (message.type === "problem") {
      this.#listener.refused(message.problem);
      this.#retry.later(() => void this.begin());
    }

    return true;
  }

  stop(): void {
    this.#attempt += 1;
    this.#stopClock();
    this.#retry.stop();
  }

  #accepted(expiresIn = Infinity): void {
    this.#retry.succeeded();
    const pause = expiresIn - Math.min(longestLeft, expiresIn * partLeft);
    this.#stopClock = after(Math.max(shortestPause, pause), () => void this.begin());
    this.#listener.accepted();
  }
}

function idOf(attempt: number): string {
  return `login ${attempt}`;
}

function isAboutLogin({ id }: ServerMessage): boolean {
  return id.startsWith("login ");
}
