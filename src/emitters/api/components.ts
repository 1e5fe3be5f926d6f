import { FileNames } from "../typescript/names.ts";
import type { Json } from "./json.ts";

type Kind = "schemas" | "responses" | "parameters";

/** A reference to what a document says once. */
export type Reference = { readonly $ref: string };

/** What a document says once, for several places to refer to. It has what is referred to, and nothing else. */
export class Components {
  readonly #kinds = new Map<Kind, Shelf>();

  /** A reference to what `make` says; it has this name, or one like it where the name is taken. `key` tells what it is. */
  refer(kind: Kind, key: string, name: string, make: () => Json): Reference {
    let shelf = this.#kinds.get(kind);
    if (shelf === undefined) this.#kinds.set(kind, (shelf = new Shelf()));
    return { $ref: `#/components/${kind}/${shelf.put(key, name, make)}` };
  }

  of(kind: Kind): { readonly [name: string]: Json } {
    return this.#kinds.get(kind)?.sorted ?? {};
  }
}

class Shelf {
  readonly #names = new FileNames();
  readonly #nameOf = new Map<string, string>();
  readonly #made = new Map<string, Json>();

  put(key: string, name: string, make: () => Json): string {
    const known = this.#nameOf.get(key);
    if (known !== undefined) return known;
    const claimed = this.#names.claim(name);
    this.#nameOf.set(key, claimed);
    this.#made.set(claimed, make());
    return claimed;
  }

  get sorted(): { readonly [name: string]: Json } {
    return Object.fromEntries([...this.#made].sort(([left], [right]) => (left < right ? -1 : 1)));
  }
}
