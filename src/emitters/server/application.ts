import type { Domain } from "../../model/domain.ts";
import type { EmittedFile } from "../emitted-file.ts";
import { header } from "../header.ts";
import { layOut } from "../javascript/lay-out-expression.ts";
import { textAt } from "../javascript/lay-out-statements.ts";
import { array, call, name as nameOf, object, path, text, type Js } from "../javascript/syntax.ts";
import { docComment } from "../typescript/doc-comment.ts";
import { importText } from "../typescript/import.ts";
import { FileNames, pascal } from "../typescript/names.ts";
import { aggregatePath, aggregateVariable } from "./aggregate.ts";
import { applicationTemplate } from "./application.template.ts";
import { flowPath, flowVariable } from "./flow.ts";
import { listPath, listVariable } from "./list.ts";
import { propertyText } from "./section.ts";

/** `server/server.ts`: everything of the application in one place, and how it starts. */
export function emitApplication(domain: Domain): EmittedFile {
  return { path: "server/server.ts", text: applicationTemplate(shapeApplication(domain)), ownership: "generated" };
}

export function shapeApplication(domain: Domain) {
  const names = new FileNames(...own);
  const variable = names.claim(...variableNames(domain));
  const lists = domain.lists.map((list) => imported(listVariable(list), listPath(list), [`${list.name}List`], names));
  const flows = domain.flows.map((flow) => imported(flowVariable(flow), flowPath(flow), [`${flow.name}Flow`], names));
  const aggregates = domain.contexts
    .flatMap((context) => context.aggregates)
    .map((aggregate) =>
      imported(
        aggregateVariable(aggregate),
        aggregatePath(aggregate),
        [`${aggregate.context}${pascal(aggregate.name)}`, `${aggregate.name}Aggregate`],
        names,
      ),
    );
  return {
    header: header(domain.place),
    imports: [...flows, ...lists, ...aggregates].map(({ importing }) => `${importing}\n`).join(""),
    comment: docComment(0, domain.description),
    variable,
    starting: startText(variable),
    properties: propertiesOf(domain, { aggregates, lists, flows })
      .map(([key, value]) => propertyText(1, key, value))
      .join("\n"),
  };
}

const own = ["start", "Application"] as const;
const variableNames = ({ name }: Domain) => [name, `${name}Application`] as const;

/** Under which name `server/server.ts` exports the application. */
export const applicationVariable = (domain: Domain): string => new FileNames(...own).claim(...variableNames(domain));

function startText(variable: string): string {
  const options = object([["folder", path("import", "meta", "dirname")]]);
  return textAt(1, ["await ", layOut(call(nameOf("start"), nameOf(variable), options), { role: "statement" }), ";"]);
}

interface Imported {
  readonly local: string;
  readonly importing: string;
}

function imported(exported: string, path: string, otherwise: readonly string[], names: FileNames): Imported {
  const local = names.claim(exported, ...otherwise);
  return { local, importing: importText([local === exported ? exported : `${exported} as ${local}`], path.replace("server/", "./")) };
}

function propertiesOf(
  { name, description, roles }: Domain,
  { aggregates, lists, flows }: { readonly [part in "aggregates" | "lists" | "flows"]: readonly Imported[] },
): readonly (readonly [string, Js])[] {
  const all = (parts: readonly Imported[]) => array(parts.map(({ local }) => nameOf(local)));
  return [
    ["name", text(name)],
    ...(description === undefined ? [] : [["description", text(description)] as const]),
    ...(roles.length === 0 ? [] : [["roles", array(roles.map((role) => text(role.name)))] as const]),
    ["aggregates", all(aggregates)],
    ["lists", all(lists)],
    ...(flows.length === 0 ? [] : [["flows", all(flows)] as const]),
  ];
}
