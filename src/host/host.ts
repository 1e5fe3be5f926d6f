/** The world as an argument: everything the compiler asks of a file system. Paths are absolute, texts are UTF-8. */
export interface Host {
  /** The file's text; undefined where there is no such file. */
  read(path: string): string | undefined;
  /** The names in a folder, files and folders, in code point order; empty where there is no such folder. */
  list(folder: string): readonly string[];
  /** Puts the whole text in place at once: a reader sees the old file or the new one, never half of it. Folders are made. */
  write(path: string, text: string): void;
  /** Takes the file away, and the folders that are empty without it, up to `within`. */
  remove(path: string, within: string): void;
}
