// A step of the build of wkgen: compiles the emitters' templates ahead, so that nobody waits for it on every build of a model.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import "../../dist/src/emitters/emit.js";
import { precompile, sources } from "../../dist/src/emitters/template.js";

const entries = [...sources].map(([name, source]) => `  ${JSON.stringify(name)}: ${precompile(source)},\n`);
writeFileSync(join(import.meta.dirname, "../../dist/src/emitters/precompiled.js"), `export const precompiled = {\n${entries.join("")}};\n`);
