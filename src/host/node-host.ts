import { mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type Host, HostFailure } from "./host.ts";

/** The real disk and the real clock. */
export const nodeHost: Host = {
  read: (path) => ifThere(path, "read", () => readFileSync(path, "utf8")),
  list: (folder) => (ifThere(folder, "read", () => readdirSync(folder)) ?? []).sort(byCodePoint),
  write: (path, text) => must(path, "written", () => replace(path, text)),
  remove(path, within) {
    ifThere(path, "removed", () => rmSync(path));
    removeEmptyFolders(dirname(path), within);
  },
  now: () => new Date(),
};

/** The same on every machine, whatever its locale. */
const byCodePoint = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** A rename is atomic where a write is not. */
function replace(path: string, text: string): void {
  const beside = `${path}.${process.pid}.writing`;
  mkdirSync(dirname(path), { recursive: true });
  try {
    writeFileSync(beside, text);
    renameSync(beside, path);
  } catch (failure) {
    rmSync(beside, { force: true });
    throw failure;
  }
}

function removeEmptyFolders(folder: string, within: string): void {
  if (!folder.startsWith(`${within}/`)) return;
  try {
    rmdirSync(folder);
  } catch {
    return; // not empty: that is where we stop
  }
  removeEmptyFolders(dirname(folder), within);
}

function ifThere<T>(path: string, verb: string, action: () => T): T | undefined {
  try {
    return action();
  } catch (failure) {
    if (isMissing(failure)) return undefined;
    throw explained(path, verb, failure);
  }
}

function must(path: string, verb: string, action: () => void): void {
  try {
    action();
  } catch (failure) {
    throw explained(path, verb, failure);
  }
}

/** A file where a folder was asked for is "not there" too, and so is a folder where a file was. */
function isMissing(failure: unknown): boolean {
  return ["ENOENT", "ENOTDIR", "EISDIR"].includes(codeOf(failure));
}

const reasons: { readonly [code: string]: string } = {
  EACCES: "permission is denied",
  EPERM: "permission is denied",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  ENOTDIR: "a part of the path is a file, not a folder",
  EEXIST: "a part of the path is a file, not a folder",
  EISDIR: "there is a folder of that name",
  EMFILE: "too many files are open",
};

function explained(path: string, verb: string, failure: unknown): HostFailure {
  return new HostFailure(path, `"${path}" cannot be ${verb}: ${reasons[codeOf(failure)] ?? String(failure)}.`);
}

function codeOf(failure: unknown): string {
  return failure instanceof Error && "code" in failure ? String(failure.code) : "";
}
