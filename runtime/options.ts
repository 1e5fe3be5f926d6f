import { basename, dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { readApiOptions, type ApiOptions, type ApiOptionsGiven } from "./http/api-options.ts";
import { readStoreAddress, type StoreAddress } from "./store/store-address.ts";

/** How an application is to run. */
export interface Options extends ApiOptions {
  readonly port: number;
  readonly host: string;
  /** Plain HTTP, for behind a proxy that does the encryption. */
  readonly http: boolean;
  /** The event log. */
  readonly store: StoreAddress;
  /** The folder of all that this process keeps besides: its lists, the certificate, what is compiled. */
  readonly data: string;
  /** The file of the lists, in that folder. */
  readonly lists: string;
  /** With the studio at `/studio/`. */
  readonly dev: boolean;
  /** The log is JSON in a terminal, too. */
  readonly json?: boolean;
}

export type Asked =
  | { readonly kind: "run"; readonly options: Options }
  /** To make a list anew. */
  | { readonly kind: "replay"; readonly options: Options; readonly list: string }
  /** To say what flows could not carry out, and to have it tried again. */
  | { readonly kind: "parked"; readonly options: Options; readonly retry: boolean }
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly sentence: string };

const flags = {
  port: { type: "string" },
  host: { type: "string" },
  http: { type: "boolean" },
  store: { type: "string" },
  data: { type: "string" },
  dev: { type: "boolean" },
  json: { type: "boolean" },
  replay: { type: "string" },
  issuer: { type: "string", multiple: true },
  audience: { type: "string", multiple: true },
  "roles-claim": { type: "string" },
  origin: { type: "string", multiple: true },
  proxy: { type: "boolean" },
  rate: { type: "string" },
  questions: { type: "string" },
  metrics: { type: "string" },
  compat: { type: "string" },
  parked: { type: "boolean" },
  "retry-parked": { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

interface Given extends ApiOptionsGiven {
  readonly port?: string;
  readonly host?: string;
  readonly http?: boolean;
  readonly store?: string;
  readonly data?: string;
  readonly dev?: boolean;
  readonly json?: boolean;
  readonly parked?: boolean;
  readonly "retry-parked"?: boolean;
  readonly replay?: string;
  readonly help?: boolean;
}

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
  const store = readStoreAddress(given.store ?? `sqlite:data/${application}.db`, root);
  if (store === undefined) return wrong(wrongStore(String(given.store), application));
  const api = readApiOptions(given);
  if (typeof api === "string") return wrong(api);
  const { host = "localhost", http = false, dev = false, json = false, replay } = given;
  const data = given.data === undefined ? dataBeside(store, root) : resolve(root, given.data);
  const lists = join(data, listsName(store, application));

  const options = { port, host, http, store, data, lists, dev, json, ...api };
  if (replay !== undefined) return { kind: "replay", options, list: replay };

  return given.parked || given["retry-parked"]
    ? { kind: "parked", options, retry: given["retry-parked"] === true }
    : { kind: "run", options };
}

/** Not what was given: there may be a password in it. */
function wrongStore(given: string, application: string): string {
  if (/^postgres(ql)?:/.test(given)) return "The store is not a good address; it has to be postgres://USER@HOST/DATABASE.";
  return `The store "${given}" is not known; it has to be sqlite:FILE, such as sqlite:data/${application}.db, or postgres://USER@HOST/DATABASE.`;
}

/** Beside the file of the log, where it is one. */
function dataBeside(store: StoreAddress, root: string): string {
  return store.kind === "sqlite" ? dirname(store.file) : join(root, "data");
}

function listsName(store: StoreAddress, application: string): string {
  return `${store.kind === "sqlite" ? basename(store.file, ".db") : application}.lists.db`;
}

export function helpText(application: string): string {
  return `Usage: node server/server.ts [options]

Runs ${application}.

Options (and the variables of the environment that mean the same):
  --port NUMBER       where to listen; 3000 by default, 0 for any free port    WKGEN_PORT
  --host NAME         who can reach it; localhost by default, 0.0.0.0 for all  WKGEN_HOST
  --http              without encryption, for behind a proxy                   WKGEN_HTTP=1
  --proxy             a proxy in front tells who its clients are               WKGEN_PROXY=1
  --store STORE       sqlite:data/${application}.db by default${" ".repeat(Math.max(1, 28 - application.length))}WKGEN_STORE
                      or postgres://USER:PASSWORD@HOST:5432/DATABASE
  --data FOLDER       where the certificate is kept, and with SQLite the lists WKGEN_DATA
  --dev               with the studio at /studio/                              WKGEN_DEV=1
  --json              the log is lines of JSON in a terminal, too              WKGEN_JSON=1
  --parked            instead of running, says which commands of flows could not be carried out
  --retry-parked      the same, and has them tried again
  --replay LIST       makes a list anew from all events, and ends
  --help              this text

Who the users are (without an issuer, everybody is anonymous):
  --issuer URL        whose tokens are believed, an OpenID Connect issuer      WKGEN_ISSUER
  --issuer NAME=URL   one more; NAME: goes in front of its users' ids
  --audience NAME     whom a token has to be for; required with an issuer      WKGEN_AUDIENCE
  --roles-claim NAME  the claim with the roles; roles by default,              WKGEN_ROLES_CLAIM
                      realm_access.roles for Keycloak

Who may ask, and how often:
  --origin ORIGIN     other pages that may use the API: https://app.example    WKGEN_ORIGIN
  --rate NUMBER       requests a second for each user or address; 200 by       WKGEN_RATE
                      default, 0 for no limit; this machine itself has none
  --questions NUMBER  different questions to lists that are observed at a      WKGEN_QUESTIONS
                      time; 10000 by default
  --metrics PORT      where Prometheus reads /metrics, by plain HTTP, on the   WKGEN_METRICS
                      same host; nowhere by default
  --compat WIRE       wolkenkit-1: the clients of wolkenkit 1 to 3 may, too    WKGEN_COMPAT

Issuers, audiences and origins may be several: repeat the option; in a variable, put spaces between them.
`;
}

function fromEnvironment(environment: NodeJS.ProcessEnv): Given {
  const { WKGEN_PORT: port, WKGEN_HOST: host, WKGEN_STORE: store, WKGEN_DATA: data } = environment;
  const { WKGEN_HTTP: http, WKGEN_DEV: dev, WKGEN_JSON: json } = environment;
  const { WKGEN_ISSUER: issuer, WKGEN_AUDIENCE: audience, WKGEN_ROLES_CLAIM: rolesClaim } = environment;
  const { WKGEN_ORIGIN: origin, WKGEN_PROXY: proxy, WKGEN_RATE: rate, WKGEN_METRICS: metrics, WKGEN_COMPAT: compat } = environment;
  const { WKGEN_QUESTIONS: questions } = environment;
  const texts = { port, host, store, data, rate, questions, metrics, compat, "roles-claim": rolesClaim };
  const many = Object.entries({ issuer, audience, origin }).map(([name, value]) => [name, value?.split(/\s+/).filter(Boolean)] as const);

  return {
    ...Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== undefined && value !== "")),
    ...Object.fromEntries(many.filter(([, values]) => values !== undefined && values.length > 0)),
    http: isOn(http),
    dev: isOn(dev),
    json: isOn(json),
    proxy: isOn(proxy),
  };
}

function isOn(value: string | undefined): boolean {
  return value !== undefined && !["", "0", "false", "no", "off"].includes(value.toLowerCase());
}

function wrong(sentence: string): Asked {
  return { kind: "wrong", sentence };
}
