import { globSync } from "node:fs";
import { join } from "node:path";
import { Parser } from "@asyncapi/parser";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { describe, expect, test } from "vitest";
import { compile } from "../../src/compile.ts";
import { nodeHost } from "../../src/host/node-host.ts";

const root = join(import.meta.dirname, "../..");

/** Every application that other tests have, judged by those who wrote the rules of such documents. */
const models = globSync(["examples/*/*.domain", "test/emitters/golden/*/*.domain"], { cwd: root })
  // Its fields are called what all objects have, over which the judges stumble.
  .filter((model) => !model.endsWith("odd.domain"))
  .sort();
const applications = await Promise.all(
  models.map(async (model) => {
    const { files = [] } = await compile(nodeHost, [join(root, model)]);
    const textOf = (path: string) => files.find((file) => file.path === path)?.text ?? "";
    return { model, openapi: textOf("api/openapi.json"), asyncapi: textOf("api/asyncapi.json") };
  }),
);

// The licence of an application is not in its model.
const config = await createConfig({ extends: ["recommended-strict"], rules: { "info-license": "off" } });

describe.each(applications)("$model", ({ openapi: source, asyncapi }) => {
  test("has an OpenAPI document that is right by the rules that Redocly recommends", async () => {
    const problems = await lintFromString({ source, absoluteRef: "openapi.json", config });
    expect(problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer ?? ""}`)).toEqual([]);
  });

  test("has an AsyncAPI document that its parser understands, and has nothing to say about", async () => {
    const { document, diagnostics } = await new Parser().parse(asyncapi);
    expect(diagnostics.map(({ code, message, path }) => `${String(code)}: ${message} ${path.join(".")}`)).toEqual([]);
    expect(
      document
        ?.operations()
        .all()
        .map((operation) => operation.id()),
    ).toEqual(expect.arrayContaining(["ask", "tell", "eventStream"]));
  });
});

test("the judges do judge", async () => {
  const { openapi, asyncapi } = applications[0]!;
  const broken = openapi.replace('"operationId"', '"operationIdentity"');
  expect(await lintFromString({ source: broken, absoluteRef: "openapi.json", config })).not.toEqual([]);
  expect((await new Parser().parse(asyncapi.replace('"action": "receive"', '"action": "listen"'))).diagnostics).not.toEqual([]);
});
