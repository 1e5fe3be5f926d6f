import type { Domain } from "../../model/domain.ts";
import type { Field } from "../../model/field.ts";
import { fullName, type AggregateName, type EventName } from "../../model/names.ts";
import type { Assignment, Expression } from "../../model/expression.ts";
import type { Person, Scenario, Step } from "../../model/scenario.ts";
import { subexpressions } from "../../model/subexpressions.ts";
import { zeroOf } from "../../model/types/zero.ts";
import { layOut } from "../javascript/lay-out-expression.ts";
import { textAt } from "../javascript/lay-out-statements.ts";
import { array, arrow, call, constant, name, object, text, type Js } from "../javascript/syntax.ts";
import { shareNames } from "../declared-names.ts";
import { notEmitted } from "../not-emitted.ts";
import { importText } from "../typescript/import.ts";
import { FileNames } from "../typescript/names.ts";
import { applicationVariable } from "./application.ts";
import { emitConstant } from "./constant.ts";
import { emitExpression } from "./expression.ts";
import { Imports } from "./imports.ts";
import type { Scope } from "./scope.ts";
import { takenEverywhere } from "./scopes.ts";

/**
 * A module that plays the scenarios on the application, as if it stood beside `server/server.ts`; it is never written to a disk. Values are emitted
 * as those of the application are, so that an expression means the same in both.
 */
export function emitScenarios(domain: Domain): string {
  const names = new FileNames("playStories", "idOf", ...takenEverywhere);
  const exported = applicationVariable(domain);
  const variable = names.claim(exported, `${exported}Application`);
  const imports = new Imports(shareNames(domain), "./", [], ["playStories", variable]);
  const stories = array(domain.scenarios.map((scenario) => emitScenario(scenario, domain, imports)));
  const played = layOut(call(name("playStories"), name(variable), stories), { role: "statement" });
  return `import { playStories } from "@wkgen/runtime/testing";
${imports.runtimeText()}
${imports.text()}${importText([exported === variable ? exported : `${exported} as ${variable}`], "./server.ts")}

${textAt(0, ["await ", played, ";"])}
`;
}

const emitScenario = (scenario: Scenario, domain: Domain, imports: Imports): Js => {
  const cast = castOf(scenario, imports);
  return object([
    ["title", text(scenario.title)],
    ["steps", array(scenario.steps.map((step) => emitStep(step, domain, cast)))],
  ]);
};

interface Cast {
  /** The names of the story: those that aggregates have. */
  readonly named: ReadonlySet<string>;
  readonly imports: Imports;
}

const castOf = ({ steps }: Scenario, imports: Imports): Cast => ({
  named: new Set(steps.flatMap((step) => ("instance" in step ? (step.instance ?? []) : []))),
  imports,
});

type Entries = readonly (readonly [string, Js])[];

function emitStep(step: Step, domain: Domain, cast: Cast): Js {
  switch (step.kind) {
    case "given-event":
      return object([
        ["kind", text("given")],
        ["event", text(fullName(step.event))],
        ...whoAndWhere(step),
        ["data", emitData([...step.data, ...unsaid(domain, step.event, step.data)], cast)],
      ]);
    case "pass":
      return object([
        ["kind", text("pass")],
        ["duration", emitConstant(step.duration, cast.imports)],
      ]);
    case "command":
      return object([
        ["kind", text("when")],
        ["command", text(fullName(step.command))],
        ...whoAndWhere(step),
        ["data", emitData(step.data, cast)],
      ]);
    case "then-event":
      return object([
        ["kind", text("event")],
        ["event", text(fullName(step.event))],
        ...whoAndWhere(step),
        ["data", emitData(step.data, cast)],
      ]);
    case "then-run":
      return object([
        ["kind", text("run")],
        ["command", text(fullName(step.command))],
        ["data", emitData(step.data, cast)],
      ]);
    case "then-list":
      return object([
        ["kind", text(step.has ? "has" : "has no")],
        ["list", text(step.list)],
        ["data", emitData(step.data, cast)],
      ]);
    case "then-empty":
      return object([
        ["kind", text("empty")],
        ["list", text(step.list)],
      ]);
    case "then-rejected":
      return object([["kind", text("rejected")], ...(step.reason === undefined ? [] : [["reason", text(step.reason)] as const])]);
    case "then-not":
      return object([
        ["kind", text("not")],
        ["what", text(step.what)],
      ]);
    case "then-nothing":
      return object([["kind", text("nothing")]]);
  }
}

function whoAndWhere({ instance, as }: { readonly instance?: string; readonly as?: Person }): Entries {
  return [
    ...(instance === undefined ? [] : [["on", text(instance)] as const]),
    ...(as === undefined ? [] : [["as", object(Object.entries(as).map(([key, value]) => [key, text(String(value))]))] as const]),
  ];
}

/** Fields of an event that has happened, and of which the story says nothing: they are as they begin. */
function unsaid(domain: Domain, { context, aggregate, event }: EventName, data: readonly Assignment[]): Assignments {
  const fields = domain.contexts
    .filter((one) => one.name === context)
    .flatMap(({ aggregates }) => aggregates.filter((one) => one.name === aggregate))
    .flatMap(({ events }) => events.filter((one) => one.name === event))
    .flatMap((one) => one.fields);
  const said = new Set(data.map(({ field }) => field));
  return fields.filter((field) => !said.has(field.name)).flatMap((field) => beginning(field) ?? []);
}

type Assignments = readonly { readonly field: string; readonly value: Expression | Js }[];

function beginning({ name, type, default: initially }: Field): { readonly field: string; readonly value: Expression | Js } | undefined {
  if (initially !== undefined) return { field: name, value: initially };
  const zero = zeroOf(type);
  if (zero === undefined) return undefined;
  const { value } = zero;
  if (value === "empty") return { field: name, value: type.kind === "map" ? object([]) : array([]) };
  return { field: name, value: typeof value === "string" ? text(value) : constant(value) };
}

/** Data that mentions an aggregate without a name is known when the story is played. */
function emitData(data: Assignments, cast: Cast): Js {
  const unnamed = new Map(data.flatMap(({ value }) => ("span" in value ? unnamedIn(value, cast) : [])));
  const scope = storyScope(unnamed, cast.imports);
  const values = object(data.map(({ field, value }) => [field, "span" in value ? emitExpression(value, scope) : value]));
  return unnamed.size === 0 ? values : arrow(["idOf"], values);
}

/** The aggregates that a value calls as their kind is called, and the kinds. */
function unnamedIn(value: Expression, cast: Cast): readonly (readonly [name: string, kind: AggregateName])[] {
  return [...subexpressions(value)].flatMap((node) => {
    if (node.kind !== "local" || node.what !== "instance" || node.type.kind !== "reference") return [];
    const { to } = node.type;
    return node.name === to.aggregate && !cast.named.has(node.name) ? [[node.name, to] as const] : [];
  });
}

const storyScope = (unnamed: ReadonlyMap<string, AggregateName>, imports: Imports): Scope => ({
  imports,
  read: ({ field }) => notEmitted(`the field ${field} in a story`),
  given: (what) => notEmitted(`${what} in a story`),
  local(local) {
    const kind = unnamed.get(local);
    return kind === undefined ? text(local) : call(name("idOf"), text(fullName(kind)));
  },
});
