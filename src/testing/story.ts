// What the process that plays stories is sent, as `runtime/testing/story.ts` has it; a test holds the two together.

/** A story with all of its values told, as an exploration makes it up. Names are full. */
export interface Story {
  readonly title: string;
  /** It claims nothing: every command may be turned down. */
  readonly isOpen: true;
  readonly steps: readonly (When | Pass)[];
}

export interface When {
  readonly kind: "when";
  readonly command: string;
  readonly on: string;
  readonly as?: { readonly name?: string; readonly role?: string };
  readonly data: { readonly [field: string]: unknown };
}

export interface Pass {
  readonly kind: "pass";
  readonly duration: string;
}
