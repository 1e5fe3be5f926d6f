import { builders, utils } from "prettier/doc";
import type { Doc } from "prettier";
import { layOutChain } from "./lay-out-chain.ts";
import { isNumber } from "./numbers.ts";
import { within, type LayOut, type Seat } from "./seat.ts";
import type { Js } from "./syntax.ts";

const { breakParent, conditionalGroup, group, ifBreak, indent, line, softline } = builders;

const { willBreak } = utils;

type Call = Extract<Js, { readonly kind: "call" }>;

export function layOutCall(node: Call, seat: Seat, layOut: LayOut): Doc {
  if (node.callee.kind === "member") return layOutChain(node, seat, layOut, (call, place) => layOutArguments(call, place, layOut));
  return group([layOut(node.callee, within(seat, node, "callee")), layOutArguments(node, seat, layOut)]);
}

function layOutArguments(node: Call, seat: Seat, layOut: LayOut): Doc {
  if (node.args.length === 0) return "()";
  const printed = node.args.map((arg) => layOut(arg, within(seat, node, "argument")));
  const separated = printed.map((doc, index) => (index === printed.length - 1 ? doc : [doc, ",", line]));
  const broken = group(["(", indent([softline, ...separated]), ifBreak(","), softline, ")"], { shouldBreak: true });
  if (composesFunctions(node.args) || (hugs(node.args) && printed.slice(0, -1).some(willBreak))) return broken;
  if (!hugs(node.args))
    return group(["(", indent([softline, ...separated]), ifBreak(","), softline, ")"], { shouldBreak: printed.some(willBreak) });

  const last = layOut(node.args.at(-1)!, within(seat, node, "hugged"));
  const before = separated.slice(0, -1);
  if (willBreak(last)) return [breakParent, conditionalGroup([["(", ...before, group(last, { shouldBreak: true }), ")"], broken])];
  return conditionalGroup([["(", ...before, last, ")"], ["(", ...before, group(last, { shouldBreak: true }), ")"], broken]);
}

/** Several functions, or a call with a function beside other arguments: each on a line of its own. */
function composesFunctions(args: readonly Js[]): boolean {
  if (args.length < 2) return false;
  const isFunction = (node: Js) => node.kind === "arrow";
  return args.filter(isFunction).length > 1 || args.some((node) => node.kind === "call" && node.args.some(isFunction));
}

/** Whether the last argument opens on the line of the call. */
function hugs(args: readonly Js[]): boolean {
  const last = args.at(-1);
  const previous = args.at(-2);
  if (last === undefined || previous?.kind === last.kind) return false;
  const isNumbers = last.kind === "array" && last.items.every(isNumber);
  if (last.kind === "array" && previous !== undefined && (isNumbers || (args.length === 2 && previous.kind === "arrow"))) return false;
  return opens(last);
}

function opens(node: Js): boolean {
  if (node.kind === "object") return node.properties.length > 0;
  if (node.kind === "array") return node.items.length > 0;
  return node.kind === "arrow" && ["object", "array", "conditional", "call"].includes(node.body.kind);
}
