import { accessSync, constants } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { nodeHost } from "../host/node-host.ts";
import type { Invocation } from "./invocation.ts";
import { exitCode, type ExitCode } from "./exit-code.ts";
import { locate, type Located } from "./locate.ts";
import { countParked } from "./operate.ts";
import { outdated } from "./outdated.ts";
import { ownPackage } from "./own-package.ts";
import { tellRefusal } from "./refusal.ts";
import type { Terminal } from "./terminal.ts";

/** One thing that was looked at; where it is not as it should be, what helps. Advice is no fault. */
interface Finding {
  readonly what: string;
  readonly cure?: string;
  readonly isAdvice?: true;
}

/** Looks at everything that has to be right before an application runs. */
export async function runDoctor({ args: [path], options, terminal }: Invocation): Promise<ExitCode> {
  const found = locate(nodeHost, path);
  if (found.kind === "refusal") return tellRefusal(terminal, found);

  const findings = [node(), await port(3000), folder(found), runtime(found), await files(found), ...parked(found), ...advice(found)];
  const isWell = findings.every(({ cure }) => cure === undefined);
  if (options.json === true)
    terminal.print(JSON.stringify({ findings: findings.map((finding) => ({ ...finding, well: finding.cure === undefined })) }, null, 2));
  else for (const finding of findings) terminal.print(inWords(finding, terminal));
  return isWell ? exitCode.fine : exitCode.failed;
}

function inWords({ what, cure, isAdvice }: Finding, { paint }: Terminal): string {
  if (cure !== undefined) return `${paint.red("✗")} ${what}\n  ${cure}`;
  return `${isAdvice ? paint.yellow("!") : paint.green("✓")} ${what}`;
}

const node = (): Finding => ({ what: `Node ${process.versions.node} (needed: ${ownPackage().engines.node})` });

function port(number: number): Promise<Finding> {
  return new Promise((done) => {
    const server = createServer();
    server.once("error", () =>
      done({ what: `Port ${number} is taken.`, cure: `End what listens there, or choose another: wkgen dev --port ${number + 1}` }),
    );
    server.listen(number, "localhost", () => server.close(() => done({ what: `Port ${number} is free.` })));
  });
}

function folder({ folder }: Located): Finding {
  try {
    accessSync(folder, constants.W_OK);
    return { what: `${resolve(folder)} can be written to.` };
  } catch {
    return { what: `${resolve(folder)} cannot be written to.`, cure: "Ask for permission to write there, or work in a copy." };
  }
}

/** Generated code and the runtime are made for each other: the same version of both. */
function runtime({ folder }: Located): Finding {
  const { version } = ownPackage();
  const installed = installedRuntime(folder);
  if (installed === undefined)
    return {
      what: "@wkgen/runtime is not installed here; wkgen uses its own. For npm start, tsc and programs with the client: npm install",
      isAdvice: true,
    };
  if (installed === version) return { what: `wkgen and @wkgen/runtime are both ${version}.` };
  return {
    what: `wkgen is ${version}, @wkgen/runtime is ${installed}.`,
    cure: `Make them the same: npm install @wkgen/runtime@${version}`,
  };
}

function installedRuntime(folder: string): string | undefined {
  try {
    const entry = createRequire(join(resolve(folder), "package.json")).resolve("@wkgen/runtime");
    const text = nodeHost.read(join(entry, "../../package.json"));
    return text === undefined ? undefined : (JSON.parse(text) as { readonly version: string }).version;
  } catch {
    return undefined;
  }
}

const files = async (found: Located): Promise<Finding> => (await outdated(found)) ?? { what: "All generated files match the model." };

/** Where the model has flows, whether all that they wanted done has been done. */
function parked(found: Located): readonly Finding[] {
  if (!found.files.some((file) => /^[ \t]*flow[ \t]/m.test(nodeHost.read(file) ?? ""))) return [];
  const count = countParked(found);
  if (count === undefined) return [{ what: "What flows keep cannot be read.", cure: "See why: wkgen parked" }];
  if (count === 0) return [{ what: "No command of a flow is parked." }];
  return [
    {
      what: count === 1 ? "A command of a flow is parked." : `${count} commands of flows are parked.`,
      cure: "See which, and why: wkgen parked",
    },
  ];
}

/** What the application has noticed since it was last started, and keeps for us. */
function advice({ folder }: Located): readonly Finding[] {
  const text = nodeHost.read(join(folder, process.env["WKGEN_DATA"] || "data", "advice.txt")) ?? "";
  return text
    .split("\n")
    .filter(Boolean)
    .map((what) => ({ what, isAdvice: true }));
}
