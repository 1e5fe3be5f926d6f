/** The file of the lists cannot be used: one sentence for the operator, and what to do about it. */
export class ListsUnavailable extends Error {
  override readonly name = "ListsUnavailable";
  readonly cure: string;

  constructor(sentence: string, cure: string, cause?: unknown) {
    super(sentence, { cause });
    this.cure = cure;
  }
}

const unusable = ["cannot be used.", "Remove it, with its -wal and -shm files; the lists are made again from the event log."] as const;
const locked = [
  "is locked by another process.",
  "Stop the process that holds it (another copy of the application, a database browser), then try again.",
] as const;
const notWritable = ["cannot be written.", "Give the user that runs this process the right to write the file and its folder."] as const;

/** By the primary result codes of SQLite, https://www.sqlite.org/rescode.html */
const explanations: { readonly [code: number]: readonly [sentence: string, cure: string] } = {
  3: notWritable,
  5: locked,
  6: locked,
  8: notWritable,
  13: ["cannot grow: the disk is full.", "Free some disk space."],
  14: notWritable,
};

/** What an error of SQLite means to an operator; any other error stays what it is. */
export function explained(file: string, error: unknown): unknown {
  if (!(error instanceof Error && "errcode" in error && typeof error.errcode === "number")) return error;
  const [sentence, cure] = explanations[error.errcode & 0xff] ?? unusable;

  return new ListsUnavailable(`${file} ${sentence}`, cure, error);
}
