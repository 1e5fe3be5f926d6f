import { nodeHost } from "../host/node-host.ts";
import { readManifest } from "../output/manifest.ts";
import { staleFiles } from "../output/staleness.ts";
import { buildModel } from "./build-model.ts";
import { fingerprint } from "./fingerprint.ts";
import type { Located } from "./locate.ts";

/** What was built is not what the model says, and what helps. */
export interface Outdated {
  readonly what: string;
  readonly cure: string;
}

/** Compares what was built with the model; undefined where they match. */
export async function outdated(found: Located): Promise<Outdated | undefined> {
  const build = await buildModel(nodeHost, found, { dry: true });
  if (build.kind === "refused") return { what: "The model has errors.", cure: "See what they are: wkgen check" };
  const stale = build.kind === "planned" ? staleFiles(build.plan) : [];
  if (stale.length === 0) return undefined;
  return { what: `Stale: ${stale.map(({ path }) => path).join(", ")}.`, cure: "Bring them up to date: wkgen build" };
}

/** Whether this wkgen has built here, and remembers: then a comparison takes longer than reading the files only where something changed. */
export const hasBuilt = ({ folder }: Located): boolean => readManifest(nodeHost, folder, fingerprint()) !== undefined;
