import { builders } from "prettier/doc";
import type { Doc } from "prettier";
import type { Aggregate } from "../../model/aggregate.ts";
import type { Command } from "../../model/command.ts";
import type { Domain, Value } from "../../model/domain.ts";
import type { Event } from "../../model/event.ts";
import type { Field } from "../../model/field.ts";
import type { List } from "../../model/list.ts";
import { fullName } from "../../model/names.ts";
import { heldValue } from "../../model/types/held-value.ts";
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
import { dataDoc, typeArguments, type Member, type NameValue } from "../typescript/type.ts";
import { notEmitted } from "../not-emitted.ts";
import { runtimeNames } from "../runtime-names.ts";
import { sdkTemplate } from "./sdk.template.ts";

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
  const values = usedValues(domain).map((value) => ({
    value,
    typeName: names.claim(pascal(value.name), `${pascal(value.context ?? "")}${pascal(value.name)}`, `${pascal(value.name)}Value`),
  }));
  const typeNames = new Map(values.map(({ value, typeName }) => [fullName(value), typeName]));
  const nameValue: NameValue = (name) => typeNames.get(fullName(name)) ?? notEmitted(`the value ${fullName(name)}`);
  const rows = domain.lists.map((list) => ({ list, typeName: names.claim(`${pascal(list.name)}Row`, `${pascal(list.name)}ListRow`) }));
  const events = aggregates.flatMap(({ events }) => events.map((event) => event.typeName));
  return {
    header: header(domain.place),
    imports: importText(["connectTo", ...usedTypes(domain).map((type) => `type ${type}`)], "@wkgen/runtime/client"),
    interfaces: [
      ...values.map(({ value, typeName }) => interfaceText(value, typeName, nameValue)),
      ...rows.map(({ list, typeName }) => interfaceText(list, typeName, nameValue, ["readonly id: string;"])),
    ],
    aggregates: aggregates.map(({ aggregate, typeName }) => ({
      typeName,
      comment: docComment(0, aggregate.description ?? `The commands of one ${aggregate.name}.`),
      methods: aggregate.commands.map((command) => methodText(command, nameValue)),
    })),
    events: aggregates.flatMap(({ aggregate, events }) =>
      events.map(({ event, typeName }) => eventText(aggregate, event, typeName, nameValue)),
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
    lists: rows.map(({ list, typeName }) => textAt(2, ["readonly ", list.name, ": ", typeArguments("List", [[typeName]]), ";"])),
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
    ...(commands.some(({ fields }) => fields.length === 0) ? [] : ["NoData"]),
    ...(commands.length > 0 ? [] : ["RequestOptions", "Sending"]),
  ]);
  return imported.filter((type) => !unused.has(type));
}

/** The values that commands, events and lists are made of, and those that they are made of. */
function usedValues({ contexts, lists, values }: Domain): readonly Value[] {
  const byName = new Map(values.map((value) => [fullName(value), value]));
  const used = new Set<Value>();
  const use = ({ type }: Field): void => {
    const value = byName.get(heldValue(type) ?? "");
    if (value === undefined || used.has(value)) return;
    used.add(value);
    value.fields.forEach(use);
  };
  const aggregates = contexts.flatMap((context) => context.aggregates);
  const holders = [...aggregates.flatMap(({ commands, events }) => [...commands, ...events]), ...lists];
  holders.flatMap(({ fields }) => fields).forEach(use);
  return values.filter((value) => used.has(value));
}

const interfaceText = ({ description, fields }: Value | List, typeName: string, nameValue: NameValue, fixed?: readonly string[]): string =>
  `${docComment(0, description)}export interface ${typeName} ${fieldsText(fields, nameValue, fixed)}`;

const mayBeLeftOut = (field: Field): boolean => field.default !== undefined || field.type.kind === "optional";
const asSent = (field: Field): Member => ({ name: field.name, type: field.type, optional: mayBeLeftOut(field) });

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
  const commandsOf = ({ commands }: Aggregate): Js => array(commands.map((command) => text(command.name)));
  const application = openObject([
    [
      "contexts",
      object(
        contexts.map(({ name, aggregates }) => [name, object(aggregates.map((aggregate) => [aggregate.name, commandsOf(aggregate)]))]),
      ),
    ],
    ["lists", array(lists.map((list) => text(list.name)))],
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
