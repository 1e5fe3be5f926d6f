import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { analyse } from "../../src/compile.ts";
import { memoryHost } from "../../src/host/memory-host.ts";

// What people who know their trade, and no programming, write in the place of a line (NAME.slips: the lines that are there, then those in their
// place), and what they are told about it (NAME.txt).

const folder = join(import.meta.dirname, "experts");
const trades = readdirSync(folder)
  .filter((name) => name.endsWith(".domain"))
  .map((name) => name.replace(".domain", ""));

interface Slip {
  readonly text: string;
  readonly right: string;
  readonly wrong: string;
}

function slipsOf(trade: string): readonly Slip[] {
  const texts = readFileSync(join(folder, `${trade}.slips`), "utf8")
    .trimEnd()
    .split("\n\n");
  return texts.map((text) => ({ text, right: side(text, "- "), wrong: side(text, "+ ") }));
}

function side(text: string, sign: string): string {
  const lines = text.split("\n").filter((line) => line.startsWith(sign));
  return lines.map((line) => line.slice(sign.length)).join("\n");
}

const told = (model: string) => analyse(memoryHost({ "/model.domain": model }), ["/model.domain"]).diagnostics;

describe.each(trades)("%s", (trade) => {
  const model = readFileSync(join(folder, `${trade}.domain`), "utf8");
  const slips = slipsOf(trade).map((slip) => ({ ...slip, diagnostics: told(model.replace(slip.right, () => slip.wrong)) }));

  it("is right as it stands", () => {
    expect(told(model)).toEqual([]);
    expect(slips.filter(({ right }) => !model.includes(right))).toEqual([]);
  });

  it("is told about each slip as it was", async () => {
    const texts = slips.map(({ text, diagnostics }) => {
      const sentences = diagnostics.map(({ code, message, help, fix }) =>
        [code, message, help, fix && `fixed: ${fix.text.trim()}`].filter((part) => part !== undefined).join("\n    "),
      );
      return `${text}\n\n    ${sentences.join("\n\n    ")}\n`;
    });
    await expect(texts.join("\n")).toMatchFileSnapshot(join(folder, `${trade}.txt`));
  });

  it("hears of each slip once", () => {
    const others = slips.filter(({ diagnostics }) => diagnostics.length !== 1);
    expect(others.map(({ text, diagnostics }) => `${text}\n${diagnostics.length}`)).toEqual([]);
  });
});
