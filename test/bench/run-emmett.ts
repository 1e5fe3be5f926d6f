import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "emmett");

/** What one of the programs in `emmett/` prints, run in a process of its own. Emmett is installed, and its driver compiled, when it is needed first. */
export function runEmmett(program: string, ...args: readonly string[]): string {
  if (!existsSync(join(folder, "node_modules/sqlite3/build/Release/node_sqlite3.node"))) {
    console.error("Installing Emmett and compiling its driver, once; this takes some minutes.");
    execFileSync("npm", ["ci", "--ignore-scripts"], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
    execFileSync("npx", ["--yes", "node-gyp", "rebuild"], { cwd: join(folder, "node_modules/sqlite3"), stdio: "ignore" });
  }
  return execFileSync(process.execPath, [program, ...args], { cwd: folder, encoding: "utf8" });
}
