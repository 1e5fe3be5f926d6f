import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { layOut } from "../../grammar/layout.ts";
import { lex } from "../../grammar/lexer.ts";
import { splitLines } from "../../grammar/lines.ts";
import { parse } from "../../grammar/parse.ts";
import { print } from "../../grammar/print.ts";
import { Dedent, Indent, Newline } from "../../grammar/tokens.ts";
import { faultText } from "./fault-text.ts";
import { treeText } from "./tree-text.ts";

/** What each folder's inputs become; `npx vitest run --config test/vitest.config.ts test/grammar -u` writes the golden files anew. */
const phases: Readonly<Record<string, (text: string) => string>> = {
  tokens: tokensText,
  trees: (text) => {
    const { document, faults } = parse(text);
    expect(faults).toEqual([]);
    return treeText(document);
  },
  faults: (text) => {
    const { document, faults } = parse(text);
    return `${faultText(text, faults)}\n${treeText(document)}`;
  },
  formats: (text) => print(parse(text).document, text),
};

describe.each(Object.keys(phases))("%s", (phase) => {
  const folder = new URL(`${phase}/`, import.meta.url);
  const files = readdirSync(folder);
  const inputs = files.filter((file) => file.endsWith(".domain"));

  it.each(inputs)("%s", async (input) => {
    const text = readFileSync(new URL(input, folder), "utf8");
    await expect(phases[phase]!(text)).toMatchFileSnapshot(new URL(goldenOf(input), folder).pathname);
  });

  it("has no golden file without its input", () => {
    const orphans = files.filter((file) => file.endsWith(".golden") && !existsSync(new URL(`${basename(file, ".golden")}.domain`, folder)));
    expect(orphans).toEqual([]);
  });
});

function goldenOf(input: string) {
  return `${basename(input, ".domain")}.golden`;
}

/** One line of the file a line, its tokens by type; blocks are indented as they were understood. */
function tokensText(text: string): string {
  const { tokens } = layOut(text, splitLines(text, lex(text).tokens).lines);
  let depth = 0;
  let line = "";
  let result = "";
  for (const { tokenType, image, startOffset } of tokens) {
    if (tokenType === Newline) {
      result += `${"  ".repeat(depth)}${line}NEWLINE@${startOffset}\n`;
      line = "";
    } else if (tokenType === Indent || tokenType === Dedent) {
      result += `${tokenType === Indent ? "INDENT" : "DEDENT"}@${startOffset}\n`;
      depth += tokenType === Indent ? 1 : -1;
    } else {
      line += `${tokenType.name}(${image}) `;
    }
  }
  return result;
}
