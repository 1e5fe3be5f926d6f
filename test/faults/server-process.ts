import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const chat = fileURLToPath(new URL("../../examples/chat/server/server.ts", import.meta.url));
export const talliedChat = fileURLToPath(new URL("./tallied/server/server.ts", import.meta.url));
const starts = 5;

/** The chat's generated server, or one like it, as a process that can be killed and started again, at another address each time. */
export class ServerProcess {
  readonly #args: readonly string[];
  #child: ChildProcess | undefined;
  #url: string | undefined;

  constructor(store: string, data: string, program = chat) {
    this.#args = [program, "--port", "0", "--host", "127.0.0.1", "--http", "--store", store, "--data", data];
  }

  /** Undefined while it does not run. */
  get url(): string | undefined {
    return this.#url;
  }

  /** Where its store cannot be reached in time it ends by itself, and is started again. */
  async start(): Promise<void> {
    for (let tries = 0; tries < starts; tries++) {
      const child = spawn(process.execPath, this.#args, { stdio: ["ignore", "ignore", "pipe", "ipc"] });
      let said = "";
      child.stderr!.on("data", (chunk) => (said += chunk));
      this.#child = child;
      const listening = once(child, "message").then(([message]) => (message as { readonly url: string }).url);
      const url = await Promise.race([listening, once(child, "exit").then(() => undefined)]);
      if (url !== undefined) return void (this.#url = url);
      if (tries + 1 === starts) throw new Error(`The server does not start: ${said}`);
    }
  }

  /** In the place of the server, a process that makes one of its lists anew. */
  replay(list: string): void {
    this.#child = spawn(process.execPath, [...this.#args, "--replay", list], { stdio: "ignore" });
  }

  get isRunning(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    this.#url = undefined;
    const child = this.#child;
    const isRunning = this.isRunning;
    this.#child = undefined;
    if (child === undefined || !isRunning) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  }
}
