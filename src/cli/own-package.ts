import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Versions } from "../emitters/seeds/project.ts";

/** The folder that this copy of wkgen is installed in, however deep in it the compiled command line stands. */
export const ownFolder = nearestPackage(import.meta.dirname);

function nearestPackage(folder: string): string {
  return existsSync(join(folder, "package.json")) ? folder : nearestPackage(dirname(folder));
}

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
