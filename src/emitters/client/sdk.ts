import { builders } from "prettier/doc";
import type { Doc } from "prettier";
import type { Aggregate } from "../../model/aggregate.ts";
import type { Command } from "../../model/command.ts";
import type { Domain } from "../../model/domain.ts";
import type { Event } from "../../model/event.ts";
import type { List } from "../../model/list.ts";
import type { EmittedFile } from "../emitted-file.ts";
import { header } from "../header.ts";
import { assignment } from "../javascript/lay-out-assignment.ts";
import { layOut } from "../javascript/lay-out-expression.ts";
import { textAt } from "../javascript/lay-out-statements.ts";
import { key, quote } from "../javascript/quote.ts";
import { array, name as nameOf, object, openObject, text, type Js } from "../javascript/syntax.ts";
import { docComment } from "../typescript/doc-comment.ts";
import { importText } from "../typescript/import.ts";
import { fieldsText } from "../typescript/interface.ts";
import { FileNames, pascal } from "../typescript/names.ts";
import { dataDoc, typeArguments, type NameValue } from "../typescript/type.ts";
import { runtimeNames } from "../runtime-names.ts";
import { sdkTemplate } from "./sdk.template.ts";
import { asSent, clientValues, mayBeLeftOut } from "./values.ts";

const { group, ifBreak, indent, join, line, softline } = builders;

/** `client/NAME.ts`: what a page or a program knows of the application. */
export function emitSdk(domain: Domain): EmittedFile {
  return { path: `client/${domain.name}.ts`, text: sdkTemplate(shapeSdk(domain)), ownership: "generated" };
}

const imported = runtimeNames["@wkgen/runtime/client"].filter((name) => name !== "connectTo");

export function shapeSdk(domain: Domain) {
  const names = new FileNames(...imported, "connect", "connectTo");
  const typeName = names.claim(pascal(domain.name), `${pascal(domain.name)}Application`);
  const aggregates = domain.contexts.flatMap((context) => context.aggregates).map((aggregate) => nameAggregate(aggregate, names));
  const { interfaces, nameShown, nameSent } = clientValues(domain, names);
  const rows = domain.lists.map((list) => nameList(list, names));
  const events = aggregates.flatMap(({ events }) => events.map((event) => event.typeName));
  return {
    header: header(domain.place),
    imports: importText(["connectTo", ...usedTypes(domain).map((type) => `type ${type}`)], "@wkgen/runtime/client"),
    interfaces: [...interfaces, ...rows.flatMap((named) => [rowText(named, nameShown), ...queriesText(named, nameSent)])],
    aggregates: aggregates.map(({ aggregate, typeName }) => ({
      typeName,
      comment: docComment(0, aggregate.description ?? `The commands of one ${aggregate.name}.`),
      methods: aggregate.commands.map((command) => methodText(command, nameSent)),
    })),
    events: aggregates.flatMap(({ aggregate, events }) =>
      events.map(({ event, typeName }) => eventText(aggregate, event, typeName, nameShown)),
    ),
    comment: docComment(0, domain.description),
    typeName,
    contexts: domain.contexts.map(({ name, description, aggregates: inside }) => ({
      name,
      comment: docComment(1, description),
      members: aggregates
        .filter(({ aggregate }) => inside.includes(aggregate))
        .map(({ aggregate, typeName }) => memberText(aggregate, typeName)),
    })),
    lists: rows.map((named) => textAt(2, ["readonly ", named.list.name, ": ", listDoc(named), ";"])),
    eventsMember: textAt(1, ["readonly events: ", typeArguments("Events", [events.length === 0 ? ["never"] : events]), ";"]),
    name: domain.name,
    call: connectCall(domain, typeName),
  };
}

interface NamedAggregate {
  readonly aggregate: Aggregate;
  readonly typeName: string;
  readonly events: readonly { readonly event: Event; readonly typeName: string }[];
}

interface NamedList {
  readonly list: List;
  /** Of its rows. */
  readonly typeName: string;
  /** Of the list itself, where it has questions of its own. */
  readonly listType?: string;
}

function nameList(list: List, names: FileNames): NamedList {
  const short = pascal(list.name);
  const typeName = names.claim(`${short}Row`, `${short}ListRow`);
  return list.queries.length === 0 ? { list, typeName } : { list, typeName, listType: names.claim(`${short}List`, `${short}Queries`) };
}

const listDoc = ({ typeName, listType }: NamedList): Doc => listType ?? typeArguments("List", [[typeName]]);

/** What every list can do; a question of that name gets an ending, here as in the runtime. */
const ofEveryList = new Set(["read", "readOne", "readPage", "count", "observe", "readAndObserve"]);

