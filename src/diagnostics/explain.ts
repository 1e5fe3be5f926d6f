import { catalogue } from "./catalogue.ts";
import type { Code } from "./diagnostic.ts";
import { type Suggestion, suggest } from "./suggest.ts";

/** The page of `wkgen explain CODE`: why it matters, and the lines wrong and right. */
export function explain(code: Code): string {
  const { severity, why, wrong, right } = catalogue[code];
  return `${code} (${severity})\n\n${why}\n\nWrong:\n\n${indented(wrong)}\n\nRight:\n\n${indented(right)}\n`;
}

export const codes: readonly Code[] = (Object.keys(catalogue) as Code[]).sort();

export const isCode = (text: string): text is Code => Object.hasOwn(catalogue, text);

export const suggestCode = (text: string): Suggestion => suggest(text, codes);

const indented = (lines: string) => lines.replaceAll(/^(?=.)/gm, "    ");
