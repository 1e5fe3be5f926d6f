import type { StoreTrouble } from "../../store/store-failure.ts";
import type { FlowStore } from "../flow-store.ts";

/** What the worker is asked: whatever a store is, in the order of the questions. */
export interface Question {
  readonly kind: keyof FlowStore;
  readonly ask: readonly unknown[];
}

export type Reply =
  | { readonly kind: "answer"; readonly answer: unknown }
  | { readonly kind: "trouble"; readonly trouble: StoreTrouble; readonly sentence: string; readonly cure: string };
