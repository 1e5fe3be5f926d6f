import { join } from "node:path";
import type { Host } from "../host/host.ts";
import { isGenerated, type CodeParts, type EmittedFile, type MergedFile, type WholeFile } from "../emitters/emitted-file.ts";
import { hashOf, type Manifest } from "./manifest.ts";
import type { Merged } from "./merge/merge-code.ts";

/** What is to be done to one file. `edited`: a person changed what we wrote, and should hear what becomes of it. */
export type Action =
  | { readonly kind: "create"; readonly path: string; readonly ownership: EmittedFile["ownership"]; readonly text: string }
  | { readonly kind: "keep"; readonly path: string; readonly ownership: WholeFile["ownership"]; readonly text: string }
  | { readonly kind: "update"; readonly path: string; readonly ownership: "generated"; readonly text: string; readonly edited: boolean }
  /** A person's file, to whose end we add; or that stays as it is. `orphans`: what the model no longer asks for; it stays. */
  | {
      readonly kind: "merge";
      readonly path: string;
      readonly ownership: "merged";
      readonly text: string;
      readonly orphans: readonly string[];
    }
  | {
      readonly kind: "unchanged";
      readonly path: string;
      readonly ownership: "merged";
      readonly text: string;
      readonly orphans: readonly string[];
      /** Whether the person has changed it since the last build. */
      readonly isNew: boolean;
    }
  /** A person's file that cannot be added to: the build cannot go on. */
  | { readonly kind: "refused"; readonly path: string; readonly reason: string }
  | { readonly kind: "remove"; readonly path: string }
  /** Once generated, then changed by a person, now no longer in the model: it stays. */
  | { readonly kind: "leave"; readonly path: string }
  /** A file that we did not write stands where a generated one belongs: it stays, and the build cannot go on. */
  | { readonly kind: "blocked"; readonly path: string };

export type Plan = readonly Action[];

export interface Planning {
  readonly host: Host;
  /** The application's folder. */
  readonly folder: string;
  readonly files: readonly EmittedFile[];
  readonly manifest: Manifest | undefined;
  /** Needed where `needsMerge` says so. */
  readonly merge?: Merge | undefined;
}

export type Merge = (present: string, code: CodeParts) => Merged;

/** Whether a person has written in a file that the model has a say in. What reads such files is large, and loaded only then. */
export const needsMerge = ({ host, folder, files }: Planning): boolean =>
  files.some(({ path, text, ownership }) => ownership === "merged" && ![undefined, text].includes(host.read(join(folder, path))));

/** Everything that a build would do to the disk, in the order of the emitted files, what goes away last. Nothing is touched. */
export function plan({ host, folder, files, manifest, merge }: Planning): Plan {
  const emitted = new Set(files.map((file) => file.path));
  const before = manifest === undefined ? findGenerated(host, folder) : Object.keys(manifest.outputs);
  return [
    ...files.map((file) => {
      const present = host.read(join(folder, file.path));
      return file.ownership === "merged"
        ? mergeInto(file, present, manifest?.inputs[file.path], merge)
        : place(file, present, manifest?.outputs[file.path]);
    }),
    ...leftBehind(manifest, emitted).filter(({ path }) => host.read(join(folder, path)) !== undefined),
    ...before.filter((path) => !emitted.has(path)).flatMap((path) => retire(path, host.read(join(folder, path)), manifest?.outputs[path])),
  ];
}

/** A person's code of which the model asks nothing any more. */
const leftBehind = (manifest: Manifest | undefined, emitted: ReadonlySet<string>) =>
  Object.keys(manifest?.inputs ?? {})
    .filter((path) => path.endsWith(".code.ts") && !emitted.has(path))
    .map((path) => ({ kind: "leave", path }) as const);

function mergeInto(
  { path, text, ownership, code }: MergedFile,
  present: string | undefined,
  known: string | undefined,
  merge?: Merge,
): Action {
  if (present === undefined) return { kind: "create", path, ownership, text };
  const isNew = hashOf(present) !== known;
  if (present === text) return { kind: "unchanged", path, ownership, text, orphans: [], isNew };
  if (merge === undefined) throw new Error(`Nothing is there to merge ${path} with.`);
  const merged = merge(present, code);
  if (merged.kind === "refused") return { kind: "refused", path, reason: merged.reason };
  const { orphans } = merged;
  if (merged.text !== present) return { kind: "merge", path, ownership, text: merged.text, orphans };
  return { kind: "unchanged", path, ownership, text: present, orphans, isNew };
}

function place({ path, text, ownership }: WholeFile, present: string | undefined, known: string | undefined): Action {
  if (present === undefined) return { kind: "create", path, ownership, text };
  if (ownership === "seeded" || present === text) return { kind: "keep", path, ownership, text };
  if (known === undefined && !isGenerated(present)) return { kind: "blocked", path };
  return { kind: "update", path, ownership: "generated", text, edited: known !== undefined && hashOf(present) !== known };
}

function retire(path: string, present: string | undefined, known: string | undefined): readonly Action[] {
  if (present === undefined) return [];
  const ours = known === undefined ? isGenerated(present) : hashOf(present) === known;
  return [{ kind: ours ? "remove" : "leave", path }];
}

/** Without a manifest, what begins as our files begin is taken for ours. Only the folders that we write to are searched. */
function findGenerated(host: Host, folder: string): readonly string[] {
  const search = (path: string): readonly string[] =>
    host.list(join(folder, path)).flatMap((name) => {
      const inner = `${path}/${name}`;
      if (/\.(ts|json)$/.test(name)) return isGenerated(host.read(join(folder, inner)) ?? "") ? [inner] : [];
      return name.includes(".") || name === "node_modules" ? [] : search(inner);
    });
  return ["server", "client", "api"].flatMap(search);
}
