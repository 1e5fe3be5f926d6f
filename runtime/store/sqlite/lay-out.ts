import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, writeSync } from "node:fs";

const zeros = Buffer.alloc(1024 * 1024);

/**
 * Makes a file so long that what is written into it later has its place on the disk already: a commit that makes its file longer waits up to twice
 * as long. What the file holds stays, and behind it come zeros. Where that cannot be done, it stays as it was.
 */
export function layOut(file: string, length: number): void {
  try {
    const descriptor = openSync(file, "r+");
    try {
      fill(descriptor, length);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // Then commits take longer, and that is all.
  }
}

function fill(descriptor: number, length: number): void {
  const { size } = fstatSync(descriptor);
  try {
    for (let at = size; at < length; at += zeros.length) writeSync(descriptor, zeros, 0, Math.min(zeros.length, length - at), at);
    fsyncSync(descriptor);
  } catch (error) {
    ftruncateSync(descriptor, size);
    throw error;
  }
}
