import { type Lines, linesOf } from "./position.ts";

/** The texts that were read, for showing lines of them. */
export interface Sources {
  readonly files: readonly string[];
  linesOf(file: string): Lines;
}

export function sourcesOf(texts: ReadonlyMap<string, string>): Sources {
  const known = new Map<string, Lines>();
  return {
    files: [...texts.keys()],
    linesOf(file) {
      const lines = known.get(file) ?? linesOf(texts.get(file) ?? "");
      known.set(file, lines);
      return lines;
    },
  };
}
