import { mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Host } from "./host.ts";

/** The disk. */
export const nodeHost: Host = {
  read: (path) => unlessMissing(() => readFileSync(path, "utf8")),

  list: (folder) => (unlessMissing(() => readdirSync(folder)) ?? []).sort(byCodePoint),

  write(path, text) {
    const temporary = `${path}.${process.pid}.tmp`;
    mkdirSync(dirname(path), { recursive: true });
    try {
      writeFileSync(temporary, text);
      renameSync(temporary, path);
    } catch (cause) {
      rmSync(temporary, { force: true });
      throw cause;
    }
  },

  remove(path, within) {
    rmSync(path, { force: true });
    for (let folder = dirname(path); folder.startsWith(within) && folder !== within; folder = dirname(folder)) {
      if (!removeEmpty(folder)) return;
    }
  },
};

const absent = new Set(["ENOENT", "ENOTDIR", "EISDIR"]);

function unlessMissing<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (cause) {
    if (absent.has((cause as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw cause;
  }
}

function removeEmpty(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

const byCodePoint = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
