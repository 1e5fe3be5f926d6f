/** How a handler ends. It returns what `mark` gives it, so a path that forgets to does not compile. */
export interface Mark {
  asDone(): Marked;
  asRejected(reason: string): Marked;
}

export type Marked = { readonly kind: "done" } | { readonly kind: "rejected"; readonly reason: string };

const done: Marked = { kind: "done" };

export const mark: Mark = {
  asDone: () => done,
  asRejected: (reason) => ({ kind: "rejected", reason }),
};
