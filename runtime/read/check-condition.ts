import { isRecord } from "../protocol/is-record.ts";
import { shortened } from "../protocol/validation/check.ts";
import { checkValue } from "./check-value.ts";
import { elementOf, isStructured, type Column } from "./columns.ts";
import { everything, type CheckedCondition, type Operator } from "./condition.ts";
import type { Fault } from "./fault.ts";
import { suggestion, unknownField } from "./suggestion.ts";

const operators: readonly Operator[] = ["is", "isNot", "lessThan", "atMost", "moreThan", "atLeast", "in", "contains", "startsWith"];
const ordering: ReadonlySet<Operator> = new Set(["lessThan", "atMost", "moreThan", "atLeast"]);
const unordered: ReadonlySet<Column["type"]> = new Set(["boolean", "choice"]);
const deepest = 8;
const mostParts = 200;

interface Scene {
  readonly columns: readonly Column[];
  readonly faults: Fault[];
  readonly most: number;
  parts: number;
}

/** Checks a condition as it came over the wire; what is wrong is added to the faults. Our own code may be as long-winded as it likes. */
export function checkCondition(columns: readonly Column[], condition: unknown, faults: Fault[], most = mostParts): CheckedCondition {
  const scene: Scene = { columns, faults, most, parts: 0 };
  const checked = checkPart(scene, condition, "where", 0);
  if (scene.parts > most) faults.push({ field: "where", rule: `has more than ${most} parts` });

  return checked;
}

function checkPart(scene: Scene, condition: unknown, at: string, depth: number): CheckedCondition {
  if (!isRecord(condition)) return fault(scene, at, "must be an object of fields and what they are compared with");
  if (depth > deepest) return fault(scene, at, `is nested deeper than ${deepest} levels`);

  return all(Object.entries(condition).map(([name, part]) => checkMember(scene, name, part, `${at}.${shortened(name)}`, depth)));
}

function checkMember(scene: Scene, name: string, part: unknown, at: string, depth: number): CheckedCondition {
  if (++scene.parts > scene.most) return everything;
  if (name === "not") return { kind: "not", of: checkPart(scene, part, at, depth + 1) };
  if (name === "and" || name === "or") return checkJunction(scene, name, part, at, depth);

  const column = scene.columns.find(({ field }) => field === name);
  if (!column) return fault(scene, at, unknownField(name, scene.columns));
  if (!isRecord(part)) return checkComparison(scene, column, "is", part, at);

  return all(
    Object.entries(part).map(([operator, value]) => checkOperator(scene, column, operator, value, `${at}.${shortened(operator)}`)),
  );
}

function checkJunction(scene: Scene, word: "and" | "or", parts: unknown, at: string, depth: number): CheckedCondition {
  if (!Array.isArray(parts)) return fault(scene, at, "must be a list of conditions");
  const of = parts.slice(0, scene.most + 1).map((part, index) => checkPart(scene, part, `${at}.${index}`, depth + 1));

  return { kind: word === "and" ? "all" : "any", of };
}

function checkOperator(scene: Scene, column: Column, operator: string, value: unknown, at: string): CheckedCondition {
  if (++scene.parts > scene.most) return everything;
  if (!isOperator(operator)) return fault(scene, at, `is no comparison. ${suggestion(operator, operators)}`);

  return checkComparison(scene, column, operator, value, at);
}

function checkComparison(scene: Scene, column: Column, operator: Operator, value: unknown, at: string): CheckedCondition {
  const rule = ruleOfUse(column, operator, value);
  if (rule !== undefined) return fault(scene, at, rule);
  if (operator === "contains" && column.type === "list") return checkElement(scene, column, value, at);
  if (operator === "contains" || operator === "startsWith") return { kind: "compare", column, operator, value };
  if (operator === "in") return checkMembership(scene, column, value, at);
  const checked = checkValue(column, value);

  return "rule" in checked ? fault(scene, at, checked.rule) : { kind: "compare", column, operator, value: checked.value };
}

/** Whether a field can be compared like this at all. */
function ruleOfUse(column: Column, operator: Operator, value: unknown): string | undefined {
  if (operator === "contains" && column.type === "list") return undefined;
  if (operator === "contains" || operator === "startsWith") return ruleOfText(column, value);
  if (isStructured(column) && (value !== null || ordering.has(operator))) return "has parts, and can only be compared with null";
  if (!ordering.has(operator)) return undefined;
  if (value === null) return "must not be null: nothing is more or less than it";

  return unordered.has(column.type) ? "cannot be more or less than another one" : undefined;
}

function checkElement(scene: Scene, column: Column, value: unknown, at: string): CheckedCondition {
  const element = elementOf(column);
  if (isStructured(element)) return fault(scene, at, "holds things that have parts, which cannot be compared");
  const checked = checkValue(element, value);

  return "rule" in checked ? fault(scene, at, checked.rule) : { kind: "compare", column, operator: "contains", value: checked.value };
}

function checkMembership(scene: Scene, column: Column, values: unknown, at: string): CheckedCondition {
  if (!Array.isArray(values) || values.length > scene.most) return fault(scene, at, `must be a list of at most ${scene.most} values`);
  const checked = values.map((value) => checkValue(column, value));
  const wrong = checked.find((each) => "rule" in each);
  if (wrong && "rule" in wrong) return fault(scene, at, wrong.rule);

  return { kind: "compare", column, operator: "in", value: checked.map((each) => ("value" in each ? each.value : null)) };
}

function ruleOfText({ type, storage }: Column, value: unknown): string | undefined {
  if (storage !== "TEXT" || isStructured({ type }) || type === "decimal") return "is not text";

  return typeof value === "string" ? undefined : "must be text";
}

function all(of: readonly CheckedCondition[]): CheckedCondition {
  return of.length === 1 ? of[0]! : { kind: "all", of };
}

function fault({ faults }: Scene, field: string, rule: string): CheckedCondition {
  faults.push({ field, rule });

  return everything;
}

function isOperator(name: string): name is Operator {
  return (operators as readonly string[]).includes(name);
}
