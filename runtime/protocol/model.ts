import type { Fields } from "./field.ts";

/** The application as data, without its functions, at `GET /api/model`. A restriction's `matching` is the pattern's source. */
export interface Model {
  readonly name: string;
  readonly description?: string;
  readonly roles?: readonly string[];
  readonly aggregates: readonly {
    readonly context: string;
    readonly name: string;
    readonly commands: { readonly [name: string]: { readonly on: "existing" | "new" | "any"; readonly fields: Fields } };
    readonly events: { readonly [name: string]: { readonly fields: Fields } };
  }[];
  readonly lists: readonly { readonly name: string; readonly description?: string; readonly fields: Fields }[];
}
