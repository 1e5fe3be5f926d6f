import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Versions } from "../emitters/seeds/project.ts";

/** The folder that this copy of wkgen is installed in; the compiled CLI stands in `dist/src/cli`. */
export const ownFolder = join(import.meta.dirname, "../../..");

interface OwnPackage {
  readonly version: string;
  readonly engines: { readonly node: string };
  readonly devDependencies: { readonly [name: string]: string };
}

export const ownPackage = (): OwnPackage => JSON.parse(readFileSync(join(ownFolder, "package.json"), "utf8")) as OwnPackage;

export function ownVersions(): Versions {
  const { version, engines, devDependencies } = ownPackage();
  return {
    wkgen: version,
    node: engines.node,
    typescript: devDependencies.typescript ?? "",
    nodeTypes: devDependencies["@types/node"] ?? "",
  };
}
