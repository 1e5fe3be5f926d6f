/** Why a store cannot do what it exists for. */
export type StoreTrouble =
  | "locked"
  | "not-writable"
  | "not-a-log"
  | "another-log"
  | "too-new"
  | "full"
  | "damaged"
  | "unreadable"
  | "superseded"
  | "closed"
  | "unreachable"
  | "crowded"
  | "denied"
  | "missing"
  | "not-empty";

/**
 * The store itself failed: one sentence for the operator, and what to do about it. Whether what was being appended is stored is unknown;
 * it may be repeated under the same command ids.
 */
export class StoreFailure extends Error {
  override readonly name = "StoreFailure";
  readonly trouble: StoreTrouble;
  readonly cure: string;

  constructor(trouble: StoreTrouble, sentence: string, cure: string, cause?: unknown) {
    super(sentence, { cause });
    this.trouble = trouble;
    this.cure = cure;
  }
}
