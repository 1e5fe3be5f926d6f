import { builders, printer } from "prettier/doc";
import type { Doc } from "prettier";
import { layOutAssignment } from "./lay-out-assignment.ts";
import { layOutBinary } from "./lay-out-binary.ts";
import { layOutCall } from "./lay-out-call.ts";
import { isLongChain } from "./lay-out-chain.ts";
import { isNumber } from "./numbers.ts";
import { key, quote, templateText } from "./quote.ts";
import { needsParentheses } from "./parentheses.ts";
import { within, type Seat } from "./seat.ts";
import type { Js } from "./syntax.ts";

const { align, fill, group, ifBreak, indent, join, line, softline } = builders;

/** An expression as a document that breaks its lines where prettier would. */
export function layOut(node: Js, seat: Seat): Doc {
  const bare = (tables[node.kind] as (node: Js, seat: Seat) => Doc)(node, seat);
  return needsParentheses(node, seat) ? ["(", bare, ")"] : bare;
}

type Of<Kind extends Js["kind"]> = Extract<Js, { readonly kind: Kind }>;

const tables: { readonly [Kind in Js["kind"]]: (node: Of<Kind>, seat: Seat) => Doc } = {
  name: (node) => node.name,
  text: (node) => quote(node.value),
  constant: (node) => String(node.value).replace("e+", "e"),
  regex: (node) => `/${node.source}/u`,
  template: (node, seat) => [
    "`",
    ...node.parts.map((part) => (typeof part === "string" ? templateText(part) : hole(part, within(seat, node, "hole")))),
    "`",
  ],
  member: layOutMember,
  call: (node, seat) => layOutCall(node, seat, layOut),
  unary: (node, seat) => [node.operator, layOut(node.operand, within(seat, node, "operand"))],
  present: (node, seat) => [layOut(node.operand, within(seat, node, "operand")), "!"],
  binary: (node, seat) => layOutBinary(node, seat, layOut),
  conditional: layOutConditional,
  object: layOutObject,
  array: layOutArray,
  arrow: layOutArrow,
};

/** What stands in a template literal stays on its line. */
function hole(node: Js, seat: Seat): Doc {
  return ["${", printer.printDocToString(layOut(node, seat), { printWidth: Infinity, tabWidth: 2, useTabs: false }).formatted, "}"];
}

function layOutMember(node: Of<"member">, seat: Seat): Doc {
  const property = `${node.optional ? "?." : "."}${node.property}`;
  const isAnswer = node.object.kind === "call" && (node.object.args.length > 0 || isLongChain(node.object, seat));
  const stays = (isAnswer && isNamed(seat)) || isCalled(seat) || (node.object.kind === "name" && seat.role !== "object");
  return [layOut(node.object, within(seat, node, "object")), stays ? property : group(indent([softline, property]))];
}

/** Whether a `const` has it as its value. */
const isNamed = (seat: Seat): boolean =>
  (seat.role === "value" && seat.parent === undefined) ||
  (seat.parent?.kind === "present" && seat.above !== undefined && isNamed(seat.above));

/** Whether a chain of names ends in a call, which then has the parentheses to break in. */
const isCalled = (seat: Seat): boolean =>
  seat.role === "callee" || (seat.role === "object" && seat.above !== undefined && isCalled(seat.above));

function layOutObject(node: Of<"object">, seat: Seat): Doc {
  if (node.properties.length === 0) return "{}";
  const properties = node.properties.map((property) => layOutProperty(property, node, seat));
  return group(["{", indent([line, join([",", line], properties)]), ifBreak(","), line, "}"], { shouldBreak: node.open });
}

function layOutProperty(property: Of<"object">["properties"][number], node: Js, seat: Seat): Doc {
  if ("spread" in property) return ["...", layOut(property.spread, within(seat, node, "element"))];
  const { name, value } = property;
  if (value.kind === "name" && value.name === name) return name;
  return layOutAssignment(key(name), ":", value, within(seat, node, "value"), layOut);
}

function layOutArray(node: Of<"array">, seat: Seat): Doc {
  if (node.items.length === 0) return "[]";
  const items = node.items.map((item) => layOut(item, within(seat, node, "element")));
  const inside = node.items.every(isNumber) ? fill(joinForFill(items)) : join([",", line], items);
  return group(["[", indent([softline, inside]), ifBreak(","), softline, "]"], { shouldBreak: isTable(node.items) });
}

function joinForFill(items: readonly Doc[]): Doc[] {
  return items.flatMap((item, index) => (index === items.length - 1 ? [item] : [[item, ","], line]));
}

/** Several objects, or several arrays, of more than one element each: one a line. */
function isTable(items: readonly Js[]): boolean {
  const sizeOf = (item: Js) => (item.kind === "object" ? item.properties.length : item.kind === "array" ? item.items.length : 0);
  return items.length > 1 && items.every((item) => item.kind === items[0]?.kind && sizeOf(item) > 1);
}

function layOutConditional(node: Of<"conditional">, seat: Seat): Doc {
  const test = layOut(node.test, within(seat, node, "test"));
  const nested = node.then.kind === "conditional";
  const branches: Doc = [
    line,
    "? ",
    nested ? ifBreak("", "(") : "",
    align(2, layOut(node.then, within(seat, node, "then"))),
    nested ? ifBreak("", ")") : "",
    line,
    ": ",
    align(2, layOut(node.otherwise, within(seat, node, "otherwise"))),
  ];
  const isBranch = seat.parent?.kind === "conditional" && (seat.role === "then" || seat.role === "otherwise");
  if (isBranch) return [seat.role === "otherwise" ? align(2, test) : test, seat.role === "otherwise" ? branches : align(0, branches)];
  const isSetApart = seat.role === "test" || beginsAnswer(seat);
  const whole = group([test, indent(branches), seat.role === "object" && !isSetApart ? softline : ""]);
  return isSetApart ? group([indent([softline, whole]), softline]) : whole;
}

/** Whether something is asked of what the condition decides on, and the answer is named, returned or denied. */
function beginsAnswer({ role, parent, above }: Seat, isAsked = false): boolean {
  if (role === "object" || role === "callee" || parent?.kind === "present") return above !== undefined && beginsAnswer(above, true);
  return isAsked && (parent === undefined ? role === "value" || role === "return" : parent.kind === "unary");
}

function layOutArrow(node: Of<"arrow">, seat: Seat): Doc {
  const parameters =
    seat.role === "hugged"
      ? `(${node.parameters.join(", ")})`
      : ["(", indent([softline, join([",", line], [...node.parameters])]), ifBreak(","), softline, ")"];
  const body = layOut(node.body, within(seat, node, "body"));
  const last = seat.role === "hugged" ? [ifBreak(","), softline] : [];
  if (node.body.kind === "object") return group([group(parameters), " =>", group([" ", ["(", body, ")"]])]);
  if (node.body.kind === "array") return group([group(parameters), " =>", group([" ", body])]);
  if (node.body.kind === "conditional") {
    return group([group(parameters), " =>", group([" ", group([ifBreak("", "("), indent([softline, body]), ifBreak("", ")"), ...last])])]);
  }
  return group([group(parameters), " =>", group([indent([line, body]), ...last])]);
}
