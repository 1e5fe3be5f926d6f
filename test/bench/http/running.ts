import { spawn } from "node:child_process";
import { once } from "node:events";

/** A server in a process of its own. */
export interface Running {
  readonly url: string;
  /** Milliseconds from the start of the process until it said where it listens. */
  stop(): Promise<void>;
}

/** Starts a program that prints its address, as all of ours do. */
export function run(program: string, args: readonly string[], ofNode: readonly string[] = []): Promise<Running> {
  const child = spawn(process.execPath, [...ofNode, program, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    await gone;
  };

  return new Promise((resolve, reject) => {
    let output = "";
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const url = /https?:\/\/[^\s"]+:\d+/.exec(output)?.[0];
      if (url) resolve({ url, stop });
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", (code) => reject(new Error(`${program} ended with ${code}:\n${output}`)));
  });
}
