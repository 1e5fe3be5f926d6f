import { statSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import type { Host } from "../host/host.ts";
import { refusal, type Refusal } from "./refusal.ts";

/** A model on the disk: its files as they are shown to people, and the folder that the application is generated into. */
export interface Located {
  readonly kind: "located";
  readonly folder: string;
  readonly files: readonly string[];
}

const ending = ".domain";

/** Finds the model that PATH means: a file, or the folder it is in. */
export function locate(host: Host, path = "."): Located | Refusal {
  switch (kindOf(path)) {
    case "nothing":
      return refusal(`There is no ${path}.`, nearby(host, path));
    case "file":
      if (!path.endsWith(ending)) return refusal(`${path} is not a model; a model's name ends in ${ending}.`);
      return { kind: "located", folder: dirname(path), files: [shown(path)] };
    case "folder":
      return inFolder(host, path);
  }
}

function kindOf(path: string): "file" | "folder" | "nothing" {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? "nothing" : stats.isDirectory() ? "folder" : "file";
}

/** All `.domain` files of a folder are one model, unless several say that they are a domain. */
function inFolder(host: Host, folder: string): Located | Refusal {
  const files = modelsIn(host, folder).map((name) => join(folder, name));
  const where = folder === "." ? "in this folder" : `in ${folder}`;
  if (files.length === 0)
    return refusal(`There is no model ${where}.`, "A model's name ends in .domain. To begin with one: wkgen new hello");
  const domains = files.filter((file) => /^domain[ \t]/m.test(host.read(file) ?? ""));
  if (domains.length > 1) {
    return refusal(
      `There are several models ${where}: ${domains.map((file) => basename(file)).join(", ")}.`,
      `Say which one, for instance: ${domains[0]}`,
    );
  }
  return { kind: "located", folder, files: files.map(shown) };
}

const modelsIn = (host: Host, folder: string) => host.list(folder).filter((name) => name.endsWith(ending) && name !== ending);

function nearby(host: Host, path: string): string {
  const models = modelsIn(host, dirname(path)).map((name) => shown(join(dirname(path), name)));
  return models.length === 0 ? "To begin with a new one: wkgen new hello" : `There is: ${models.join(", ")}`;
}

/** Relative to where wkgen was started, with `/`: what terminals and editors turn into a link. */
function shown(path: string): string {
  const near = relative(process.cwd(), path);
  return (near.startsWith("..") ? path : near).replaceAll("\\", "/");
}
