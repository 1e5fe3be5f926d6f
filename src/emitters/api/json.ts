export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const width = 80;

/** JSON as prettier lays it out, and on one line what fits there. Ends in a line break. */
export const layOutJson = (value: Json): string => `${laidOut(value, 0, 0)}\n`;

/** `taken`: how much of the line something before or behind the value needs. */
function laidOut(value: Json, level: number, taken: number): string {
  if (typeof value !== "object" || value === null) return plainText(value);
  return inLine(value, width - 2 * level - taken) ?? (isList(value) ? listText(value, level) : objectText(value, level));
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** The value on one line, if it has room there. Several things with several parts each are never in one line. */
function inLine(value: Json, room: number): string | undefined {
  if (room < 0) return undefined;
  if (typeof value !== "object" || value === null) return fitting(plainText(value), room);
  if (!isList(value)) return objectInLine(value, room);
  if (value.length > 1 && value.every(hasParts)) return undefined;
  return joined(value, room - 2, (item, left) => inLine(item, left), "[", "]");
}

const fitting = (text: string, room: number): string | undefined => (text.length <= room ? text : undefined);

function objectInLine(object: { readonly [key: string]: Json }, room: number): string | undefined {
  const entries = Object.entries(object);
  if (entries.length === 0) return fitting("{}", room);
  return joined(entries, room - 4, ([key, value], left) => memberInLine(plainText(key), value, left), "{ ", " }");
}

function memberInLine(key: string, value: Json, room: number): string | undefined {
  const text = inLine(value, room - key.length - 2);
  return text === undefined ? undefined : `${key}: ${text}`;
}

function joined<Item>(
  items: readonly Item[],
  room: number,
  textOf: (item: Item, room: number) => string | undefined,
  begin: string,
  end: string,
): string | undefined {
  let all = "";
  for (const item of items) {
    const before = all === "" ? "" : ", ";
    const text = textOf(item, room - all.length - before.length);
    if (text === undefined) return undefined;
    all += before + text;
  }
  return `${begin}${all}${end}`;
}

const hasParts = (value: Json): boolean => typeof value === "object" && value !== null && Object.keys(value).length > 1;

function listText(items: readonly Json[], level: number): string {
  const lines = items.map((item, index) => `${indentation(level + 1)}${laidOut(item, level + 1, index === items.length - 1 ? 0 : 1)}`);
  return `[\n${lines.join(",\n")}\n${indentation(level)}]`;
}

function objectText(object: { readonly [key: string]: Json }, level: number): string {
  const entries = Object.entries(object);
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
