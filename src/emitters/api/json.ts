export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const width = 80;

/** JSON as prettier lays it out, and on one line what fits there. Ends in a line break. */
export const layOutJson = (value: Json): string => `${laidOut(value, 0, 0)}\n`;

/** `taken`: how much of the line something before or behind the value needs. */
function laidOut(value: Json, level: number, taken: number): string {
  if (typeof value !== "object" || value === null) return plainText(value);
  const room = width - 2 * level - taken;

  return isList(value) ? laidOutList(value, level, room) : laidOutObject(value, level, room);
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** Several things with several parts each are never in one line. */
function laidOutList(items: readonly Json[], level: number, room: number): string {
  const texts = items.map((item, index) => laidOut(item, level + 1, index === items.length - 1 ? 0 : 1));
  if (fit(texts, room - 2) && !(items.length > 1 && items.every(hasParts))) return `[${texts.join(", ")}]`;

  return inLines("[", texts, "]", level);
}

function laidOutObject(object: { readonly [key: string]: Json }, level: number, room: number): string {
  const keys = Object.keys(object);
  if (keys.length === 0) return "{}";
  const texts = keys.map((key, index) => {
    const head = `${plainText(key)}: `;
    return head + laidOut(object[key]!, level + 1, head.length + (index === keys.length - 1 ? 0 : 1));
  });

  return fit(texts, room - 4) ? `{ ${texts.join(", ")} }` : inLines("{", texts, "}", level);
}

/** Whether they are one line each, and have room on the same. */
function fit(texts: readonly string[], room: number): boolean {
  let length = -2;
  for (const text of texts) {
    length += text.length + 2;
    if (length > room || text.includes("\n")) return false;
  }
  return true;
}

function inLines(begin: string, texts: readonly string[], end: string, level: number): string {
  return `${begin}${lineBreak(level + 1)}${texts.join(`,${lineBreak(level + 1)}`)}${lineBreak(level)}${end}`;
}

const hasParts = (value: Json): boolean => typeof value === "object" && value !== null && Object.keys(value).length > 1;

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

const lineBreaks = Array.from({ length: 40 }, (_, level) => `\n${"  ".repeat(level)}`);
const lineBreak = (level: number): string => lineBreaks[level] ?? `\n${"  ".repeat(level)}`;
