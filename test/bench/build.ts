import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inWords, median, type Row } from "./row.ts";

const wkgen = fileURLToPath(new URL("../../src/cli/wkgen.mjs", import.meta.url));
const model = fileURLToPath(new URL("../../examples/chat/chat.domain", import.meta.url));
const rounds = 21;

/** Whole processes, from start to end, in turns with a Node that does nothing. Node's compile cache is warm, as it is from the second run on. */
export async function benchBuild(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "wkgen-bench-"));
  try {
    copyFileSync(model, join(folder, "chat.domain"));
    return [
      row("build of the chat, cold", 5, ["build"], folder, () => clear(folder)),
      row("build of the chat, nothing changed", 2.5, ["build"], folder, () => undefined),
      row("check of the chat", 4, ["check"], folder, () => undefined),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function clear(folder: string): void {
  for (const made of ["server", "client", ".wkgen"]) rmSync(join(folder, made), { recursive: true, force: true });
}

function row(name: string, limit: number, args: readonly string[], folder: string, before: () => void): Row {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    before();
    const [mine, empty] = [timed([wkgen, ...args], folder), timed(["-e", "0"], folder)];
    // The first round warms the caches up.
    if (round > 0) {
      ours.push(mine);
      theirs.push(empty);
    }
  }
  const [value, peer] = [median(ours), median(theirs)];
  return { name, value, unit: "ms", peer: { name: "node -e 0", value: peer }, ratio: value / peer, limit, lessIsBetter: true };
}

function timed(args: readonly string[], cwd: string): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status}: ${stderr}`);
  return performance.now() - start;
}

if (import.meta.main) for (const row of await benchBuild()) console.log(inWords(row));
