import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type Host, HostFailure } from "../../../src/host/host.ts";
import { memoryHost } from "../../../src/host/memory-host.ts";
import { nodeHost } from "../../../src/host/node-host.ts";

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function onDisk(): { host: Host; root: string } {
  const root = mkdtempSync(join(tmpdir(), "wkgen-host-"));
  folders.push(root);
  return { host: nodeHost, root };
}

describe.each([
  { name: "memory", make: () => ({ host: memoryHost(), root: "/root" }) },
  { name: "node", make: onDisk },
])("the $name host", ({ make }) => {
  test("reads what was written, to the character", () => {
    const { host, root } = make();
    host.write(`${root}/a.txt`, "Grüße 🎉\r\n");
    expect(host.read(`${root}/a.txt`)).toBe("Grüße 🎉\r\n");
  });

  test("says that a file is not there", () => {
    const { host, root } = make();
    expect(host.read(`${root}/missing.txt`)).toBeUndefined();
    host.write(`${root}/a.txt`, "");
    expect(host.read(`${root}/a.txt/b.txt`)).toBeUndefined();
  });

  test("says that a folder is no file, and a file no folder", () => {
    const { host, root } = make();
    host.write(`${root}/folder/a.txt`, "");
    expect(host.read(`${root}/folder`)).toBeUndefined();
    expect(host.list(`${root}/folder/a.txt`)).toEqual([]);
    expect(host.list(`${root}/nowhere`)).toEqual([]);
  });

  test("makes the folders that a file needs, and lists them in code point order", () => {
    const { host, root } = make();
    host.write(`${root}/b/deep/x.txt`, "");
    host.write(`${root}/ä.txt`, "");
    host.write(`${root}/B.txt`, "");
    expect(host.list(root)).toEqual(["B.txt", "b", "ä.txt"]);
  });

  test("overwrites a file", () => {
    const { host, root } = make();
    host.write(`${root}/a.txt`, "long text");
    host.write(`${root}/a.txt`, "b");
    expect(host.read(`${root}/a.txt`)).toBe("b");
    expect(host.list(root)).toHaveLength(1);
  });

  test("removes a file, the folders that are empty then, and nothing else", () => {
    const { host, root } = make();
    host.write(`${root}/kept.txt`, "");
    host.write(`${root}/a/b/x.txt`, "");
    host.remove(`${root}/a/b/x.txt`, root);
    host.remove(`${root}/a/b/x.txt`, root);
    expect(host.list(root)).toEqual(["kept.txt"]);
  });

  test("removes no folder beyond the one it was told", () => {
    const { host, root } = make();
    host.write(`${root}/a/b/x.txt`, "");
    host.remove(`${root}/a/b/x.txt`, `${root}/a/b`);
    expect(host.read(`${root}/a/b/x.txt`)).toBeUndefined();
    host.write(`${root}/a/b/x.txt`, "again");
    expect(host.list(`${root}/a/b`)).toEqual(["x.txt"]);
  });

  test("says in one sentence why a file cannot be written", () => {
    const { host, root } = make();
    host.write(`${root}/a.txt`, "");
    host.write(`${root}/folder/b.txt`, "");
    expect(() => host.write(`${root}/a.txt/c.txt`, "")).toThrow(HostFailure);
    expect(() => host.write(`${root}/a.txt/c.txt`, "")).toThrow("a part of the path is a file, not a folder");
    expect(() => host.write(`${root}/folder`, "")).toThrow("there is a folder of that name");
  });

  test("has a clock", () => {
    const { host } = make();
    expect(host.now()).toBeInstanceOf(Date);
  });
});
