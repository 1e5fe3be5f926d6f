import type { Expression } from "../../src/model/expression.ts";

/** What an expression means, in one line: every name with what it is, every operation in parentheses. */
export function writtenOut(node: Expression): string {
  switch (node.kind) {
    case "literal":
      return `${JSON.stringify(node.value)}:${node.type.kind}`;
    case "option":
      return `option ${node.option}`;
    case "read":
      return `${node.from}.${node.field}`;
    case "local":
      return `${node.what} ${node.name}`;
    case "element":
      return `each ${node.variable}`;
    case "given":
      return node.what;
    case "member":
      return `(${writtenOut(node.of)}).${node.field}`;
    case "table":
      return `table ${node.table}`;
    case "not":
    case "negate":
    case "convert":
    case "present":
      return `${node.kind}(${writtenOut(node.operand)})`;
    case "logic":
      return `(${node.operands.map(writtenOut).join(` ${node.word} `)})`;
    case "comparison":
    case "arithmetic":
      return `(${writtenOut(node.left)} ${node.operator} ${writtenOut(node.right)})`;
    case "membership":
      return `(${writtenOut(node.item)} in ${writtenOut(node.list)})`;
    case "text-test":
      return `(${writtenOut(node.text)} ${node.operator} ${writtenOut(node.part)})`;
    case "matches":
      return `(${writtenOut(node.operand)} matches ${node.pattern})`;
    case "is-empty":
    case "is-none":
      return `${node.negated ? "not " : ""}${node.kind}(${writtenOut(node.operand)})`;
    case "otherwise":
      return `(${writtenOut(node.value)} otherwise ${writtenOut(node.fallback)})`;
    case "if":
      return `if(${[node.condition, node.then, node.otherwise].map(writtenOut).join(", ")})`;
    case "list":
      return `[${node.items.map(writtenOut).join(", ")}]`;
    case "construct":
      return `{${node.fields.map(({ field, value }) => `${field}=${writtenOut(value)}`).join(", ")}}`;
    case "call":
      return `${node.function.name}(${node.arguments.map(writtenOut).join(", ")})`;
    case "transform":
      return `${node.word}(${writtenOut(node.operand)})`;
    case "pick":
    case "count":
    case "quantifier":
    case "filter": {
      const where = node.where === undefined ? "" : ` where ${writtenOut(node.where.condition)}`;
      return `${"word" in node ? node.word : node.kind}(${writtenOut(node.list)}${where})`;
    }
    case "aggregation":
      return `${node.word}(${writtenOut(node.value)} over ${writtenOut(node.list)})`;
  }
}
