export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const width = 80;

/** JSON as prettier lays it out: objects one member a line, lists on a line where they fit. Ends in a line break. */
export const layOutJson = (value: Json): string => `${laidOut(value, 0, 0)}\n`;

/** `taken`: how much of the line something before or behind the value needs. */
function laidOut(value: Json, level: number, taken: number): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return isList(value) ? listText(value, level, taken) : objectText(value, level);
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

function listText(items: readonly Json[], level: number, taken: number): string {
  const inLine = items.every(isPlain) ? `[${items.map((item) => JSON.stringify(item)).join(", ")}]` : undefined;
  if (inLine !== undefined && 2 * level + taken + inLine.length <= width) return inLine;
  const lines = items.map((item) => `${indentation(level + 1)}${laidOut(item, level + 1, 1)}`);
  return `[\n${lines.join(",\n")}\n${indentation(level)}]`;
}

const isPlain = (item: Json): boolean => typeof item !== "object" || item === null || Object.keys(item).length === 0;

function objectText(object: { readonly [key: string]: Json }, level: number): string {
  const entries = Object.entries(object);
  if (entries.length === 0) return "{}";
  const lines = entries.map(([key, value], index) => {
    const head = `${JSON.stringify(key)}: `;
    const comma = index === entries.length - 1 ? 0 : 1;
    return `${indentation(level + 1)}${head}${laidOut(value, level + 1, head.length + comma)}`;
  });
  return `{\n${lines.join(",\n")}\n${indentation(level)}}`;
}

const indentation = (level: number): string => "  ".repeat(level);