/** `popular(parameters: { … }): NamedQuestion<MessagesRow>;` */
function queriesText({ list, typeName, listType }: NamedList, nameValue: NameValue): readonly string[] {
  if (listType === undefined) return [];
  const methods = list.queries.map(({ name, description, parameters }) => {
    const optional = parameters.every(mayBeLeftOut) ? "?: " : ": ";
    const given: Doc = parameters.length === 0 ? "" : ["parameters", optional, dataDoc(parameters.map(asSent), nameValue)];
    const called = key(ofEveryList.has(name) ? `${name}Query` : name);
    const method = group([called, "(", given, "): ", typeArguments("NamedQuestion", [[typeName]])]);
    return docComment(1, description) + textAt(1, [method, ";"]);
  });
  const comment = docComment(0, `The list ${list.name}, with its questions.`);
  const head = textAt(0, ["export interface ", group(indent([listType, line, "extends ", typeArguments("List", [[typeName]])])), " {"]);
  return [[comment + head, ...methods, "}"].join("\n")];
}

function nameAggregate(aggregate: Aggregate, names: FileNames): NamedAggregate {
  const [short, long] = [pascal(aggregate.name), `${pascal(aggregate.context)}${pascal(aggregate.name)}`];
  const typeName = names.claim(short, long, `${long}Commands`);
  const events = aggregate.events.map((event) => ({
    event,
    typeName: names.claim(`${short}${pascal(event.name)}`, `${long}${pascal(event.name)}Event`),
  }));
  return { aggregate, typeName, events };
}

/** In the order of the alphabet, those that occur. */
function usedTypes({ contexts, lists }: Domain): readonly string[] {
  const aggregates = contexts.flatMap((context) => context.aggregates);
  const commands = aggregates.flatMap((aggregate) => aggregate.commands);
  const unused = new Set<string>([
    ...(aggregates.some(({ events }) => events.length > 0) ? [] : ["EventOf"]),
    ...(lists.length > 0 ? [] : ["List"]),
    ...(lists.some(({ queries }) => queries.length > 0) ? [] : ["NamedQuestion"]),
    ...(commands.some(({ fields }) => fields.length === 0) ? [] : ["NoData"]),
    ...(commands.length > 0 ? [] : ["RequestOptions", "Sending"]),
  ]);
  return imported.filter((type) => !unused.has(type));
}

const rowText = ({ list, typeName }: NamedList, nameValue: NameValue): string =>
  `${docComment(0, list.description)}export interface ${typeName} ${fieldsText(list.fields, nameValue, ["readonly id: string;"])}`;

/** `send(data: { … }, options?: RequestOptions): Sending<"sent">;` */
function methodText(command: Command, nameValue: NameValue): string {
  const { name, fields, publishes, description } = command;
  const data: Doc = [
    fields.every(mayBeLeftOut) ? "data?: " : "data: ",
    fields.length === 0 ? "NoData" : dataDoc(fields.map(asSent), nameValue),
  ];
  const result = typeArguments("Sending", [publishes.length === 0 ? ["never"] : publishes.map(quote)]);
  return docComment(1, description) + textAt(1, [signatureDoc(name, [data, "options?: RequestOptions"], result), ";"]);
}

/** `name(parameters): result`; where it is too long, the parameters give way first. */
const signatureDoc = (name: string, parameters: readonly Doc[], result: Doc): Doc =>
  group([key(name), "(", indent([softline, join([",", line], [...parameters])]), ifBreak(","), softline, "): ", result]);

function eventText({ context, name }: Aggregate, event: Event, typeName: string, nameValue: NameValue): string {
  const type = typeArguments("EventOf", [[quote(context)], [quote(name)], [quote(event.name)], [dataDoc(event.fields, nameValue)]]);
  return docComment(0, event.description) + textAt(0, [assignment(["export type ", typeName, " ="], type), ";"]);
}

const memberText = ({ name }: Aggregate, typeName: string): string =>
  `${docComment(2, `The ${name} with this id; without one, a new ${name}.`)}${textAt(2, [signatureDoc(name, ["id?: string"], typeName), ";"])}`;

/** `return connectTo<Chat>({ … }, address, options);` */
function connectCall({ contexts, lists }: Domain, typeName: string): string {
  const namesOf = (named: readonly { readonly name: string }[]): Js => array(named.map(({ name }) => text(name)));
  const commandsOf = ({ commands }: Aggregate): Js => namesOf(commands);
  const asked = lists.filter(({ queries }) => queries.length > 0);
  const application = openObject([
    [
      "contexts",
      object(
        contexts.map(({ name, aggregates }) => [name, object(aggregates.map((aggregate) => [aggregate.name, commandsOf(aggregate)]))]),
      ),
    ],
    ["lists", namesOf(lists)],
    ...(asked.length === 0 ? [] : [["queries", object(asked.map(({ name, queries }) => [name, namesOf(queries)]))] as const]),
  ]);
  return textAt(1, [
    "return ",
    layOut(
      { kind: "call", callee: nameOf(`connectTo<${typeName}>`), args: [application, nameOf("address"), nameOf("options")] },
      { role: "return" },
    ),
    ";",
  ]);
}
