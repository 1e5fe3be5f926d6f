/** An expression as it is written in a model, and as this test understands it. */
export interface Spoken {
  readonly text: string;
  readonly means: (world: World) => unknown;
  /** Written without parentheses: names, literals. */
  readonly isPlain?: boolean;
}

export interface World {
  readonly state: Readonly<Record<string, unknown>>;
  readonly command: Readonly<Record<string, unknown>>;
  readonly now: string;
  /** What `it` is, innermost last. */
  readonly elements: readonly unknown[];
}

/** Equal contents are equal texts. */
export const content = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
