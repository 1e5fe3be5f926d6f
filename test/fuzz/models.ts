import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { catalogue } from "../../src/diagnostics/catalogue.ts";
import { codes } from "../../src/diagnostics/explain.ts";
import { framed } from "../compiler/frame.ts";

const root = join(import.meta.dirname, "../..");

/** Real models; the small ones, which are fast to check, many times more. */
export const models: readonly string[] = [
  ...globSync(["examples/*/*.domain", "test/compiler/models/*.domain", "test/emitters/golden/*/*.domain"], { cwd: root })
    .sort()
    .map((path) => readFileSync(join(root, path), "utf8")),
  ...codes.flatMap((code) => [framed(catalogue[code].right), framed(catalogue[code].wrong)]),
];
