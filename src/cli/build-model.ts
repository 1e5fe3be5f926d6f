import { join, relative, resolve } from "node:path";
import type { Compiled } from "../compile.ts";
import type { Host } from "../host/host.ts";
import { type Hashes, hashOf, isUpToDate, type Manifest, readManifest } from "../output/manifest.ts";
import type { Plan } from "../output/plan.ts";
import { fingerprint } from "./fingerprint.ts";
import type { Located } from "./locate.ts";

/** How a build went. `inputs` are the files that the model was read from. */
export type Build =
  | { readonly kind: "up to date"; readonly inputs: readonly string[]; readonly files: number }
  | { readonly kind: "planned"; readonly inputs: readonly string[]; readonly compiled: Compiled; readonly plan: Plan }
  | { readonly kind: "refused"; readonly inputs: readonly string[]; readonly compiled: Compiled };

export interface Asked {
  /** Nothing is written. */
  readonly dry?: boolean;
  /** Whether the quick look at the hashes is enough. */
  readonly trustsManifest?: boolean;
}

/** Compiles a model and puts the result on the disk. Where nothing changed, hashes are all that is looked at. */
export async function buildModel(
  host: Host,
  { folder, files }: Located,
  { dry = false, trustsManifest = true }: Asked = {},
): Promise<Build> {
  const by = fingerprint();
  const manifest = readManifest(host, folder, by);
  if (
    trustsManifest &&
    manifest !== undefined &&
    isUpToDate(
      host,
      folder,
      manifest,
      files.map((file) => within(folder, file)),
    )
  ) {
    return { kind: "up to date", inputs: inputsOf(folder, manifest), files: Object.keys(manifest.outputs).length };
  }

  const { compile } = await import("../compile.ts");
  const compiled = await compile(host, files);
  const inputs = [...compiled.texts.keys()];
  if (compiled.files === undefined) return { kind: "refused", inputs, compiled };

  const [{ plan, needsMerge }, { seedsFor }] = await Promise.all([import("../output/plan.ts"), import("./seeds-for.ts")]);
  const planning = { host, folder, files: [...compiled.files, ...seedsFor(host, folder, compiled.name)], manifest };
  const merge = needsMerge(planning) ? (await import("../output/merge/merge-code.ts")).mergeCode : undefined;
  const planned = plan({ ...planning, merge });
  if (!dry && !isBlocked(planned)) {
    const { remember, write } = await import("../output/write.ts");
    write(host, folder, planned);
    remember(host, folder, { by, inputs: hashesOf(folder, compiled.texts), plan: planned });
  }
  const code = compiled.files.filter(({ ownership }) => ownership === "merged").map(({ path }) => join(folder, path));
  return { kind: "planned", inputs: [...inputs, ...code], compiled, plan: planned };
}

/** Whether something stands in the way, so that nothing is written. */
export const isBlocked = (plan: Plan): boolean => plan.some(({ kind }) => kind === "blocked" || kind === "refused");

const inputsOf = (folder: string, { inputs }: Manifest): readonly string[] => Object.keys(inputs).map((path) => join(folder, path));

const hashesOf = (folder: string, texts: ReadonlyMap<string, string>): Hashes =>
  Object.fromEntries([...texts].map(([file, text]) => [within(folder, file), hashOf(text)]));

const within = (folder: string, file: string): string => relative(resolve(folder), resolve(file)).replaceAll("\\", "/");
