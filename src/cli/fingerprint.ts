import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ownFolder, ownPackage } from "./own-package.ts";

/**
 * Which compiler this is, to the byte: what another one generated has to be generated again, even if it calls itself by the same version.
 * The build of wkgen leaves a hash of itself beside the compiled files.
 */
export function fingerprint(): string {
  const { version } = ownPackage();
  return `${version}+${readFileSync(join(ownFolder, "dist/fingerprint"), "utf8").trim()}`;
}
