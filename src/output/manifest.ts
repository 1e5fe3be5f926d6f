import { hash } from "node:crypto";
import { join } from "node:path";
import type { Host } from "../host/host.ts";

/**
 * What the last build read and wrote, so that the next one can tell what is to be done, and whether anything is. It is a memory, not a truth:
 * without it, or with one that another wkgen wrote, a build takes longer and comes to the same files.
 */
export interface Manifest {
  /** Which compiler wrote it. */
  readonly by: string;
  /** Hashes of the model's files, by path relative to the application's folder. */
  readonly inputs: Hashes;
  /** Hashes of the generated files as they were written, likewise. */
  readonly outputs: Hashes;
}

export interface Hashes {
  readonly [path: string]: string;
}

const manifestPath = ".wkgen/manifest.json";

export const hashOf = (text: string): string => hash("sha256", text, "hex");

export function readManifest(host: Host, folder: string, by: string): Manifest | undefined {
  const manifest = parse(host.read(join(folder, manifestPath)));
  return manifest?.by === by ? manifest : undefined;
}

export function writeManifest(host: Host, folder: string, manifest: Manifest): void {
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  if (host.read(join(folder, manifestPath)) !== text) host.write(join(folder, manifestPath), text);
}

/** Whether the model's files and the generated ones are, to the byte, those that the manifest knows. */
export function isUpToDate(host: Host, folder: string, manifest: Manifest, models: readonly string[]): boolean {
  const unchanged = (hashes: Hashes) => Object.entries(hashes).every(([path, known]) => sameHash(host.read(join(folder, path)), known));
  return models.every((path) => path in manifest.inputs) && unchanged(manifest.inputs) && unchanged(manifest.outputs);
}

const sameHash = (text: string | undefined, known: string) => text !== undefined && hashOf(text) === known;

function parse(text: string | undefined): Manifest | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isManifest(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isManifest(value: unknown): value is Manifest {
  if (typeof value !== "object" || value === null) return false;
  const { by, inputs, outputs } = value as Partial<Record<keyof Manifest, unknown>>;
  return typeof by === "string" && isHashes(inputs) && isHashes(outputs);
}

const isHashes = (value: unknown): value is Hashes =>
  typeof value === "object" && value !== null && Object.values(value).every((entry) => typeof entry === "string");
