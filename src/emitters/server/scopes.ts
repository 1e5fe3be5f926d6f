import type { StateField } from "../../model/field.ts";
import type { GivenFact, Read } from "../../model/expression.ts";
import { binary, constant, name, path, type Js } from "../javascript/syntax.ts";
import { notEmitted } from "../not-emitted.ts";
import { calculations } from "../runtime-names.ts";
import { reserved } from "../typescript/names.ts";
import type { Imports } from "./imports.ts";
import type { Narrowing } from "./narrowing.ts";
import type { Scope } from "./scope.ts";

/** What the aggregate is called in its own code, and which fields of its state have no value before its first event. */
export interface Subject {
  readonly variable: string;
  readonly late: ReadonlySet<string>;
  readonly imports: Imports;
}

export const lateFields = (fields: readonly StateField[]): ReadonlySet<string> =>
  new Set(fields.filter((field) => field.start === undefined).map((field) => field.name));

export const commandScope = (subject: Subject, locals: Locals, narrowing: Narrowing): Scope => ({
  imports: subject.imports,
  narrowing,
  read: (node) => (node.from === "command" ? path("command", "data", node.field) : readState(subject, node)),
  given: (what) =>
    given(what, {
      "aggregate id": path(subject.variable, "id"),
      "user id": path("command", "user", "id"),
      now: path("command", "metadata", "timestamp"),
      today: () => subject.imports.dayOf(path("command", "metadata", "timestamp")),
    }),
  local: locals.of,
});

export const eventScope = (subject: Subject, locals: Locals, narrowing: Narrowing): Scope => ({
  imports: subject.imports,
  narrowing,
  read: (node) => (node.from === "event" ? path("event", "data", node.field) : readState(subject, node)),
  given: (what) => given(what, { "aggregate id": path(subject.variable, "id"), ...ofTheEvent }),
  local: locals.of,
});

/** In an aggregate's `allow … where`. */
export const permissionScope = (subject: Subject, narrowing: Narrowing): Scope => ({
  imports: subject.imports,
  narrowing,
  read: (node) => readState(subject, node),
  given: (what) => given(what, { "aggregate id": path(subject.variable, "id"), "user id": path("user", "id") }),
  local: new Locals(subject.variable, "user").of,
});

export const reactionScope = (imports: Imports, locals: Locals, narrowing: Narrowing): Scope => ({
  imports,
  narrowing,
  read: (node) => (node.from === "event" ? path("event", "data", node.field) : path("row", node.field)),
  given: (what) => given(what, { "aggregate id": path("event", "aggregate", "id"), "row id": path("row", "id"), ...ofTheEvent }),
  local: locals.of,
});

/** In what a flow does about an event, a rejection or a timer. */
export const flowScope = (subject: Subject, about: "event" | "rejection" | "timer", locals: Locals, narrowing: Narrowing): Scope => ({
  imports: subject.imports,
  narrowing,
  read: (node) =>
    node.from === "event" || node.from === "command" ? path(node.from, "data", node.field) : path(subject.variable, "state", node.field),
  given: (what) =>
    given(what, {
      "aggregate id": path(about === "event" ? "event" : "command", "aggregate", "id"),
      "flow id": path(subject.variable, "id"),
      rejection: path("rejection", "reason"),
      ...ofTheEvent,
    }),
  local: locals.of,
});

/** In a query's conditions; `parameters` are their names. */
export const queryScope = (imports: Imports, locals: Locals, parameters: ReadonlySet<string>, narrowing: Narrowing): Scope => ({
  imports,
  narrowing,
  read: (node) => path("row", node.field),
  given: (what) => given(what, { "row id": path("row", "id") }),
  local: (variable) => (parameters.has(variable) ? path("parameters", variable) : locals.of(variable)),
});

/** In a list's `allow … where`. */
export const rowScope = (imports: Imports, narrowing: Narrowing): Scope => ({
  imports,
  narrowing,
  read: (node) => path("row", node.field),
  given: (what) => given(what, { "row id": path("row", "id"), "user id": path("user", "id") }),
  local: new Locals("row", "user").of,
});

const ofTheEvent = {
  "event id": path("event", "id"),
  "event timestamp": path("event", "metadata", "timestamp"),
  "event user": path("event", "user", "id"),
};

function given(what: GivenFact, known: { readonly [What in GivenFact]?: Js | (() => Js) }): Js {
  const fact = known[what] ?? notEmitted(`"${what}" here`);
  return typeof fact === "function" ? fact() : fact;
}

/** A field that may be missing still is none as long as it is. */
function readState({ variable, late }: Subject, { field, type }: Read & { readonly type?: { readonly kind: string } }): Js {
  const state = path(variable, "state", field);
  return type?.kind === "optional" && late.has(field) ? binary(state, "??", constant(null)) : state;
}

/** What generated code takes from elsewhere by these names. */
export const takenEverywhere: readonly string[] = [...calculations, "functions", "tables"];

/** What is given a name by the model, under a name that nothing else in the function has. */
export class Locals {
  readonly #names = new Map<string, string>();
  readonly #taken: Set<string>;

  constructor(...taken: readonly string[]) {
    this.#taken = new Set([...taken, ...takenEverywhere]);
  }

  readonly of = (variable: string): Js => name(this.nameOf(variable));

  nameOf(variable: string): string {
    const known = this.#names.get(variable);
    if (known !== undefined) return known;
    let free = variable;
    while (this.#taken.has(free) || reserved.has(free)) free += "_";
    this.#taken.add(free);
    this.#names.set(variable, free);
    return free;
  }
}
