import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { analyse } from "../../src/compile.ts";
import { catalogue } from "../../src/diagnostics/catalogue.ts";
import { codes } from "../../src/diagnostics/explain.ts";
import { memoryHost } from "../../src/host/memory-host.ts";
import { dump } from "../../src/model/dump.ts";
import { framed } from "./frame.ts";
import { modelSchemaFromTypes } from "./model-schema.ts";

const root = join(import.meta.dirname, "../..");
const file = join(root, "src/model/model.schema.json");

const dumped = (text: string): unknown => JSON.parse(dump(analyse(memoryHost({ "/m.domain": text }), ["/m.domain"]).domain));

const models = [
  ...globSync(["examples/*/*.domain", "test/compiler/models/*.domain", "test/emitters/golden/*/*.domain"], { cwd: root }).map((path) =>
    readFileSync(join(root, path), "utf8"),
  ),
  ...codes.map((code) => framed(catalogue[code].right)),
];

// UPDATE=1 writes it anew.
test("the published schema is that of the model's types", () => {
  const text = `${JSON.stringify(modelSchemaFromTypes(), null, 2)}\n`;
  if (process.env.UPDATE === "1") writeFileSync(file, text);
  expect(readFileSync(file, "utf8")).toBe(text);
});

test("every model that there is keeps to the published schema", () => {
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(JSON.parse(readFileSync(file, "utf8")) as object);
  for (const text of models) {
    const model = dumped(text);
    expect(validate(model), `${JSON.stringify(validate.errors, null, 2)}\n${text}`).toBe(true);
  }
  expect(models.length).toBeGreaterThan(130);
});

test("the published schema refuses what is no model", () => {
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(JSON.parse(readFileSync(file, "utf8")) as object);
  const chat = dumped(framed("")) as { readonly [key: string]: unknown };
  expect(validate(chat)).toBe(true);
  for (const wrong of [
    { ...chat, version: 2 },
    { ...chat, contexts: {} },
    { ...chat, lists: [{ kind: "list" }] },
    { ...chat, more: 1 },
    {},
  ]) {
    expect(validate(wrong)).toBe(false);
  }
});
