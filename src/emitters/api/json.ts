export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const width = 80;

/** JSON as prettier lays it out: objects one member a line, lists on a line where they fit. Ends in a line break. */
export const layOutJson = (value: Json): string => `${laidOut(value, 0, 0)}\n`;

/** `taken`: how much of the line something before or behind the value needs. */
function laidOut(value: Json, level: number, taken: number): string {
  if (typeof value !== "object" || value === null) return plainText(value);
  return isList(value) ? listText(value, level, taken) : objectText(value, level);
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

function listText(items: readonly Json[], level: number, taken: number): string {
  const inLine = items.every(isPlain) ? `[${items.map(plainText).join(", ")}]` : undefined;
  if (inLine !== undefined && 2 * level + taken + inLine.length <= width) return inLine;
  const lines = items.map((item) => `${indentation(level + 1)}${laidOut(item, level + 1, 1)}`);
  return `[\n${lines.join(",\n")}\n${indentation(level)}]`;
}

const isPlain = (item: Json): boolean => typeof item !== "object" || item === null || Object.keys(item).length === 0;

function objectText(object: { readonly [key: string]: Json }, level: number): string {
  const entries = Object.entries(object);
  if (entries.length === 0) return "{}";
  const lines = entries.map(([key, value], index) => {
    const head = `${plainText(key)}: `;
    const comma = index === entries.length - 1 ? 0 : 1;
    return `${indentation(level + 1)}${head}${laidOut(value, level + 1, head.length + comma)}`;
  });
  return `{\n${lines.join(",\n")}\n${indentation(level)}}`;
}

/** Documents of many thousands of lines say the same few words again and again. */
const known = new Map<string, string>();

function plainText(value: Json): string {
  if (typeof value !== "string" || value.length > longestKnown) return JSON.stringify(value);
  const text = known.get(value) ?? JSON.stringify(value);
  if (known.size < mostKnown) known.set(value, text);
  return text;
}

const longestKnown = 40;
const mostKnown = 2_000;

const indentations = Array.from({ length: 40 }, (_, level) => "  ".repeat(level));
const indentation = (level: number): string => indentations[level] ?? "  ".repeat(level);
