import { dirname, isAbsolute, join, resolve } from "node:path";
import { parseArgs } from "node:util";

/** How an application is to run. */
export interface Options {
  readonly port: number;
  readonly host: string;
  /** Plain HTTP, for behind a proxy that does the encryption. */
  readonly http: boolean;
  /** The file of the event log; the lists and the certificate lie beside it. */
  readonly store: string;
  /** With the studio at `/studio/`. */
  readonly dev: boolean;
}

export type Asked =
  { readonly kind: "run"; readonly options: Options } | { readonly kind: "help" } | { readonly kind: "wrong"; readonly sentence: string };

const flags = {
  port: { type: "string" },
  host: { type: "string" },
  http: { type: "boolean" },
  store: { type: "string" },
  dev: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

type Given = { readonly [Flag in keyof typeof flags]?: string | boolean };

/** What the command line asks for, and where it is silent the environment: `--port` is `WKGEN_PORT`. */
export function readOptions(application: string, root: string, args: readonly string[], environment: NodeJS.ProcessEnv): Asked {
  let given: Given;
  try {
    given = { ...fromEnvironment(environment), ...parseArgs({ args: [...args], options: flags, strict: true }).values };
  } catch (error) {
    return wrong((error as Error).message.split(". ", 1)[0]!.replace(/\.?$/, "."));
  }
  if (given.help) return { kind: "help" };

  const port = Number(given.port ?? 3000);
  if (given.port === "" || !Number.isInteger(port) || port < 0 || port > 65_535)
    return wrong(`The port has to be a number from 0 to 65535, not "${given.port}".`);
  const store = fileOf(String(given.store ?? `sqlite:data/${application}.db`), root);
  if (store === undefined)
    return wrong(`The store "${given.store}" is not known; it has to be sqlite:FILE, such as sqlite:data/${application}.db.`);
  const { host = "localhost", http = false, dev = false } = given;

  return { kind: "run", options: { port, host: String(host), http: Boolean(http), store, dev: Boolean(dev) } };
}

/** Where the file of the lists is, for this file of the log. */
export function listsFile(store: string): string {
  return `${store.replace(/\.db$/, "")}.lists.db`;
}

export function dataFolder({ store }: Options): string {
  return dirname(store);
}

export function helpText(application: string): string {
  return `Usage: node server/server.ts [options]

Runs ${application}.

Options (and the variables of the environment that mean the same):
  --port NUMBER   where to listen; 3000 by default, 0 for any free port   WKGEN_PORT
  --host NAME     who can reach it; localhost by default, 0.0.0.0 for all WKGEN_HOST
  --http          without encryption, for behind a proxy                  WKGEN_HTTP=1
  --store STORE   sqlite:data/${application}.db by default${" ".repeat(Math.max(1, 27 - application.length))}WKGEN_STORE
  --dev           with the studio at /studio/                             WKGEN_DEV=1
  --help          this text
`;
}

function fromEnvironment(environment: NodeJS.ProcessEnv): Given {
  const { WKGEN_PORT: port, WKGEN_HOST: host, WKGEN_STORE: store, WKGEN_HTTP: http, WKGEN_DEV: dev } = environment;
  const texts = Object.entries({ port, host, store }).filter(([, value]) => value !== undefined && value !== "");

  return { ...Object.fromEntries(texts), http: isOn(http), dev: isOn(dev) };
}

function isOn(value: string | undefined): boolean {
  return value !== undefined && !["", "0", "false", "no", "off"].includes(value.toLowerCase());
}

function fileOf(store: string, root: string): string | undefined {
  const file = /^sqlite:(.+)$/.exec(store)?.[1];
  if (file === undefined) return undefined;

  return isAbsolute(file) ? file : resolve(join(root, file));
}

function wrong(sentence: string): Asked {
  return { kind: "wrong", sentence };
}
