// The last step of the build of wkgen: leaves beside the compiled files a hash of all of them, by which a build knows what another compiler wrote.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const dist = join(import.meta.dirname, "../dist");
const files = readdirSync(dist, { recursive: true }).filter((path) => path.endsWith(".js"));
const hash = createHash("sha256");

for (const path of files.sort()) hash.update(path).update(readFileSync(join(dist, path)));
writeFileSync(join(dist, "fingerprint"), `${hash.digest("hex").slice(0, 16)}\n`);
