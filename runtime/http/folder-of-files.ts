import { createHash } from "node:crypto";
import { readFile, realpath, stat } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { extname, join, sep } from "node:path";
import { headersOfPage } from "./security-headers.ts";

/** A file as a browser gets it. */
export interface ServedFile {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

interface Kept extends ServedFile {
  readonly version: string;
}

const types: { readonly [extension: string]: string } = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".ts": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".txt": "text/plain; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".avif": "image/avif",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
};

const mostKept = 500;

/** The files below one folder, kept in memory until they change on disk. TypeScript is served as the JavaScript in it. */
export class FolderOfFiles {
  readonly #folder: string;
  readonly #allows: (path: string) => boolean;
  readonly #kept = new Map<string, Kept>();

  constructor(folder: string, allows: (path: string) => boolean = () => true) {
    this.#folder = folder;
    this.#allows = allows;
  }

  /** The file at a URL's path, which is not decoded yet; undefined where there is none, or none that is anybody's business. */
  async find(urlPath: string): Promise<ServedFile | undefined> {
    const path = pathIn(urlPath);
    if (path === undefined || !this.#allows(path)) return undefined;
    const file = join(this.#folder, path);
    const version = await versionOf(file, this.#folder);
    if (version === undefined) return undefined;

    const kept = this.#kept.get(file);
    if (kept?.version === version) return kept;
    const made = { ...(await served(file)), version };
    if (this.#kept.size >= mostKept) this.#kept.clear();
    this.#kept.set(file, made);

    return made;
  }
}

/** No way up, nothing hidden, and no second spelling of anything. */
function pathIn(urlPath: string): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent(urlPath);
  } catch {
    return undefined;
  }
  const parts = path.split("/");
  if (/[\\\0:]/.test(path) || parts.some((part) => part.startsWith("."))) return undefined;

  return path === "" || path.endsWith("/") ? `${path}index.html` : path;
}

async function versionOf(file: string, folder: string): Promise<string | undefined> {
  try {
    const [real, root, { mtimeMs, size, ino }] = await Promise.all([realpath(file), realpath(folder), stat(file)]);
    if (!real.startsWith(root + sep) || !types[extname(real)]) return undefined;

    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return undefined;
  }
}

async function served(file: string): Promise<ServedFile> {
  const extension = extname(file);
  const raw = await readFile(file);
  const body = extension === ".ts" ? Buffer.from(withoutTypes(raw.toString(), file)) : raw;
  const page = extension === ".html" ? headersOfPage(body.toString()) : {};
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;

  return { body, headers: { ...page, "content-type": types[extension]!, etag, "cache-control": "no-cache" } };
}

/** A script with a mistake says so where its author looks: in the browser's console. */
function withoutTypes(text: string, file: string): string {
  try {
    return withoutWarning(() => stripTypeScriptTypes(text));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);

    return `throw new SyntaxError(${JSON.stringify(`${file.split(sep).at(-1)}: ${reason}`)});`;
  }
}

/** Node warns once that its type stripping may change; the operator of an application can do nothing about it. */
function withoutWarning<Result>(work: () => Result): Result {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return work();
  } finally {
    process.emitWarning = emitWarning;
  }
}
