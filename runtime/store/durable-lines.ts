import { open, readFile, type FileHandle } from "node:fs/promises";

interface Waiting {
  readonly line: string;
  readonly written: PromiseWithResolvers<void>;
}

/** A file of lines that are on the disk before anybody is told so; those that come at the same time are written together. */
export class DurableLines {
  readonly #file: FileHandle;
  #waiting: Waiting[] = [];
  #isEmptied = false;
  #writing: Promise<void> | undefined;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** The file, which is made where there is none, and the lines in it. Half a line at its end was never promised, and is taken out. */
  static async open(path: string): Promise<{ readonly lines: DurableLines; readonly found: readonly string[] }> {
    const file = await open(path, "a", 0o600);
    const text = await readFile(path, "utf8");
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    if (whole.length < text.length) await file.truncate(Buffer.byteLength(whole));

    return { lines: new DurableLines(file), found: whole.split("\n").slice(0, -1) };
  }

  /** Resolves when the line is on the disk. It may hold no line break. */
  append(line: string): Promise<void> {
    const written = Promise.withResolvers<void>();
    this.#waiting.push({ line, written });
    this.#write();

    return written.promise;
  }

  /** Takes out all lines, but for those that are on their way. */
  empty(): void {
    this.#isEmptied = true;
    this.#write();
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#file.close();
  }

  #write(): void {
    this.#writing ??= this.#writeAll().finally(() => (this.#writing = undefined));
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0 || this.#isEmptied) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        if (this.#isEmptied) await this.#file.truncate(0);
        this.#isEmptied = false;
        if (batch.length === 0) continue;
        await this.#file.appendFile(batch.map(({ line }) => `${line}\n`).join(""));
        await this.#file.datasync();
        for (const { written } of batch) written.resolve();
      } catch (error) {
        this.#isEmptied = false;
        for (const { written } of batch) written.reject(error);
      }
    }
  }
}
