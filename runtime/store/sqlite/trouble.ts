import { StoreFailure } from "../store-failure.ts";

type Explanation = (file: string) => StoreFailure;

const locked: Explanation = (file) =>
  new StoreFailure(
    "locked",
    `${file} is locked by another process.`,
    "Stop the process that holds it (a backup, a database browser), then try again.",
  );
const notWritable: Explanation = (file) =>
  new StoreFailure(
    "not-writable",
    `${file} cannot be written.`,
    "Give the user that runs this process the right to write the file and its folder.",
  );
const damaged: Explanation = (file) =>
  new StoreFailure("damaged", `${file} is damaged.`, "Restore the last backup; keep the damaged file, for parts of it may be readable.");
const notALog: Explanation = (file) =>
  new StoreFailure("not-a-log", `${file} is not a database.`, "Move it away, or give the log another file.");
const full: Explanation = (file) =>
  new StoreFailure("full", `There is no space left to write ${file}.`, "Free some disk space; what was being stored was not acknowledged.");
const notOpened: Explanation = (file) =>
  new StoreFailure(
    "not-writable",
    `${file} cannot be opened.`,
    "Check that its folder exists and that the user that runs this process may write there.",
  );
const unreadable: Explanation = (file) =>
  new StoreFailure(
    "unreadable",
    `The disk failed while using ${file}.`,
    "Check that no quota or limit on the size of files is reached, and that the disk is sound; restore a backup where it is not.",
  );

/** By the primary result codes of SQLite, https://www.sqlite.org/rescode.html */
const byResultCode: { readonly [code: number]: Explanation } = {
  3: notWritable,
  5: locked,
  6: locked,
  8: notWritable,
  10: unreadable,
  11: damaged,
  13: full,
  14: notOpened,
  23: notWritable,
  26: notALog,
};

const bySystemCode: { readonly [code: string]: Explanation } = {
  EACCES: notWritable,
  EPERM: notWritable,
  EROFS: notWritable,
  ENOSPC: full,
  ENOTDIR: notOpened,
  EEXIST: notOpened,
  ENOENT: notOpened,
};

/** What an error of SQLite or of the file system means to an operator; undefined where it is none of those, and so our own bug. */
export function storeFailureOf(error: unknown, file: string): StoreFailure | undefined {
  if (error instanceof StoreFailure) return error;
  if (!(error instanceof Error)) return undefined;
  if ("errcode" in error && typeof error.errcode === "number") return byResultCode[error.errcode & 0xff]?.(file);
  if ("code" in error && typeof error.code === "string") return bySystemCode[error.code]?.(file);
  return undefined;
}
