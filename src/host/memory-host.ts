import { posix } from "node:path";
import type { Host } from "./host.ts";

/** A disk of texts by path: for tests, and for what an editor holds unsaved. */
export function memoryHost(files: { readonly [path: string]: string } = {}): Host & { readonly files: Map<string, string> } {
  const texts = new Map(Object.entries(files));
  return {
    files: texts,
    read: (path) => texts.get(path),
    list: (folder) => {
      const inside = folder.endsWith("/") ? folder : `${folder}/`;
      const names = [...texts.keys()]
        .filter((path) => path.startsWith(inside))
        .map((path) => path.slice(inside.length).split("/")[0] ?? "");
      return [...new Set(names)].sort((a, b) => (a < b ? -1 : 1));
    },
    write: (path, text) => void texts.set(posix.normalize(path), text),
    remove: (path) => void texts.delete(path),
  };
}
