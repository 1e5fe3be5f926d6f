import { join } from "node:path";
import type { Host } from "../host/host.ts";
import { generatedMark, type EmittedFile } from "../emitters/emitted-file.ts";
import { hashOf, type Manifest } from "./manifest.ts";

/** What is to be done to one file. `edited`: a person changed what we wrote, and should hear what becomes of it. */
export type Action =
  | { readonly kind: "create" | "keep"; readonly path: string; readonly ownership: EmittedFile["ownership"]; readonly text: string }
  | { readonly kind: "update"; readonly path: string; readonly ownership: "generated"; readonly text: string; readonly edited: boolean }
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
}

/** Everything that a build would do to the disk, in the order of the emitted files, what goes away last. Nothing is touched. */
export function plan({ host, folder, files, manifest }: Planning): Plan {
  const emitted = new Set(files.map((file) => file.path));
  const before = manifest === undefined ? findGenerated(host, folder) : Object.keys(manifest.outputs);
  return [
    ...files.map((file) => place(file, host.read(join(folder, file.path)), manifest?.outputs[file.path])),
    ...before.filter((path) => !emitted.has(path)).flatMap((path) => retire(path, host.read(join(folder, path)), manifest?.outputs[path])),
  ];
}

function place({ path, text, ownership }: EmittedFile, present: string | undefined, known: string | undefined): Action {
  if (present === undefined) return { kind: "create", path, ownership, text };
  if (ownership === "seeded" || present === text) return { kind: "keep", path, ownership, text };
  if (known === undefined && !present.startsWith(generatedMark)) return { kind: "blocked", path };
  return { kind: "update", path, ownership, text, edited: known !== undefined && hashOf(present) !== known };
}

function retire(path: string, present: string | undefined, known: string | undefined): readonly Action[] {
  if (present === undefined) return [];
  const ours = known === undefined ? present.startsWith(generatedMark) : hashOf(present) === known;
  return [{ kind: ours ? "remove" : "leave", path }];
}

/** Without a manifest, what begins as our files begin is taken for ours. Only the folders that we write to are searched. */
function findGenerated(host: Host, folder: string): readonly string[] {
  const search = (path: string): readonly string[] =>
    host.list(join(folder, path)).flatMap((name) => {
      const inner = `${path}/${name}`;
      if (name.endsWith(".ts")) return host.read(join(folder, inner))?.startsWith(generatedMark) ? [inner] : [];
      return name.includes(".") || name === "node_modules" ? [] : search(inner);
    });
  return ["server", "client"].flatMap(search);
}
