import type { CustomPatternMatcherFunc, IToken } from "chevrotain";
import { reservedWords } from "./reserved.ts";

const letters = /[\p{L}_][\p{L}\p{M}\p{N}_]*/uy;

/** Every way in which a word can start, for chevrotain's dispatch by first character: above 255 it looks at groups of 255 only. */
export const wordStarts: readonly number[] = [
  ...Array.from({ length: 256 }, (_, code) => code).filter((code) => /[\p{L}_]/u.test(String.fromCharCode(code))),
  ...Array.from({ length: 257 }, (_, group) => 256 + group * 255).filter((code) => code <= 0xffff),
];

/** A word: letters of any alphabet, digits, `_`. Plain ones are found without a regular expression, for speed. */
export const matchWord: CustomPatternMatcherFunc = (text, offset) => {
  let end = offset;
  while (isPlain(text.charCodeAt(end))) end++;
  if (text.charCodeAt(end) > 127) {
    letters.lastIndex = offset;
    return letters.exec(text);
  }
  return end > offset ? [text.slice(offset, end)] : null;
};

function isPlain(code: number) {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || (code >= 48 && code <= 57);
}

const pattern = /\/(?:[^/\\[\r\n]|\\[^\r\n]|\[(?:[^\]\\\r\n]|\\[^\r\n])*\])+\//y;

/** `/…/`, only behind `matching`, and behind `matches` where that follows a value: elsewhere a `/` divides. */
export const matchRegularExpression: CustomPatternMatcherFunc = (text, offset, tokens) => {
  const word = tokens.at(-1)?.image;
  if (word !== "matching" && !(word === "matches" && endsValue(tokens.at(-2)))) return null;
  pattern.lastIndex = offset;
  return pattern.exec(text);
};

function endsValue(token: IToken | undefined) {
  return token !== undefined && /[\p{L}\p{N}_")\]”]$/u.test(token.image) && !joining.has(token.image);
}

const joining: ReadonlySet<string> = new Set(reservedWords.filter((word) => word !== "none"));
