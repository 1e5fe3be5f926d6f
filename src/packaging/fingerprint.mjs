// The last step of the build of wkgen: leaves beside the compiled files a hash of them, by which a build knows what another compiler wrote.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const dist = join(import.meta.dirname, "../../dist");
const hash = createHash("sha256");

for (const name of readdirSync(join(dist, "cli")).sort()) hash.update(name).update(readFileSync(join(dist, "cli", name)));
writeFileSync(join(dist, "fingerprint"), `${hash.digest("hex").slice(0, 16)}\n`);
