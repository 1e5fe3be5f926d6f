import { type ChildProcess, spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Doorkeeper } from "./doorkeeper.ts";
import { nodeOptions } from "./node-options.ts";

/** How a start went: it listens, or it ended before it did. */
export type Started = { readonly kind: "listening"; readonly url: string } | { readonly kind: "ended"; readonly exitCode: number };

/** What the application says. With a doorkeeper it waits, when its code is loaded, until it is told to begin, and has the doorkeeper listen. */
type Said =
  | { readonly kind: "loaded" }
  | { readonly kind: "listen"; readonly host: string; readonly port: number }
  | { readonly kind: "listening"; readonly url: string };

const longestGoodbye = 10_000;

/** The generated application as a process of its own, which says where it listens and goes away when it is told to. */
export class ApplicationProcess {
  readonly #child: ChildProcess;
  readonly #doorkeeper: Doorkeeper | undefined;
  readonly #loaded = Promise.withResolvers<"loaded" | "ended">();
  readonly #started = Promise.withResolvers<Started>();
  readonly #ended = Promise.withResolvers<number>();
  #takesVisitors = false;

  /** Where somebody keeps its address, it takes in whoever they show in. */
  constructor(folder: string, args: readonly string[], doorkeeper?: Doorkeeper) {
    this.#doorkeeper = doorkeeper;
    this.#child = spawn(process.execPath, [...nodeOptions(), join(folder, "server/server.ts"), ...args], {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      // TypeScript is turned into JavaScript once, and not at every start.
      env: { NODE_COMPILE_CACHE: join(tmpdir(), "node-compile-cache"), ...process.env, ...(doorkeeper && { WKGEN_DOORKEEPER: "parent" }) },
      // A group of its own: Ctrl-C reaches us alone, and we say goodbye to it once.
      detached: process.platform !== "win32",
    });
    this.#child.on("message", (message) => void this.#hear(message as Said));
    this.#child.on("error", () => this.#end(1));
    this.#child.on("exit", (code) => this.#end(code ?? 1));
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Resolves when its code is loaded, and it waits for its turn; needs a doorkeeper. */
  loaded(): Promise<"loaded" | "ended"> {
    return this.#loaded.promise;
  }

  /** It is its turn. */
  begin(): void {
    if (this.#child.connected) this.#child.send({ kind: "begin" });
  }

  started(): Promise<Started> {
    return this.#started.promise;
  }

  /** Resolves when it has ended, however it did. */
  ended(): Promise<number> {
    return this.#ended.promise;
  }

  /** Asks it to finish what it has begun; makes it end where that takes too long. Told in the same way as visitors are shown in, it hears of them all before. */
  async stop(): Promise<void> {
    if (!this.isRunning) return;
    if (this.#takesVisitors && this.#child.connected) this.#child.send({ kind: "end" });
    else this.#child.kill("SIGTERM");
    const impatience = setTimeout(() => this.#child.kill("SIGKILL"), longestGoodbye);
    await this.ended();
    clearTimeout(impatience);
  }

  async #hear(said: Said): Promise<void> {
    if (said.kind === "loaded") this.#loaded.resolve("loaded");
    else if (said.kind === "listening") {
      this.#takesVisitors = this.#doorkeeper !== undefined;
      this.#doorkeeper?.letInto(this.#child);
      this.#started.resolve(said);
    } else if (said.kind === "listen") {
      const listening = await this.#doorkeeper?.listen(said.host, said.port);
      if (this.#child.connected) this.#child.send(listening ?? {});
    }
  }

  #end(code: number): void {
    this.#loaded.resolve("ended");
    this.#started.resolve({ kind: "ended", exitCode: code });
    this.#ended.resolve(code);
  }
}
