import fc from "fast-check";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lex } from "../../grammar/lexer.ts";
import { parse } from "../../grammar/parse.ts";
import { print } from "../../grammar/print.ts";
import { models } from "./models.ts";
import { spannedNodes, withoutSpans } from "./tree-text.ts";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const chat = read("trees/chat.domain");
const shop = read("trees/shop.domain");
const statements = read("trees/statements.domain");

const root = join(import.meta.dirname, "../..");
const everyModel = globSync("{examples,test}/**/*.domain", { cwd: root, exclude: ["**/node_modules/**"] }).map((path) =>
  readFileSync(join(root, path), "utf8"),
);

/** Models with pieces cut out, doubled and replaced by anything. */
const broken = fc
  .tuple(fc.constantFrom(chat, shop, statements), fc.array(fc.tuple(fc.nat(4000), fc.nat(12), junk()), { minLength: 1, maxLength: 6 }))
  .map(([text, cuts]) =>
    cuts.reduce((cut, [at, length, put]) => cut.slice(0, at % cut.length) + put + cut.slice((at % cut.length) + length), text),
  );

function junk() {
  const words = fc.constantFrom(
    "\n",
    "\r",
    "\t",
    " ",
    "  ",
    '"',
    "“",
    "(",
    "[",
    "|",
    "/",
    "#",
    "where",
    "of",
    "not",
    "\u00a0",
    "\ufeff",
    "😀",
    "\ud83d",
    "=",
    ";",
    "event",
  );
  return fc.oneof(
    fc.constant(""),
    words,
    fc.string({ unit: "binary", maxLength: 6 }),
    fc.array(words, { maxLength: 8 }).map((parts) => parts.join("")),
  );
}

const anything = fc.oneof(broken, fc.string({ unit: "grapheme", maxLength: 200 }), fc.string({ unit: "binary", maxLength: 200 }), models);

describe("tokens", () => {
  it("and comments cover the text, but for spaces", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const { tokens, comments } = lex(text);
        const spans = [
          ...tokens.map((token) => [token.startOffset, token.startOffset + token.image.length]),
          ...comments.map(({ span }) => [span.start, span.end]),
        ];
        let end = 0;
        for (const [start, next] of spans.sort(([one], [other]) => one! - other!)) {
          expect(text.slice(end, start)).toMatch(/^[ \t]*$/);
          end = next!;
        }
        expect(text.slice(end)).toMatch(/^[ \t]*$/);
      }),
    );
  });
});

describe("parsing", () => {
  it("never throws, and its faults stand in the text, in order", () => {
    fc.assert(
      fc.property(anything, (text) => {
        let last = 0;
        for (const { span, fix } of parse(text).faults) {
          expect(span.start).toBeGreaterThanOrEqual(last);
          expect(span.end).toBeGreaterThanOrEqual(span.start);
          expect(span.end).toBeLessThanOrEqual(text.length);
          if (fix !== undefined) expect(fix.span.end).toBeLessThanOrEqual(text.length);
          last = span.start;
        }
      }),
      { numRuns: 500 },
    );
  });

  it("finds nothing wrong with generated models", () => {
    fc.assert(
      fc.property(models, (text) => {
        expect(parse(text).faults).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("gives spans that begin and end with their words, one inside the other", () => {
    const check = (text: string) => {
      for (const { node, around } of spannedNodes(parse(text).document.declarations)) {
        const slice = text.slice(node.span.start, node.span.end);
        expect(slice).toBe(slice.trim());
        expect(slice).not.toBe("");
        if (around !== undefined) {
          expect(node.span.start).toBeGreaterThanOrEqual(around.start);
          expect(node.span.end).toBeLessThanOrEqual(around.end);
        }
        if (node.kind === "name") expect(slice).toBe((node as unknown as { text: string }).text);
        if (node.kind === "name-expression") expect(slice).toBe((node as unknown as { name: string }).name);
        if (node.kind === "quoted") expect(slice[0]).toBe('"');
        if (node.kind === "list-literal") expect(slice).toMatch(/^\[[^]*\]$/);
        if (node.kind === "group") expect(slice).toMatch(/^\([^]*\)$/);
        const firstWords = wordsThatOpen[node.kind ?? ""];
        if (firstWords !== undefined) expect(slice).toMatch(firstWords);
      }
    };
    for (const text of [chat, shop, statements]) check(text);
    fc.assert(fc.property(models, check), { numRuns: 100 });
  });
});

const wordsThatOpen: Readonly<Record<string, RegExp>> = {
  aggregate: /^aggregate /,
  command: /^command /,
  event: /^(?:retired )?event /,
  reject: /^reject /,
  publish: /^publish /,
  set: /^set /,
  reaction: /^when /,
  "given-event": /^given /,
  "when-command": /^when /,
  "add-to": /^add /,
  if: /^if /,
};

describe("printing", () => {
  it("twice is once, whatever the text", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const once = print(parse(text).document, text);
        expect(print(parse(once).document, once)).toBe(once);
      }),
      { numRuns: 500 },
    );
  });

  it("ends lines as most of the text does", () => {
    const ends = fc.array(fc.constantFrom("\n", "\r\n"), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(ends, ([first, second, third]) => {
        const text = `domain  chat${first}${second}context  talk${third}`;
        const end = [first, second, third].filter((one) => one === "\r\n").length > 1 ? "\r\n" : "\n";
        expect(print(parse(text).document, text)).toBe(["domain chat", "", "context talk", ""].join(end));
      }),
    );
  });

  it("of a file from Windows is its layout with the ends of Windows", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const lines = `${text.replaceAll("\r", "")}\n`;
        const printed = print(parse(lines).document, lines);
        const there = lines.replaceAll("\n", "\r\n");
        expect(print(parse(there).document, there)).toBe(printed.replaceAll("\n", "\r\n"));
      }),
      { numRuns: 300 },
    );
  });

  const staysAsSaid = (text: string) => {
    const { document } = parse(text);
    const printed = parse(print(document, text));
    expect(printed.faults).toEqual([]);
    expect(withoutSpans(printed.document)).toEqual(withoutSpans(document));
  };

  it("changes nothing that is said", () => {
    fc.assert(fc.property(models, staysAsSaid), { numRuns: 300 });
  });

  it("changes nothing in any model of this repository", () => {
    const readable = everyModel.filter((text) => parse(text).faults.length === 0);
    expect(readable.length).toBeGreaterThan(200);
    for (const text of readable) staysAsSaid(text);
  });

  it("leaves a canonical file as it is", () => {
    for (const text of [chat, shop]) expect(print(parse(text).document, text)).toBe(text);
  });

  it("ends every line, and begins with the first one", () => {
    const text = '\ufeff\n\ndomain chat\n\n\n  "Hi."';
    expect(print(parse(text).document, text)).toBe('domain chat\n\n  "Hi."\n');
    expect(print(parse("").document, "")).toBe("");
  });
});
