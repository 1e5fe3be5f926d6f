import type { Js, Statement } from "./syntax.ts";

/** Whether a name is mentioned: a parameter that nobody mentions is written with an underscore, or not at all. */
export function mentions(name: string, within: Js | readonly Statement[]): boolean {
  return "kind" in within ? inExpression(name, within) : within.some((statement) => inStatement(name, statement));
}

function inStatement(name: string, statement: Statement): boolean {
  switch (statement.kind) {
    case "const":
    case "return":
      return inExpression(name, statement.value);
    case "do":
      return inExpression(name, statement.expression);
    case "if":
      return inExpression(name, statement.test) || mentions(name, statement.then) || mentions(name, statement.otherwise ?? []);
    case "for":
      return inExpression(name, statement.of) || mentions(name, statement.body);
  }
}

function inExpression(name: string, node: Js): boolean {
  return node.kind === "name" ? node.name === name : children(node).some((child) => inExpression(name, child));
}

function children(node: Js): readonly Js[] {
  switch (node.kind) {
    case "name":
    case "text":
    case "constant":
    case "regex":
      return [];
    case "template":
      return node.parts.filter((part) => typeof part !== "string");
    case "member":
      return [node.object];
    case "call":
      return [node.callee, ...node.args];
    case "unary":
    case "present":
      return [node.operand];
    case "binary":
      return [node.left, node.right];
    case "conditional":
      return [node.test, node.then, node.otherwise];
    case "object":
      return node.properties.map((property) => ("spread" in property ? property.spread : property.value));
    case "array":
      return node.items;
    case "arrow":
      return [node.body];
  }
}

/** The parameters of a function with this body: those at the end that nobody mentions are left out, others get an underscore. */
export function usedParameters(parameters: readonly string[], body: Js | readonly Statement[]): readonly string[] {
  const used = parameters.map((parameter) => mentions(parameter, body));
  return parameters.slice(0, used.lastIndexOf(true) + 1).map((parameter, index) => (used[index] === true ? parameter : `_${parameter}`));
}

/** The statements without those `const`s that none of the later ones mentions. */
export function withoutUnused(statements: readonly Statement[]): readonly Statement[] {
  return statements.reduceRight<readonly Statement[]>((later, statement) => {
    if (statement.kind === "const" && !mentions(statement.name, later)) return later;
    return [statement, ...later];
  }, []);
}
