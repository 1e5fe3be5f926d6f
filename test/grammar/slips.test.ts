import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Fault } from "../../grammar/faults.ts";
import { parse } from "../../grammar/parse.ts";
import { type Mutation, mutationsOf } from "./mutations.ts";
import { withoutSpans } from "./tree-text.ts";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");

/** All slips in the chat, one in seven of the many in the shop. */
describe.each([
  { model: "chat", each: 1 },
  { model: "shop", each: 7 },
])("one slip of the hand in the $model", ({ model, each }) => {
  const text = read(`trees/${model}.domain`);
  const mutations = [...mutationsOf(text)].filter((_, index) => index % each === 0);
  const wrong = mutations.map((mutation) => ({ mutation, ...parse(mutation.text) })).filter(({ faults }) => faults.length > 0);

  it("is one fault, on its line, in at least 95 of 100 cases", () => {
    expect(wrong.length).toBeGreaterThan(500);
    const others = wrong.filter(({ mutation, faults }) => !isOneOnItsLine(mutation, faults)).map(({ mutation }) => mutation.what);
    expect(others.length / wrong.length, others.join("\n")).toBeLessThan(0.005);
  });

  it("leaves all that stands elsewhere as it was", () => {
    const whole = parse(text).document.declarations;
    const lost = wrong.filter(({ mutation, document }) => {
      const elsewhere = whole
        .filter(({ span }) => !isAround(text, span, mutation.line))
        .map((declaration) => JSON.stringify(withoutSpans(declaration)));
      const found = new Set(document.declarations.map((declaration) => JSON.stringify(withoutSpans(declaration))));
      return !elsewhere.every((declaration) => found.has(declaration));
    });
    expect(lost.length / wrong.length, lost.map(({ mutation }) => `${mutation.line}: ${mutation.what}`).join("\n")).toBeLessThan(0.01);
  });

  it("is mended by its fix, where there is one", () => {
    const wrongAgain = wrong.filter(
      ({ mutation, faults }) => faults.length === 1 && faults[0]!.fix !== undefined && !isMended(mutation.text, faults[0]!),
    );
    expect(wrongAgain.map(({ mutation }) => `${mutation.line}: ${mutation.what}`)).toEqual([]);
  });
});

function isOneOnItsLine({ text, line }: Mutation, faults: readonly Fault[]) {
  return faults.length === 1 && text.slice(0, faults[0]!.span.end).split("\n").length === line;
}

function isAround(text: string, { start, end }: { start: number; end: number }, line: number) {
  return text.slice(0, start).split("\n").length <= line && line <= text.slice(0, end).split("\n").length;
}

/** The fault is gone; one that it hid may come to light. */
function isMended(text: string, { code, span, fix }: Fault) {
  const mended = text.slice(0, fix!.span.start) + fix!.text + text.slice(fix!.span.end);
  const left = parse(mended).faults;
  return left.length < 2 && !left.some((other) => other.code === code && Math.abs(other.span.start - span.start) < 3);
}

describe("faults", () => {
  it("are all shown in the golden files", () => {
    const codes = [...read("../../grammar/faults.ts").matchAll(/^ {2}"([a-z-]+)": /gm)].map(([, code]) => code!);
    const folder = new URL("faults/", import.meta.url);
    const shown = readdirSync(folder)
      .filter((file) => file.endsWith(".golden"))
      .map((file) => readFileSync(new URL(file, folder), "utf8"))
      .join("");
    expect(codes.length).toBeGreaterThan(30);
    expect(codes.filter((code) => !shown.includes(`    ${code}\n`))).toEqual([]);
  });
});
