import { dirname, join, resolve } from "node:path";
import type { EmittedFile } from "../emitters/emitted-file.ts";
import { seedPackage, seedTsconfig } from "../emitters/seeds/project.ts";
import type { Host } from "../host/host.ts";
import { ownVersions } from "./own-package.ts";

/** What a generated application needs around it and nobody has made yet, neither in its folder nor above. */
export function seedsFor(host: Host, folder: string, domain: string): readonly EmittedFile[] {
  const isThere = (name: string) => upwards(resolve(folder)).some((above) => host.read(join(above, name)) !== undefined);
  return [...(isThere("package.json") ? [] : [seedPackage(domain, ownVersions())]), ...(isThere("tsconfig.json") ? [] : [seedTsconfig()])];
}

/** The folder and those above it, nearest first. */
function upwards(folder: string): readonly string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...upwards(above)];
}
