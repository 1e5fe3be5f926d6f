import fc from "fast-check";
import { expect, test } from "vitest";
import { memoryHost } from "../../src/host/memory-host.ts";
import type { CodeParts, MergedFile } from "../../src/emitters/emitted-file.ts";
import { readManifest } from "../../src/output/manifest.ts";
import { mergeCode } from "../../src/output/merge/merge-code.ts";
import { needsMerge, plan } from "../../src/output/plan.ts";
import { remember, write } from "../../src/output/write.ts";

const importText = `import type { MessageCode } from "./message.ts";`;
const stub = (name: string) =>
  `export const handle${name}: MessageCode["${name}"] = (_aggregate, _command, mark) => {\n  return mark.asDone();\n};`;
const asked = (...names: readonly string[]): CodeParts => ({
  type: "MessageCode",
  importText,
  parts: names.map((name) => ({ name: `handle${name}`, text: stub(name) })),
});
const begun = (...names: readonly string[]) => `${[importText, ...names.map(stub)].join("\n\n")}\n`;

test("a second handler comes below the first, of which no byte changes", () => {
  expect(mergeCode(begun("Like"), asked("Like", "Send"))).toEqual({ kind: "merged", text: begun("Like", "Send"), orphans: [] });
});

test("line endings and the byte order mark stay, and what is added follows them", () => {
  const present = `\uFEFF${begun("Like")}`.replaceAll("\n", "\r\n");
  const merged = mergeCode(present, asked("Like", "Send"));
  expect(merged).toEqual({ kind: "merged", text: `\uFEFF${begun("Like", "Send")}`.replaceAll("\n", "\r\n"), orphans: [] });
});

test("a handler may be written in any way that exports it", () => {
  const present = `${importText}\nexport function handleA() {}\nexport const handleB = () => 1;\nconst c = 1;\nexport { c as handleC };\n`;
  expect(mergeCode(present, asked("A", "B", "C"))).toEqual({ kind: "merged", text: present, orphans: [] });
});

test("a handler that the model does not know is reported, and stays", () => {
  expect(mergeCode(begun("Like", "Old"), asked("Like"))).toEqual({ kind: "merged", text: begun("Like", "Old"), orphans: ["handleOld"] });
});

test("a function that the model does not know is known by its type; what else is exported is nobody's concern", () => {
  const present = `export const area: Functions["area"] = () => 1;\nexport const old: Functions["old"] = () => 1;\nexport const mine = 1;\n`;
  const asked = { type: "Functions", importText: "", parts: [{ name: "area", text: "" }] };
  expect(mergeCode(present, asked)).toEqual({ kind: "merged", text: present, orphans: ["old"] });
});

test("what cannot be read, and what is there without being exported, is refused", () => {
  expect(mergeCode("const a = 1;\nexport const = 2;\n", asked("Like"))).toMatchObject({
    kind: "refused",
    reason: expect.stringMatching(/^line 2: /),
  });
  expect(mergeCode("const handleLike = 1;\n", asked("Like"))).toMatchObject({
    kind: "refused",
    reason: expect.stringMatching(/not exported/),
  });
});

const fragment = fc.constantFrom(
  "// a comment",
  "/* one\n   more */",
  "",
  "   ",
  "const  ugly = [ 1,2 , ];",
  "type T = {a: 1}",
  "function f( ){ return `x ${ 1 } \\` ` }",
  "export const other = /re[/]x/g",
  "import { x } from 'y'",
  "// @ts-expect-error",
  "class K { handleLike() {} }",
  stub("Like"),
);
const surroundings = fc
  .tuple(fc.uniqueArray(fragment, { maxLength: 8 }), fc.constantFrom("\n", "\r\n"), fc.constantFrom("", "\uFEFF"), fc.boolean())
  .map(([lines, end, mark, closed]) => mark + lines.join("\n").replaceAll("\n", end) + (closed ? end : ""));

test("laws: the user's bytes survive, what is asked for is there, and twice is once", { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(surroundings, (present) => {
      const once = mergeCode(present, asked("Like", "Send"));
      if (once.kind === "refused") throw new Error(once.reason);
      expect(once.text.startsWith(present)).toBe(true);
      expect(once.text.match(/export const handleLike\b/g)).toHaveLength(1);
      expect(once.text.match(/export const handleSend\b/g)).toHaveLength(1);
      expect(mergeCode(once.text, asked("Like", "Send"))).toEqual(once);
    }),
    { numRuns: 100 },
  );
});

const path = "server/writeModel/communication/message.code.ts";
const merged = (...names: readonly string[]): MergedFile => ({ path, text: begun(...names), ownership: "merged", code: asked(...names) });

function build(host: ReturnType<typeof memoryHost>, files: readonly MergedFile[]) {
  const planning = { host, folder: "/app", files, manifest: readManifest(host, "/app", "wkgen 1") };
  const actions = plan({ ...planning, merge: needsMerge(planning) ? mergeCode : undefined });
  write(host, "/app", actions);
  remember(host, "/app", { by: "wkgen 1", inputs: {}, plan: actions });
  return actions.map(({ kind }) => kind);
}

test("a merged file is begun, added to, left; and never taken away", () => {
  const host = memoryHost();
  expect(build(host, [merged("Like")])).toEqual(["create"]);
  expect(build(host, [merged("Like")])).toEqual(["unchanged"]);
  expect(build(host, [merged("Like", "Send")])).toEqual(["merge"]);
  expect(build(host, [])).toEqual(["leave"]);
  expect(host.files.get(`/app/${path}`)).toBe(begun("Like", "Send"));
});

test("what reads code is needed only where a person has written some", () => {
  const host = memoryHost();
  const planning = { host, folder: "/app", files: [merged("Like")], manifest: undefined };
  expect(needsMerge(planning)).toBe(false);
  build(host, [merged("Like")]);
  expect(needsMerge(planning)).toBe(false);
  host.files.set(`/app/${path}`, `${begun("Like")}// mine\n`);
  expect(needsMerge(planning)).toBe(true);
});
