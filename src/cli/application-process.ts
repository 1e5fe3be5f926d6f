import { type ChildProcess, spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeOptions } from "./node-options.ts";

/** How a start went: it listens, or it ended before it did. */
export type Started = { readonly kind: "listening"; readonly url: string } | { readonly kind: "ended"; readonly exitCode: number };

const longestGoodbye = 10_000;

/** The generated application as a process of its own, which says where it listens and goes away when it is told to. */
export class ApplicationProcess {
  readonly #folder: string;
  readonly #args: readonly string[];
  #child: ChildProcess | undefined;

  constructor(folder: string, args: readonly string[]) {
    this.#folder = folder;
    this.#args = args;
  }

  get isRunning(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  start(): Promise<Started> {
    const child = spawn(process.execPath, [...nodeOptions(), join(this.#folder, "server/server.ts"), ...this.#args], {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      // TypeScript is turned into JavaScript once, and not at every start.
      env: { NODE_COMPILE_CACHE: join(tmpdir(), "node-compile-cache"), ...process.env },
      // A group of its own: Ctrl-C reaches us alone, and we say goodbye to it once.
      detached: process.platform !== "win32",
    });
    this.#child = child;
    return new Promise((resolve) => {
      child.on("message", (message) => {
        if (isListening(message)) resolve({ kind: "listening", url: message.url });
      });
      child.on("error", () => resolve({ kind: "ended", exitCode: 1 }));
      child.on("exit", (code) => resolve({ kind: "ended", exitCode: code ?? 1 }));
    });
  }

  /** Resolves when it has ended, however it did. */
  ended(): Promise<number> {
    const child = this.#child;
    if (child === undefined || !this.isRunning) return Promise.resolve(child?.exitCode ?? 1);
    return new Promise((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
  }

  /** Asks it to finish what it has begun; makes it end where that takes too long. */
  async stop(): Promise<void> {
    if (!this.isRunning) return;
    const gone = this.ended();
    this.#child?.kill("SIGTERM");
    const impatience = setTimeout(() => this.#child?.kill("SIGKILL"), longestGoodbye);
    await gone;
    clearTimeout(impatience);
  }
}

function isListening(message: unknown): message is { readonly kind: "listening"; readonly url: string } {
  const { kind, url } = (message ?? {}) as { readonly kind?: unknown; readonly url?: unknown };
  return kind === "listening" && typeof url === "string";
}
