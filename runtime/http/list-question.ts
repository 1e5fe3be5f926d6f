import type { Application } from "../application.ts";
import type { Field, Fields } from "../protocol/field.ts";
import { problem, type Problem } from "../protocol/problem.ts";
import { readJson } from "./read-json.ts";

export type Parameters = Record<string, string | string[] | undefined>;

/** What the parameters of a request ask a list. */
export interface AskedList {
  readonly query: unknown;
  readonly named?: string;
  /** How many rows there are, and not which. */
  readonly isCount: boolean;
  readonly after: number;
}

const members = ["where", "orderBy", "take", "skip", "cursor"];
const common = ["count", "after"];

/** `?where={"likes":{"atLeast":3}}&take=10` */
export function listQuestion(parameters: Parameters): AskedList | Problem {
  const unknown = unknownIn(parameters, [...members, ...common]);
  if (unknown) return unknown;
  const query: Record<string, unknown> = {};
  for (const name of ["where", "orderBy"]) {
    if (parameters[name] === undefined) continue;
    const value = jsonIn(parameters[name]);
    if (value === undefined) return problem("malformed", `The parameter ${name} has to be one JSON text.`);
    query[name] = value;
  }
  for (const name of ["take", "skip"]) if (parameters[name] !== undefined) query[name] = numberIn(parameters[name]);
  if (parameters.cursor !== undefined) query.cursor = parameters.cursor;

  return withCommon(parameters, { query });
}

/** `?atLeast=3`: the parameters of a query of the model, each read as its type. A parameter of the model's goes before one of ours. */
export function namedQuestion(application: Application, list: string, named: string, parameters: Parameters): AskedList | Problem {
  const queries: { readonly [name: string]: { readonly parameters: Fields } } =
    application.lists.find(({ name }) => name === list)?.queries ?? {};
  const fields = Object.hasOwn(queries, named) ? queries[named]!.parameters : {};
  const own = Object.keys(fields);
  const unknown = Object.hasOwn(queries, named) ? unknownIn(parameters, [...own, "cursor", ...common]) : undefined;
  if (unknown) return unknown;
  const given = Object.entries(fields).filter(([name]) => parameters[name] !== undefined);
  const data = Object.fromEntries(given.map(([name, field]) => [name, valueIn(parameters[name]!, field)]));
  const ours = Object.fromEntries(Object.entries(parameters).filter(([name]) => !own.includes(name)));

  return withCommon(ours, { named, query: { parameters: data, ...(ours.cursor !== undefined && { cursor: ours.cursor }) } });
}

function withCommon(parameters: Parameters, asked: Pick<AskedList, "query" | "named">): AskedList | Problem {
  const after = numberIn(parameters.after ?? "0");
  if (typeof after !== "number" || !Number.isSafeInteger(after))
    return problem("malformed", "The parameter after has to be a position of the log.");
  const { count = "false" } = parameters;

  return count === "true" || count === "false"
    ? { ...asked, after, isCount: count === "true" }
    : problem("malformed", "The parameter count has to be true or false.");
}

function unknownIn(parameters: Parameters, known: readonly string[]): Problem | undefined {
  const unknown = Object.keys(parameters).find((name) => !known.includes(name));

  return unknown === undefined
    ? undefined
    : problem("malformed", `There is no parameter "${unknown.slice(0, 100)}", only ${known.join(", ")}.`);
}

const asText: ReadonlySet<Field["type"]> = new Set([
  "text",
  "decimal",
  "timestamp",
  "date",
  "duration",
  "id",
  "email",
  "url",
  "reference",
  "choice",
]);

/** Text as it is, everything else as JSON; what cannot be read stays text, and is refused as such. */
function valueIn(text: string | string[], { type }: Field): unknown {
  if (typeof text !== "string") return text;
  if (asText.has(type)) return text;

  return jsonIn(text) ?? (text === "null" ? null : text);
}

/** Undefined where it cannot be read. */
function jsonIn(text: string | string[]): unknown {
  try {
    return typeof text === "string" ? readJson(text) : undefined;
  } catch {
    return undefined;
  }
}

/** What is no whole number stays text, and is refused as such. */
function numberIn(text: string | string[]): number | string | string[] {
  return typeof text === "string" && /^\d+$/.test(text) ? Number(text) : text;
}
