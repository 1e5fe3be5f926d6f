import type { StoreTrouble } from "../store-failure.ts";

/** What the owner of a connection can be asked, by name. */
export type Questions = { readonly [kind: string]: { readonly ask: readonly unknown[]; readonly answer: unknown } };

export interface Question {
  readonly kind: string;
  readonly ask: readonly unknown[];
}

/** Replies come in the order of the questions; the first is about the opening of the file. */
export type Reply =
  | { readonly kind: "answer"; readonly answer: unknown }
  | { readonly kind: "trouble"; readonly trouble: StoreTrouble; readonly sentence: string; readonly cure: string };
