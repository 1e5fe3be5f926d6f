import type { IToken } from "chevrotain";
import type { RuleName } from "./attempt.ts";
import { rewritten, type Explained, type Rewriting } from "./rewrite.ts";
import { Digits } from "./tokens.ts";

/** `1,000`, `500 EUR`, `5.1.2026`, `map of text to integer`, `publish message.sent`: values, types and names as they are written elsewhere. */
export function otherValue(tokens: readonly IToken[], rule: RuleName, at: number, text: string): Explained | undefined {
  const readings = [
    groupedDigits(tokens, at),
    amountOfMoney(tokens, at),
    dottedDate(tokens, at),
    mapOfKeys(tokens, at, rule),
    eventOfItself(tokens, at, rule),
  ];
  for (const reading of readings) {
    const explained = reading && rewritten(tokens, rule, reading, text);
    if (explained !== undefined) return explained;
  }

  return undefined;
}

/** `1,000`, `1,000,000` */
function groupedDigits(tokens: readonly IToken[], at: number): Rewriting | undefined {
  const found = oneWord(tokens, at, 5, /^\d{1,3}(?:,\d{3}){2}(?:\.\d+)?$/) ?? oneWord(tokens, at, 3, /^\d{1,3},\d{3}(?:\.\d+)?$/);

  return found && { ...found, write: found.image.replaceAll(",", "") };
}

const currency = /^(?:[A-Z]{3}|euros?|dollars?|pounds?|francs?)$/;

/** `500 EUR`, `EUR 500` */
function amountOfMoney(tokens: readonly IToken[], at: number): Rewriting | undefined {
  const [before, found] = [tokens[at - 1], tokens[at]];
  if (before === undefined || found === undefined) return undefined;
  const [amount, unit] = before.tokenType === Digits ? [before, found] : [found, before];
  if (amount.tokenType !== Digits || !currency.test(unit.image)) return undefined;

  return { first: at - 1, count: 2, write: amount.image };
}

/** `5.1.2026`, as where dates are written with dots: the day comes first. */
function dottedDate(tokens: readonly IToken[], at: number): Rewriting | undefined {
  const found = oneWord(tokens, at, 3, /^(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.\d{4}$/);
  if (found === undefined) return undefined;
  const [day, month, year] = found.image.split(".").map((part) => part.padStart(2, "0"));

  return { ...found, write: `${year}-${month}-${day}` };
}

/** `map of text to integer`: the keys of a map are texts anyway. */
function mapOfKeys(tokens: readonly IToken[], at: number, rule: RuleName): Rewriting | undefined {
  const first = at - 3;
  const [map, of, key, to, value] = tokens.slice(Math.max(0, first), at + 2).map(({ image }) => image);
  const isMap = rule === "field" && map === "map" && of === "of" && to === "to";

  return isMap && key === "text" && value !== undefined ? { first, count: 5, write: `map of ${value}` } : undefined;
}

/** `publish message.sent`: an aggregate publishes nothing but its own events. */
function eventOfItself(tokens: readonly IToken[], at: number, rule: RuleName): Rewriting | undefined {
  const event = tokens[at + 1];

  return rule === "publish" && at === 2 && tokens[at]!.image === "." && event !== undefined
    ? { first: at - 1, count: 3, write: event.image }
    : undefined;
}

/** So many tokens without a space between them that look like this; the parser has stumbled over the second or the third. */
function oneWord(tokens: readonly IToken[], at: number, count: number, pattern: RegExp) {
  for (const first of [at - 2, at - 1]) {
    const parts = first < 0 ? [] : tokens.slice(first, first + count);
    const image = parts.map((part) => part.image).join("");
    const isTight = parts.every((part, index) => index === 0 || part.startOffset === endOf(parts[index - 1]!));
    if (parts.length === count && isTight && pattern.test(image)) return { first, count, image };
  }

  return undefined;
}

const endOf = ({ startOffset, image }: IToken): number => startOffset + image.length;
