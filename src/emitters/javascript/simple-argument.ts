import type { Js } from "./syntax.ts";

/** Whether an argument is so plain that several calls with such may share a line. */
export function isSimpleArgument(node: Js, depth = 0): boolean {
  const each = (nodes: readonly Js[]) => nodes.every((child) => isSimpleArgument(child, depth));
  switch (node.kind) {
    case "name":
    case "text":
    case "constant":
      return true;
    case "regex":
      return node.source.length <= 5;
    case "template":
      return each(node.parts.filter((part) => typeof part !== "string"));
    case "array":
      return each(node.items);
    case "object":
      return node.properties.every((property) => !("spread" in property) && isSimpleArgument(property.value, depth));
    case "member":
      return isSimpleArgument(node.object, depth);
    case "present":
    case "unary":
      return isSimpleArgument(node.operand, depth);
    case "call":
      return depth < 2 && isSimpleArgument(node.callee, depth) && node.args.every((arg) => isSimpleArgument(arg, depth + 1));
    case "binary":
    case "conditional":
    case "arrow":
      return false;
  }
}
