import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { suggest } from "../diagnostics/suggest.ts";
import type { EmittedFile } from "../emitters/emitted-file.ts";
import { seedAgents, seedReadme } from "../emitters/seeds/guide.ts";
import { seedGitignore, seedPackage, seedTsconfig } from "../emitters/seeds/project.ts";
import { nodeHost } from "../host/node-host.ts";
import type { Invocation } from "./invocation.ts";
import { copyOf, examples } from "./examples.ts";
import { exitCode, type ExitCode } from "./exit-code.ts";
import { ownVersions } from "./own-package.ts";
import { refusal, tellRefusal, type Refusal } from "./refusal.ts";

/** Makes a folder with a model, a page and all that is needed to run it. Nothing that is there already is touched. */
export function runNew({ args: [asked = ""], options: { example = "chat" }, terminal }: Invocation): ExitCode {
  // Shells complete the name of a folder with a slash.
  const folder = asked.replace(/[/\\]+$/, "");
  const objection = objectTo(folder) ?? unknownExample(String(example));
  if (objection !== undefined) return tellRefusal(terminal, objection);

  const files = newProject(basename(folder), String(example));
  for (const { path, text } of files) nodeHost.write(join(folder, path), text);

  const { paint } = terminal;
  terminal.print(`${paint.green("✓")} ${folder} is there:\n`);
  for (const { path } of files) terminal.print(`  ${folder}/${path}${paint.dim(purposeOf(path))}`);
  terminal.print(
    `\nNext:\n\n  cd ${folder}\n  npm install\n  npx wkgen dev\n\nThen open the address that it prints, and change ${basename(folder)}.domain.`,
  );
  return exitCode.fine;
}

const namePattern = /^\p{L}[\p{L}\p{N}]*(?:-[\p{L}\p{N}]+)*$/u;

function objectTo(folder: string): Refusal | undefined {
  const name = basename(folder);
  if (!namePattern.test(name))
    return refusal(
      `"${name}" cannot be the name of an application.`,
      "A name begins with a letter and goes on with letters, digits and dashes, such as hello or my-chat.",
    );
  if (existsSync(folder) && readdirSync(folder).length > 0)
    return refusal(
      `${folder} is there already, and not empty; nothing was written.`,
      "Choose another name, or take the folder away first.",
    );
  return undefined;
}

function unknownExample(example: string): Refusal | undefined {
  const known = examples();
  if (known.includes(example)) return undefined;
  const { nearest } = suggest(example, known);
  return refusal(
    `There is no example "${example}".${nearest === undefined ? "" : ` Did you mean ${nearest}?`}`,
    `There is: ${known.join(", ")}`,
  );
}

/** Everything a new application begins with. */
export function newProject(name: string, example: string): readonly EmittedFile[] {
  const domain = camel(name);
  const title = spelled(name);
  const model = `${name}.domain`;
  const [source, ...page] = copyOf(example, domain, model, title);
  return [
    ...(source === undefined ? [] : [source]),
    seedPackage(domain, ownVersions()),
    seedTsconfig(),
    seedGitignore(),
    seedReadme(model, title),
    seedAgents(model),
    ...page,
  ];
}

/** `my-chat` → `myChat` */
const camel = (name: string) => name.replace(/-(.)/g, (_dash, letter: string) => letter.toUpperCase());
/** `my-chat` → `My chat` */
const spelled = (name: string) => `${name.slice(0, 1).toUpperCase()}${name.slice(1).replaceAll("-", " ")}`;

function purposeOf(path: string): string {
  if (path.endsWith(".domain")) return "   the model: begin here";
  return path === "client/index.html" ? "   the page" : "";
}
