import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { EmittedFile } from "../emitters/emitted-file.ts";
import { generatedMark } from "../emitters/emitted-file.ts";
import { ownFolder } from "./own-package.ts";

const examplesFolder = join(ownFolder, "examples");

/** The examples that come with wkgen: each a folder with a model of its name. */
export const examples = (): readonly string[] =>
  readdirSync(examplesFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && has(entry.name, `${entry.name}.domain`))
    .map((entry) => entry.name)
    .sort();

const has = (example: string, file: string) => readdirSync(join(examplesFolder, example)).includes(file);

/** What a person wrote of an example, its model, its code and its page, under another name. */
export function copyOf(example: string, domain: string, model: string, title: string): readonly EmittedFile[] {
  const folder = join(examplesFolder, example);
  const renamed = (path: string, text: string): EmittedFile => ({ path, text, ownership: "seeded" });
  const source = readFileSync(join(folder, `${example}.domain`), "utf8");
  const pages = readdirSync(join(folder, "client")).sort();
  return [
    renamed(model, source.replace(new RegExp(`^domain ${example}$`, "m"), `domain ${domain}`)),
    ...pages.flatMap((name) => {
      const text = readFileSync(join(folder, "client", name), "utf8");
      return text.startsWith(generatedMark) ? [] : [renamed(`client/${name}`, renamePage(text, example, domain, title))];
    }),
    ...codeIn(folder).map((path) => renamed(path, readFileSync(join(folder, path), "utf8"))),
  ];
}

/** What is written by hand beside generated files. */
const codeIn = (folder: string): readonly string[] => {
  const server = join(folder, "server");
  if (!existsSync(server)) return [];
  return readdirSync(server, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".code.ts"))
    .map((path) => `server/${path.replaceAll("\\", "/")}`)
    .sort();
};

/** A page knows its application by the file of the SDK, and its readers know it by the title. */
function renamePage(text: string, example: string, domain: string, title: string): string {
  const shown = new RegExp(`(<title>|<h1>)${example}(</)`, "gi");
  return text.replaceAll(`"./${example}.ts"`, `"./${domain}.ts"`).replaceAll(shown, `$1${title}$2`);
}
