import { describe, expect, it } from "vitest";
import type { Aggregate, Context } from "../../grammar/ast.ts";
import { parse, parseExpression } from "../../grammar/parse.ts";

const lines = ["context c", "", "  aggregate a # behind", "    text: text", "", "    event sent", "      set text"];

function aggregateIn(text: string): { aggregate: Aggregate | undefined; codes: readonly string[] } {
  const { document, faults } = parse(text);
  const [context] = document.declarations as readonly Context[];
  return { aggregate: context?.members[0] as Aggregate | undefined, codes: faults.map(({ code }) => code) };
}

describe("the same model", () => {
  it.each([
    ["lines that end in LF", lines.join("\n")],
    ["lines that end in CRLF", lines.join("\r\n")],
    ["lines that end in CR", lines.join("\r")],
    ["a line feed at the end", `${lines.join("\n")}\n\n`],
    ["a byte order mark", `\ufeff${lines.join("\n")}`],
    ["spaces at the ends", lines.map((line) => `${line}  `).join("\n")],
    ["comments at any column", lines.flatMap((line, index) => [`${" ".repeat((index * 5) % 9)}# ${index}`, line]).join("\n")],
    ["empty lines of spaces", lines.flatMap((line, index) => [" ".repeat((index * 5) % 9), line]).join("\n")],
    ["four spaces a level", lines.map((line) => line.replaceAll("  ", "    ")).join("\n")],
    ["one space a level", lines.map((line) => line.replaceAll("  ", " ")).join("\n")],
  ])("with %s", (_, text) => {
    const { aggregate, codes } = aggregateIn(text);
    expect(codes).toEqual([]);
    expect(aggregate?.fields.map(({ name }) => name.text)).toEqual(["text"]);
    expect(aggregate?.events.map(({ statements }) => statements.length)).toEqual([1]);
    expect(text.slice(aggregate!.span.start, aggregate!.span.end)).toMatch(/^aggregate a[^]*set text$/);
  });

  it("with tabs is read, too, and the fix writes spaces", () => {
    const text = lines.map((line) => line.replaceAll("  ", "\t")).join("\n");
    const [fault, ...others] = parse(text).faults;
    expect([fault?.code, fault?.facts, others]).toEqual(["tab-indentation", { lines: 4 }, []]);
    const { span, text: mended } = fault!.fix!;
    expect(text.slice(0, span.start) + mended + text.slice(span.end)).toBe(lines.join("\n"));
  });
});

describe("files", () => {
  it.each(["", "\n", "\r\n\r\n", "   ", "# only a comment", "\ufeff", "\ufeff  # both"])(
    "that say nothing have nothing wrong: %j",
    (text) => {
      const { document, faults } = parse(text);
      expect([document.declarations, faults]).toEqual([[], []]);
    },
  );

  it("that are nested beyond reason are refused, not overflowed", () => {
    const deep = Array.from({ length: 3000 }, (_, depth) => `${" ".repeat(depth)}when a`).join("\n");
    expect(parse(`flow f\n${deep.replaceAll(/^/gm, " ")}`).faults.map(({ code }) => code)).toContain("too-deep");
    expect(parse(`list l\n  query q where ${"(".repeat(100_000)}`).faults.map(({ code }) => code)).toEqual(["too-deep"]);
  });

  it("of a thousand aggregates are read in time that grows with their length", () => {
    const aggregate = `${lines.join("\n")}\n\n`;
    const time = (count: number) => {
      const text = aggregate.repeat(count);
      const before = process.threadCpuUsage();
      expect(parse(text).faults).toEqual([]);
      const { user, system } = process.threadCpuUsage(before);
      return (user + system) / 1000;
    };
    const best = (count: number) => Math.min(time(count), time(count), time(count));
    best(200);
    expect(best(1250)).toBeLessThan(400);
    expect(best(4000) / best(500)).toBeLessThan(24);
  });

  it("of a thousand mistakes are reported in reasonable time", () => {
    const start = performance.now();
    const { faults } = parse("context c\n  aggregate a\n    comand send\n      publish sent txt = 1\n".repeat(500));
    expect(faults).toHaveLength(1000);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe("an expression alone", () => {
  it("counts its spans from where it stands", () => {
    expect(parseExpression("a.b", 10)?.span).toEqual({ start: 10, end: 13 });
  });

  it.each(["", "a b", "a ==", "1 = 2"])("is nothing where it cannot be read: %j", (text) => {
    expect(parseExpression(text)).toBeUndefined();
  });
});
