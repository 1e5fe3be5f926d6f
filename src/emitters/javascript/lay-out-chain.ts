import { builders, utils } from "prettier/doc";
import type { Doc } from "prettier";
import { isSimpleArgument } from "./simple-argument.ts";
import { within, type LayOut, type Seat } from "./seat.ts";
import type { Js } from "./syntax.ts";

const { breakParent, conditionalGroup, group, hardline, indent, join } = builders;
const { willBreak } = utils;

type Call = Extract<Js, { readonly kind: "call" }>;
export type LayOutArguments = (node: Call, seat: Seat) => Doc;

interface Link {
  readonly node: Js;
  readonly doc: Doc;
}

/** `a.b(…).c(…)`: on one line, or each call on a line of its own. */
export function layOutChain(node: Call, seat: Seat, layOut: LayOut, layOutArguments: LayOutArguments): Doc {
  const links = linksOf(node, seat, layOut, layOutArguments);
  const groups = groupsOf(links);
  const docs = groups.map((links) => links.map(({ doc }) => doc));
  const isMerged = beginsShort(groups[0] ?? [], seat);
  if (groups.length <= (isMerged ? 3 : 2)) return group(docs);

  const head = docs.slice(0, isMerged ? 2 : 1);
  const expanded = [...head, indent([hardline, join(hardline, docs.slice(head.length))])];
  if (mustBreak(links, docs)) return group(expanded);
  return [willBreak(docs) ? breakParent : "", conditionalGroup([docs, expanded])];
}

function linksOf(node: Js, seat: Seat, layOut: LayOut, layOutArguments: LayOutArguments): readonly Link[] {
  const below = (inner: Js, role: "callee" | "object" | "operand") => linksOf(inner, within(seat, node, role), layOut, layOutArguments);
  if (node.kind === "member") return [...below(node.object, "object"), { node, doc: `${node.optional ? "?." : "."}${node.property}` }];
  if (node.kind === "present") return [...below(node.operand, "operand"), { node, doc: "!" }];
  if (node.kind !== "call" || !["member", "call"].includes(node.callee.kind)) return [{ node, doc: layOut(node, seat) }];
  return [...below(node.callee, "callee"), { node, doc: layOutArguments(node, seat) }];
}

/** Whether a chain is long enough for each of its calls to get a line. */
export function isLongChain(node: Js, seat: Seat): boolean {
  const groups = groupsOf(
    linksOf(
      node,
      seat,
      () => "",
      () => "",
    ),
  );
  return groups.length > (beginsShort(groups[0] ?? [], seat) ? 3 : 2);
}

/** What it begins with, then each name with the calls behind it. */
function groupsOf(links: readonly Link[]): readonly (readonly Link[])[] {
  const [first, ...others] = links;
  const begin = first === undefined ? [] : [first];
  const isMember = (link: Link | undefined) => link?.node.kind === "member";
  let count = others.findIndex(isMember);
  if (first?.node.kind !== "call") while (isMember(others[count]) && isMember(others[count + 1])) count++;
  return [[...begin, ...others.slice(0, count)], ...others.slice(count).reduce(intoGroups, [])];
}

function intoGroups(groups: readonly (readonly Link[])[], link: Link): readonly (readonly Link[])[] {
  const last = groups.at(-1);
  const isNew = last === undefined || (link.node.kind === "member" && last.some(({ node }) => node.kind === "call"));
  return isNew ? [...groups, [link]] : [...groups.slice(0, -1), [...last, link]];
}

/** `Object.keys(…)` begins a chain as one word does. */
function beginsShort(first: readonly Link[], seat: Seat): boolean {
  const last = first.at(-1)?.node;
  const isFactory = (name: string) => /^[A-Z]|^[$_]+$/.test(name);
  if (first.length === 1) return last?.kind === "name" && (isFactory(last.name) || (seat.role === "statement" && last.name.length <= 2));
  return last?.kind === "member" && isFactory(last.property);
}

function mustBreak(links: readonly Link[], docs: readonly Doc[]): boolean {
  const calls = links.flatMap(({ node }) => (node.kind === "call" ? [node] : []));
  const isLong = calls.length > 2 && calls.some(({ args }) => !args.every((arg) => isSimpleArgument(arg)));
  const hasFunction = calls.slice(0, -1).some(({ args }) => args.some(({ kind }) => kind === "arrow"));
  return isLong || docs.slice(0, -1).some(willBreak) || (hasFunction && willBreak(docs.at(-1) ?? ""));
}
