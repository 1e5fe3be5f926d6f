import { type FSWatcher, watch } from "node:fs";
import { dirname } from "node:path";

const settling = 30;

/** Calls back once editors have done with the model: they write in several steps, and often put a new file in the place of the old. */
export class ModelWatcher {
  readonly #changed: () => void;
  readonly #watched = new Map<string, FSWatcher>();
  #timer: NodeJS.Timeout | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Watches the folders of these files, and no others. Folders, because a file that is replaced takes its watch with it. */
  follow(files: readonly string[]): void {
    const folders = new Set(files.map((file) => dirname(file)));
    for (const [folder, watcher] of this.#watched) {
      if (folders.has(folder)) continue;
      watcher.close();
      this.#watched.delete(folder);
    }
    for (const folder of folders) if (!this.#watched.has(folder)) this.#watched.set(folder, this.#open(folder));
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const watcher of this.#watched.values()) watcher.close();
  }

  #open(folder: string): FSWatcher {
    const watcher = watch(folder, (_change, name) => {
      if (name !== null && !name.endsWith(".domain") && !name.endsWith(".code.ts")) return;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(this.#changed, settling);
    });
    return watcher.on("error", () => this.#watched.delete(folder));
  }
}
