import { execFile } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");

/** What is in the packages, and what others have in theirs: nothing is taken on trust. */
const strictest = {
  strict: true,
  skipLibCheck: false,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  erasableSyntaxOnly: true,
  allowImportingTsExtensions: true,
  noEmit: true,
  jsx: "react-jsx",
  target: "es2022",
};

const clients = globSync("{examples/*,test/emitters/golden/*}/client/*.ts", { cwd: root });
const sources = globSync("runtime/{client,react}{.ts,/*.ts}", { cwd: root });

const read = (path: string) => readFileSync(join(root, path), "utf8");

/** Each example of the page as a module of its own, where what it takes for granted is there. */
function examples(): { readonly [name: string]: string } {
  const blocks = [...read("runtime/docs/client.md").matchAll(/^```(tsx?)\n(.*?)^```$/gms)];
  const frame = [
    'import type { Chat, MessagesRow } from "./client/chat.ts";',
    "declare const id: string, show: (sentence: string) => void, render: (rows: readonly MessagesRow[]) => void;",
  ].join("\n");
  const framed = ([, , text = ""]: RegExpMatchArray) =>
    [text.includes("type { Chat }") ? "" : frame, /const chat =|type \{ Chat \}/.test(text) ? "" : "declare const chat: Chat;", text].join(
      "\n",
    );

  return Object.fromEntries(
    blocks.map((block, index) => [
      `example-${index}.${block[1]}`,
      framed(block).replaceAll("./client/chat.ts", join(root, "examples/chat/client/chat.ts")) + "\nexport {};\n",
    ]),
  );
}

/** What tsc says of these files, with no types but those of a browser. */
function complaints(files: readonly string[], options: object, written: { readonly [name: string]: string } = {}): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "wkgen-types-"));
  const compilerOptions = { ...strictest, lib: ["es2022", "dom"], types: [], ...options };
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  for (const [name, text] of Object.entries(written)) writeFileSync(join(folder, name), text);
  const all = [...files.map((file) => join(root, file)), ...Object.keys(written)];
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: all }));

  return new Promise((resolve) => {
    execFile(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", folder, "--pretty", "false"], (_error, stdout) => {
      rmSync(folder, { recursive: true });
      resolve(stdout);
    });
  });
}

const resolutions = [
  { module: "nodenext", moduleResolution: "nodenext" },
  { module: "esnext", moduleResolution: "bundler" },
];
const ways = resolutions.flatMap((resolution) =>
  [true, false].map((exactOptionalPropertyTypes) => ({ ...resolution, exactOptionalPropertyTypes })),
);

test("there is something to check, and it can fail", async () => {
  expect(clients.length).toBeGreaterThan(8);
  expect(sources).toContain("runtime/react/use-list.ts");
  expect(Object.keys(examples()).length).toBeGreaterThan(10);
  expect(await complaints([], ways[0]!, { "wrong.ts": "setImmediate(() => {});\nexport {};\n" })).toContain(
    "Cannot find name 'setImmediate'",
  );
});

test.each(ways)(
  "all clients, what is done with them, and the page's examples type-check with $module, exact: $exactOptionalPropertyTypes",
  async (way) => {
    expect(await complaints([...clients, "test/client/uses.ts", "test/react/page.tsx"], way, examples())).toBe("");
  },
);

test.each(ways)("the SDK itself does, in the language of ES2024, with $module, exact: $exactOptionalPropertyTypes", async (way) => {
  expect(await complaints(sources, { ...way, lib: ["es2024", "dom"] })).toBe("");
});
