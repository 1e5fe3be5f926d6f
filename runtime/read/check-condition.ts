import { isStructured, type Column } from "./columns.ts";
import type { CheckedCondition, Operator } from "./condition.ts";
import { isRecord, type Fault } from "./fault.ts";
import { suggestion } from "./suggestion.ts";

const operators: readonly Operator[] = ["is", "isNot", "lessThan", "atMost", "moreThan", "atLeast", "in", "contains", "startsWith"];
const ordering: ReadonlySet<Operator> = new Set(["lessThan", "atMost", "moreThan", "atLeast"]);
const deepest = 8;
const mostParts = 200;
const everything: CheckedCondition = { kind: "all", of: [] };

interface Scene {
  readonly columns: readonly Column[];
  readonly faults: Fault[];
  parts: number;
}

/** Checks a condition as it came over the wire; what is wrong is added to the faults. */
export function checkCondition(columns: readonly Column[], condition: unknown, faults: Fault[]): CheckedCondition {
  const scene: Scene = { columns, faults, parts: 0 };
  const checked = checkPart(scene, condition, "where", 0);
  if (scene.parts > mostParts) faults.push({ field: "where", rule: `has more than ${mostParts} parts` });

  return checked;
}

function checkPart(scene: Scene, condition: unknown, at: string, depth: number): CheckedCondition {
  if (!isRecord(condition)) return fault(scene, at, "must be an object of fields and what they are compared with");
  if (depth > deepest) return fault(scene, at, `is nested deeper than ${deepest} levels`);

  return all(Object.entries(condition).map(([name, part]) => checkMember(scene, name, part, `${at}.${name}`, depth)));
}

function checkMember(scene: Scene, name: string, part: unknown, at: string, depth: number): CheckedCondition {
  if (++scene.parts > mostParts) return everything;
  if (name === "not") return { kind: "not", of: checkPart(scene, part, at, depth + 1) };
  if (name === "and" || name === "or") return checkJunction(scene, name, part, at, depth);

  const column = scene.columns.find(({ field }) => field === name);
  if (!column) {
    const known = scene.columns.map(({ field }) => field);

    return fault(scene, at, `is not a field of the list. ${suggestion(name, known)}`);
  }
  if (!isRecord(part)) return checkComparison(scene, column, "is", part, at);

  return all(Object.entries(part).map(([operator, value]) => checkOperator(scene, column, operator, value, `${at}.${operator}`)));
}

function checkJunction(scene: Scene, word: "and" | "or", parts: unknown, at: string, depth: number): CheckedCondition {
  if (!Array.isArray(parts)) return fault(scene, at, "must be a list of conditions");
  const of = parts.slice(0, mostParts + 1).map((part, index) => checkPart(scene, part, `${at}.${index}`, depth + 1));

  return { kind: word === "and" ? "all" : "any", of };
}

function checkOperator(scene: Scene, column: Column, operator: string, value: unknown, at: string): CheckedCondition {
  if (++scene.parts > mostParts) return everything;
  if (!isOperator(operator)) return fault(scene, at, `is no comparison. ${suggestion(operator, operators)}`);

  return checkComparison(scene, column, operator, value, at);
}

function checkComparison(scene: Scene, column: Column, operator: Operator, value: unknown, at: string): CheckedCondition {
  const rule = ruleBroken(column, operator, value);
  if (rule !== undefined) return fault(scene, at, rule);

  return { kind: "compare", column, operator, value: canonical(column, operator, value) };
}

function ruleBroken(column: Column, operator: Operator, value: unknown): string | undefined {
  if (operator === "in") return ruleOfMembership(column, value);
  if (operator === "contains" && column.type === "list") return isScalar(value) ? undefined : "must be text, a number, true, false or null";
  if (operator === "contains" || operator === "startsWith") return ruleOfText(column, value);
  if (value === null) return ordering.has(operator) ? "must not be null: nothing is more or less than it" : undefined;
  if (isStructured(column)) return "has parts, and can only be compared with null";

  return ordering.has(operator) && column.type === "boolean"
    ? "is true or false, and neither is more than the other"
    : ruleOfType(column, value);
}

function ruleOfMembership(column: Column, values: unknown): string | undefined {
  if (!Array.isArray(values) || values.length > mostParts) return `must be a list of at most ${mostParts} values`;
  if (isStructured(column)) return "has parts, and can only be compared with null";

  return values.map((value) => (value === null ? undefined : ruleOfType(column, value))).find((rule) => rule !== undefined);
}

function ruleOfText({ type, storage }: Column, value: unknown): string | undefined {
  if (storage !== "TEXT" || isStructured({ type })) return "is not text";

  return typeof value === "string" ? undefined : "must be text";
}

function ruleOfType({ type, storage }: Column, value: unknown): string | undefined {
  if (type === "boolean") return typeof value === "boolean" ? undefined : "must be true or false";
  if (type === "integer") return Number.isSafeInteger(value) ? undefined : "must be an integer";
  if (storage === "REAL") return Number.isFinite(value) ? undefined : "must be a number";
  if (type === "timestamp")
    return typeof value === "string" && !Number.isNaN(Date.parse(value)) ? undefined : "must be a point in time, as ISO 8601 text";

  return typeof value === "string" ? undefined : "must be text";
}

/** Timestamps are compared as text, so all of them have the one form that the log has. */
function canonical({ type }: Column, operator: Operator, value: unknown): unknown {
  if (type !== "timestamp" || value === null || operator === "contains" || operator === "startsWith") return value;

  return Array.isArray(value) ? value.map(canonicalTime) : canonicalTime(value);
}

function canonicalTime(value: unknown): unknown {
  if (value === null) return null;
  const time = Date.parse(String(value));

  return Number.isNaN(time) ? value : new Date(time).toISOString();
}

function all(of: readonly CheckedCondition[]): CheckedCondition {
  return of.length === 1 ? of[0]! : { kind: "all", of };
}

function fault({ faults }: Scene, field: string, rule: string): CheckedCondition {
  faults.push({ field, rule });

  return everything;
}

function isScalar(value: unknown): boolean {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}

function isOperator(name: string): name is Operator {
  return (operators as readonly string[]).includes(name);
}
