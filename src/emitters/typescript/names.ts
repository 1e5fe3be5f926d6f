/** `message` → `Message`: what a type is called. */
export const pascal = (name: string): string => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;

/** `placeOrder` → `place-order`: what a package is called. */
export const kebab = (name: string): string => name.replace(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, "-").toLowerCase();

/** Words that JavaScript keeps for itself, `any` name of a module or a strict function among them. */
export const reserved: ReadonlySet<string> = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if " +
    "implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof " +
    "undefined var void while with yield NaN Infinity Object Array"
  ).split(" "),
);

/** Whether every object has something of that name, which has to be hidden wherever nothing else does. */
export const isInherited = (name: string): boolean => name in {};

/** Hands out names of one file, each once. */
export class FileNames {
  readonly #taken: Set<string>;

  /** `taken`: what the file calls things already. */
  constructor(...taken: readonly string[]) {
    this.#taken = new Set(taken);
  }

  /** The first of the candidates that is free, the last one with a number where none is. */
  claim(...candidates: readonly [string, ...string[]]): string {
    const free = candidates.find((candidate) => this.#isFree(candidate)) ?? this.#numbered(candidates.at(-1) ?? candidates[0]);
    this.#taken.add(free);
    return free;
  }

  #numbered(name: string, number = 2): string {
    return this.#isFree(`${name}${number}`) ? `${name}${number}` : this.#numbered(name, number + 1);
  }

  #isFree(name: string): boolean {
    return !reserved.has(name) && !this.#taken.has(name);
  }
}
