import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** The command line as people have it: a process of its own, on what `npm run build` made. */
export const wkgen = join(import.meta.dirname, "../../src/cli/wkgen.mjs");

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Where {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly node?: string;
}

/** Nothing of the surroundings gets in that would colour the output. */
const plainEnvironment = (): NodeJS.ProcessEnv => {
  const { NO_COLOR: _no, FORCE_COLOR: _force, NODE_OPTIONS: _options, ...rest } = process.env;
  return rest;
};

export function run(args: readonly string[], { cwd, env, node = process.execPath }: Where = {}): Promise<Ended> {
  return collected(spawn(node, [wkgen, ...args], { cwd, env: { ...plainEnvironment(), ...env } }));
}

export function collected(child: ChildProcess): Promise<Ended> {
  const [out, err] = [child.stdout, child.stderr].map((stream) => {
    const chunks: Buffer[] = [];
    stream?.on("data", (chunk: Buffer) => void chunks.push(chunk));
    return chunks;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out: Buffer.concat(out ?? []).toString(), err: Buffer.concat(err ?? []).toString() }));
  });
}

/** A command that goes on until it is ended, with everything it said so far. */
export class Going {
  readonly #child: ChildProcess;
  readonly #ended: Promise<Ended>;
  readonly #waiting = new Set<() => void>();
  said = "";

  constructor(args: readonly string[], { cwd, env }: Where = {}, command: readonly [string, ...string[]] = [process.execPath, wkgen]) {
    const [file, ...before] = command;
    // A process group, to which signals are sent as a terminal does.
    this.#child = spawn(file, [...before, ...args], { cwd, env: { ...plainEnvironment(), ...env }, detached: true });
    this.#ended = collected(this.#child);
    onTestFinished(() => void this.end("SIGKILL"));
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        this.said += chunk.toString();
        for (const look of this.#waiting) look();
      });
    }
  }

  /** Resolves with the match once it is there; what was said before `from` does not count. */
  until(pattern: RegExp, from = 0, patience = 20_000): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(
        () => finish(() => reject(new Error(`${pattern} was not said within ${patience} ms, but:\n${this.said}`))),
        patience,
      );
      const finish = (end: () => void) => {
        clearTimeout(late);
        this.#waiting.delete(look);
        end();
      };
      const look = () => {
        const match = pattern.exec(this.said.slice(from));
        if (match !== null) finish(() => resolve(match));
      };
      this.#waiting.add(look);
      look();
    });
  }

  end(signal: NodeJS.Signals = "SIGINT"): Promise<Ended> {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, signal);
    return this.#ended;
  }

  get ended(): Promise<Ended> {
    return this.#ended;
  }
}

/** A new folder for one test, and away with it afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "wkgen-cli-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
