/** What a history led to up to a revision, so that not all of it has to be read again. It can be lost at any time, and nothing with it. */
export interface Snapshot {
  /** Whatever decides what a history leads to; a snapshot of another shape is none. */
  readonly shape: string;
  readonly revision: number;
  /** Any text. */
  readonly state: string;
}
