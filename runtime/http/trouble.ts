/** What keeps the application from starting, and is not its fault: one sentence for the operator, and what to do about it. */
export class Trouble extends Error {
  override readonly name = "Trouble";
  readonly cure: string;

  constructor(sentence: string, cure: string, cause?: unknown) {
    super(sentence, { cause });
    this.cure = cure;
  }
}
