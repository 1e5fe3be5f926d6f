/** An error keeps the model from being built; a warning is advice, and can be switched off for a line; a question is a hotspot that is still open. */
export type Severity = "error" | "warning" | "question";

/** All that wkgen has to say about one code. */
export interface Entry<Facts> extends Explained {
  readonly severity: Severity;
  /** What is wrong, in one sentence. */
  says(facts: Facts): string;
  /** What to do about it. */
  help?(facts: Facts): string | undefined;
  /** What stands above the other place's frame, where there is one. */
  readonly related?: string;
}

/** For `wkgen explain`. */
export interface Explained {
  /** Why it matters. */
  readonly why: string;
  /** Lines of a model that the code is about. */
  readonly wrong: string;
  /** The same lines as they should be. */
  readonly right: string;
}

type Words<Facts> = Omit<Entry<Facts>, "severity">;

export const error = <Facts>(words: Words<Facts>): Entry<Facts> => ({ severity: "error", ...words });

export const warning = <Facts>(words: Words<Facts>): Entry<Facts> => ({ severity: "warning", ...words });

export const question = <Facts>(words: Words<Facts>): Entry<Facts> => ({ severity: "question", ...words });
