import { join } from "node:path";
import type { Host } from "../host/host.ts";
import { hashOf, writeManifest, type Hashes, type Manifest } from "./manifest.ts";
import type { Plan } from "./plan.ts";

/** Carries a plan out. A file whose bytes are right already is not touched, so that nothing that watches it wakes up. */
export function write(host: Host, folder: string, plan: Plan): void {
  for (const action of plan) {
    if (action.kind === "create" || action.kind === "update" || action.kind === "merge") host.write(join(folder, action.path), action.text);
    if (action.kind === "remove") host.remove(join(folder, action.path), folder);
  }
}

/** Remembers what was read and what was written; comes last, so that a build that was interrupted is done again. */
export function remember(host: Host, folder: string, built: { readonly by: string; readonly inputs: Hashes; readonly plan: Plan }): void {
  const manifest: Manifest = { by: built.by, inputs: { ...built.inputs, ...codeOf(built.plan) }, outputs: outputsOf(built.plan) };
  writeManifest(host, folder, manifest);
}

function outputsOf(plan: Plan): Hashes {
  const generated = plan.flatMap((action) =>
    "text" in action && action.ownership === "generated" ? [[action.path, hashOf(action.text)] as const] : [],
  );
  return Object.fromEntries(generated);
}

/** What people write is read, like the model. Where something has to be told, no hash is known, so that every build tells it. */
function codeOf(plan: Plan): Hashes {
  const code = plan.flatMap((action) => {
    if (!("text" in action) || action.ownership !== "merged") return [];
    const isFine = action.kind === "create" || action.orphans.length === 0;
    return [[action.path, isFine ? hashOf(action.text) : ""] as const];
  });
  return Object.fromEntries(code);
}
