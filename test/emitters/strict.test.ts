import { execFileSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Domain } from "../../src/model/domain.ts";
import { compile } from "../../src/compile.ts";
import { emit } from "../../src/emitters/emit.ts";
import { seedTsconfig } from "../../src/emitters/seeds/project.ts";
import { nodeHost } from "../../src/host/node-host.ts";
import { models } from "./any-model.ts";
import { aggregate, chat, command, domain, event, field, integer, list, literal, read, state, textType } from "./models.ts";

const root = join(import.meta.dirname, "../..");
const tests = join(root, "test");

/** Names that JavaScript, the generated files or the runtime have a use for themselves. */
function awkward(): Domain {
  const names = ["delete", "events", "commands", "fields", "mark", "list", "address", "connection", "awkward", "messagesRow", "größe"];
  const parts = {
    state: [state("text", textType, literal("")), state("since", { kind: "timestamp" })],
    commands: [
      command(
        "new",
        "new",
        [field("text", textType)],
        [{ kind: "let", name: "class", value: read("command", "text", textType), place: chat.place }],
      ),
      command("class", "existing", [], []),
    ],
    events: [event("class", [field("text", textType)]), event("new", [], [])],
  };
  const aggregates = names.map((name) => aggregate(name, parts));
  const others = ["list", "delete"].map((name) => aggregate(name, parts, { context: "other" }));
  const lists = ["when", "event", "import", "messages", "fields"].map((name) =>
    list(name, [state("text", textType, literal("")), state("count", integer, literal(0))], {
      "communication.list.class": [],
      "other.list.class": [],
      "communication.delete.new": [],
    }),
  );
  return domain("awkward", [...aggregates, ...others], lists);
}

test("generated applications are strict-clean under the tsconfig they are given", { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "wkgen-strict-"));
  try {
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    writeFileSync(join(folder, "tsconfig.json"), seedTsconfig().text);
    const byHand = [chat, awkward(), ...fc.sample(models, 12)].map(emit);
    const written = await Promise.all(accepted().map(async (model) => (await compile(nodeHost, [model])).files ?? []));
    for (const [index, files] of [...byHand, ...written].entries()) {
      for (const { path, text } of files) {
        const file = join(folder, `application-${index}`, path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text);
      }
    }
    expect(complaints(folder)).toBe("");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** The models that other tests have anyway. */
const accepted = (): readonly string[] =>
  globSync("{compiler/cases/*/right,emitters/golden/*/*}.domain", { cwd: tests }).map((path) => join(tests, path));

function complaints(folder: string): string {
  try {
    return execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", folder], { encoding: "utf8" });
  } catch (failure) {
    return (failure as { readonly stdout: string }).stdout;
  }
}
