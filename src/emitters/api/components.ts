import { FileNames } from "../typescript/names.ts";
import type { Json } from "./json.ts";

type Kind = "schemas" | "responses" | "parameters";

/** A reference to what a document says once. */
export type Reference = { readonly $ref: string };

/** What a document says once, for several places to refer to. It has what is referred to, and nothing else. */
export class Components {
  readonly #kinds = new Map<Kind, Shelf>();

  /** A reference to what `make` says; it has this name, or one like it where the name is taken. `key` tells what it is. */
  refer(kind: Kind, key: string, nameOf: () => string, make: () => Json): Reference {
    let shelf = this.#kinds.get(kind);
    if (shelf === undefined) this.#kinds.set(kind, (shelf = new Shelf(kind)));
    return shelf.referenceTo(key) ?? shelf.put(key, nameOf(), make);
  }

  of(kind: Kind): { readonly [name: string]: Json } {
    return this.#kinds.get(kind)?.sorted ?? {};
  }
}

class Shelf {
  readonly #kind: Kind;
  readonly #names = new FileNames();
  readonly #references = new Map<string, Reference>();
  readonly #made = new Map<string, Json>();

  constructor(kind: Kind) {
    this.#kind = kind;
  }

  referenceTo(key: string): Reference | undefined {
    return this.#references.get(key);
  }

  /** What `make` says may refer to itself. */
  put(key: string, name: string, make: () => Json): Reference {
    const claimed = this.#names.claim(name);
    const reference = { $ref: `#/components/${this.#kind}/${claimed}` };
    this.#references.set(key, reference);
    this.#made.set(claimed, make());
    return reference;
  }

  get sorted(): { readonly [name: string]: Json } {
    return Object.fromEntries([...this.#made].sort(([left], [right]) => (left < right ? -1 : 1)));
  }
}
