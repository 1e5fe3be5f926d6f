/**
 * The world as an argument. Paths are absolute or relative to where the process was started, with `/` between the parts.
 * What is not there is undefined; what is there and cannot be used throws a `HostFailure`.
 */
export interface Host {
  /** The text of a file, decoded as UTF-8; undefined where there is no such file. */
  read(path: string): string | undefined;
  /** The names in a folder, of files and of folders, in code point order; empty where there is no such folder. */
  list(folder: string): readonly string[];
  /** Writes a whole file at once, with the folders it needs: nobody ever reads half of it. */
  write(path: string, text: string): void;
  /** Takes a file away, and the folders that are empty without it, up to `within`; what is not there is away already. */
  remove(path: string, within: string): void;
  now(): Date;
}

/** The disk said no. `message` is one sentence with the path in it. */
export class HostFailure extends Error {
  readonly path: string;

  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}
