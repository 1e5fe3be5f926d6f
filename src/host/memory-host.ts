import { posix } from "node:path";
import { type Host, HostFailure } from "./host.ts";

export interface MemoryHost extends Host {
  /** Every file there is, by its path; to be changed behind the compiler's back in tests. */
  readonly files: Map<string, string>;
}

/** A world of its own, for tests and for what is open and unsaved in an editor. Its clock stands still. */
export function memoryHost(texts: { readonly [path: string]: string } = {}, now = new Date(0)): MemoryHost {
  const files = new Map(Object.entries(texts).map(([path, text]) => [normal(path), text]));

  return {
    files,
    read: (path) => files.get(normal(path)),
    list: (folder) => names(files, normal(folder)),
    write(path, text) {
      refuseImpossible(files, normal(path), path);
      files.set(normal(path), text);
    },
    remove(path) {
      files.delete(normal(path));
    },
    now: () => now,
  };
}

/** `/./a//b/../c` → `/a/c`: what the disk would find there. */
const normal = (path: string) => posix.resolve("/", path);

function names(files: ReadonlyMap<string, string>, folder: string): readonly string[] {
  const prefix = folder.endsWith("/") ? folder : `${folder}/`;
  const inside = [...files.keys()].filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length).split("/")[0] ?? "");
  return [...new Set(inside)].sort((a, b) => (a < b ? -1 : 1));
}

/** As on a disk, nothing is a file and a folder at once. */
function refuseImpossible(files: ReadonlyMap<string, string>, path: string, asWritten: string): void {
  if (foldersOf(path).some((folder) => files.has(folder))) {
    throw new HostFailure(asWritten, `"${asWritten}" cannot be written: a part of the path is a file, not a folder.`);
  }
  if (names(files, path).length > 0) {
    throw new HostFailure(asWritten, `"${asWritten}" cannot be written: there is a folder of that name.`);
  }
}

function foldersOf(path: string): readonly string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}
