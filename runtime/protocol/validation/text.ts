import type { FieldType } from "../field.ts";
import { amountInWords, fault, type Check, type Fault } from "./check.ts";

type TextType = Extract<FieldType, { readonly type: "text" }>;

/** Text, counted in characters as Unicode does (code points), not in the halves that JavaScript counts. */
export function checkText({ minLength, maxLength, matching }: TextType): Check {
  const length = minLength === undefined && maxLength === undefined ? undefined : amountInWords(minLength, maxLength, "character");
  const pattern = matching && new RegExp(matching.source, matching.flags.replace(/[gy]/g, ""));

  return (value, faults) => {
    if (!isSound(value, faults)) return undefined;
    if (length !== undefined && !isWithin(value, minLength ?? 0, maxLength ?? Infinity)) return fault(faults, `must be ${length} long`);
    if (pattern !== undefined && !pattern.test(value)) return fault(faults, `must match /${matching!.source}/`);
    return value;
  };
}

/** Half of a surrogate pair cannot be stored as UTF-8, and NUL ends a text in too many databases; neither is ever meant. */
export function isSound(value: unknown, faults: Fault[]): value is string {
  const rule = unsoundness(value);
  if (rule !== undefined) fault(faults, rule);
  return rule === undefined;
}

function unsoundness(value: unknown): string | undefined {
  if (typeof value !== "string") return "must be text";
  if (value.includes("\0")) return "must not contain the character NUL";
  return value.isWellFormed() ? undefined : "must not contain half of a character (a lone surrogate)";
}

function isWithin(text: string, least: number, most: number): boolean {
  if (text.length < least || text.length > most * 2) return false;
  if (text.length <= most && text.length >= least * 2) return true;
  let count = 0;
  for (const _ of text) count++;
  return count >= least && count <= most;
}

const idRule = "must be an id: 1 to 200 characters, no control characters";

/** Whether a text may name an aggregate, a command or anything else that is told apart by an id. */
export function isId(value: unknown): value is string {
  return typeof value === "string" && value.length > 0 && value.length <= 200 && !/\p{Cc}/u.test(value) && value.isWellFormed();
}

export const checkId: Check = (value, faults) => (isId(value) ? value : fault(faults, idRule));

export const checkEmail: Check = (value, faults) => {
  const isEmail = typeof value === "string" && value.length <= 254 && /^[^\s@\p{Cc}]{1,64}@[^\s@.\p{Cc}]+(\.[^\s@.\p{Cc}]+)+$/u.test(value);
  return isEmail && value.isWellFormed() ? value : fault(faults, "must be an e-mail address like jane@example.com");
};

/** Only http and https: a `javascript:` address in a list becomes a link on somebody's page. */
export const checkUrl: Check = (value, faults) => {
  const isUrl = typeof value === "string" && /^https?:\/\/[^\s\p{Cc}]+$/iu.test(value) && URL.canParse(value);
  return isUrl && value.isWellFormed() ? value : fault(faults, "must be a web address like https://example.com");
};

/** An option that was renamed is understood under its former names, too, and becomes the one of now. */
export function checkChoice({ of, renamed = {} }: Extract<FieldType, { readonly type: "choice" }>): Check {
  const allowed = new Map<unknown, string>([...Object.entries(renamed), ...of.map((option) => [option, option] as const)]);
  const rule = `must be ${[of.slice(0, -1).join(", "), of.at(-1)].filter(Boolean).join(" or ")}`;

  return (value, faults) => allowed.get(value) ?? fault(faults, rule);
}
