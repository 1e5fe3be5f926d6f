import { parse } from "secure-json-parse";

/** Deeper than anything that a field can hold, and shallow enough for whatever walks through it. */
const deepest = 120;

/** JSON as it may be, and yet not one that is read; the message says why. */
export class JsonRefused extends SyntaxError {
  override readonly name = "JsonRefused";
}

/** JSON from a stranger. Throws `SyntaxError` where it is none, `JsonRefused` where it is nested too deeply or its keys would poison objects. */
export function readJson(text: string): unknown {
  if (text.length > 2 * deepest && hasManyOpenings(text) && isDeep(text)) {
    throw new JsonRefused(`It is nested deeper than ${deepest} levels.`);
  }
  try {
    return parse(text, null, { protoAction: "error", constructorAction: "error" });
  } catch (error) {
    throw isPoison(error) ? new JsonRefused("No name in it may be __proto__, nor constructor with a prototype below it.") : error;
  }
}

function isPoison(error: unknown): boolean {
  return error instanceof SyntaxError && error.message.includes("forbidden prototype");
}

/** Finding a character is far faster than looking at each; long texts are seldom full of brackets. */
function hasManyOpenings(text: string): boolean {
  let count = 0;
  for (const opening of ["[", "{"]) {
    for (let index = text.indexOf(opening); index >= 0; index = text.indexOf(opening, index + 1)) if (++count > deepest) return true;
  }

  return false;
}

function isDeep(text: string): boolean {
  let depth = 0;
  let isInText = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (isInText) {
      if (code === backslash) index += 1;
      else if (code === quote) isInText = false;
    } else if (code === quote) isInText = true;
    else if (code === openBracket || code === openBrace) {
      if (++depth > deepest) return true;
    } else if (code === closeBracket || code === closeBrace) depth -= 1;
  }

  return false;
}

const [quote, backslash, openBracket, closeBracket, openBrace, closeBrace] = [34, 92, 91, 93, 123, 125] as const;
