/** A scenario as data: what the compiler makes of the model's text, and what an exploration makes up. */
export interface Story {
  readonly title: string;
  /** A story that claims nothing: every command may be turned down. */
  readonly isOpen?: true;
  readonly steps: readonly Step[];
}

/** Events and commands by their full names, `context.aggregate.name`. Without `on`, a step is about the one aggregate of its kind that has no name. */
export type Step =
  | { readonly kind: "given"; readonly event: string; readonly on?: string; readonly as?: Person; readonly data: Data }
  | { readonly kind: "pass"; readonly duration: string }
  | { readonly kind: "when"; readonly command: string; readonly on?: string; readonly as?: Person; readonly data: Data }
  | Claim;

/** What is claimed to be so since the last `when` or `pass`. `data` names only what is claimed. */
export type Claim =
  | { readonly kind: "event"; readonly event: string; readonly on?: string; readonly data: Data }
  | { readonly kind: "run"; readonly command: string; readonly data: Data }
  | { readonly kind: "has" | "has no"; readonly list: string; readonly data: Data }
  | { readonly kind: "empty"; readonly list: string }
  | { readonly kind: "rejected"; readonly reason?: string }
  | { readonly kind: "not"; readonly what: "allowed" | "valid" }
  | { readonly kind: "nothing" };

/** Somebody who is only a role has its name for an id. */
export interface Person {
  readonly name?: string;
  readonly role?: string;
}

export interface Values {
  readonly [field: string]: unknown;
}

/** Values, or how they come about where they mention an aggregate that has no name: its id is what the story makes it. */
export type Data = Values | ((idOf: (kind: string) => string) => Values);
