import { builders } from "prettier/doc";
import { layOut } from "../javascript/lay-out-expression.ts";
import { propertyAt, textAt } from "../javascript/lay-out-statements.ts";
import { key } from "../javascript/quote.ts";
import type { Js } from "../javascript/syntax.ts";

const { group, ifBreak, indent, join, line, softline } = builders;

/** `name: value,` at a level, ready to stand on lines of its own. */
export const propertyText = (level: number, name: string, value: Js): string => propertyAt(level, key(name), value);

/** A value that begins at the end of a line of level 0. */
export const valueText = (value: Js): string => textAt(0, layOut(value, { role: "value" }));

/** `name: {` */
export const openingText = (level: number, name: string): string => textAt(level, [key(name), ": {"]);

/** `name(a, b) {` */
export function methodText(level: number, name: string, parameters: readonly string[]): string {
  const list =
    parameters.length === 0 ? "()" : group(["(", indent([softline, join([",", line], [...parameters])]), ifBreak(","), softline, ")"]);
  return textAt(level, [key(name), list, " {"]);
}
