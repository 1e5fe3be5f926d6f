import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyse } from "../../src/compile.ts";
import { lineAt, linesOf } from "../../src/diagnostics/position.ts";
import { memoryHost } from "../../src/host/memory-host.ts";
import { framed } from "./frame.ts";
import { type Mutation, mutationsOf } from "./mutations.ts";

const chat = readFileSync(join(import.meta.dirname, "../../examples/chat/chat.domain"), "utf8");
const shop = readFileSync(join(import.meta.dirname, "models/shop.domain"), "utf8");

const errorsIn = (text: string) =>
  analyse(memoryHost({ "/model.domain": text }), ["/model.domain"]).diagnostics.filter(({ severity }) => severity === "error");

/** What each slip is told. That something cannot be generated yet is no slip. */
const outcomesOf = (mutations: readonly Mutation[]) =>
  mutations.map(({ what, text, line }) => {
    const lines = linesOf(text);
    const errors = errorsIn(text);
    return { what, line, errors: errors.map(({ code, location }) => ({ code, line: lineAt(lines, location.span.start) })) };
  });

test("one slip in the shop is told once, on its own line, in at least 95 of 100 cases", () => {
  const wrong = outcomesOf(mutationsOf(shop).filter((_, index) => index % 10 === 0)).filter(({ errors }) => errors.length > 0);
  const other = wrong.filter(({ errors, line }) => errors.length !== 1 || errors[0]?.line !== line);
  expect(wrong.length).toBeGreaterThan(350);
  expect(other.length / wrong.length, other.map(({ line, what }) => `${String(line)}: ${what}`).join("\n")).toBeLessThanOrEqual(0.05);
});

describe("one slip in the chat", () => {
  const outcomes = outcomesOf(mutationsOf(chat));
  const wrong = outcomes.filter(({ errors }) => errors.length > 0);

  test("is told once, on its own line, in at least 95 of 100 cases", () => {
    const other = wrong.filter(({ errors, line }) => errors.length !== 1 || errors[0]?.line !== line);
    expect(wrong.length).toBeGreaterThan(700);
    expect(other.length / wrong.length, other.map(({ line, what }) => `${String(line)}: ${what}`).join("\n")).toBeLessThanOrEqual(0.05);
  });

  test("never passes unnoticed, unless it only renames or shifts what may be", () => {
    const silent = outcomes.filter(({ errors }) => errors.length === 0).map(({ what }) => what);
    expect(silent.filter((what) => !/domain c|context comm|one space/.test(what))).toEqual([]);
  });
});

test("a name that is nowhere declared is always told", () => {
  const places = [
    "command like\n  publish liked with likes = QQQ",
    "command like\n  publish liked with QQQ = 1, likes = 1",
    "command like\n  publish QQQ",
    'command like\n  reject "No." when QQQ is 1\n  publish liked with likes = 1',
    'command like\n  reject "Only {QQQ}." when likes > 1\n  publish liked with likes = 1',
    "event liked\n  likes: integer\n  set QQQ",
    "event liked\n  likes: QQQ\n  set likes",
    "allow everyone to QQQ",
    "allow everyone to see QQQ",
    "allow QQQ to like",
    "allow everyone to like where QQQ",
    "list messages\n  text: text\n\n  when message.sent\n    add QQQ\n\n  allow everyone to read",
    "list messages\n  text: text\n\n  when message.QQQ\n    add text\n\n  allow everyone to read",
    "list messages\n  text: text\n\n  when QQQ.sent\n    add text\n\n  allow everyone to read",
    "list messages\n  text: text\n\n  when message.sent\n    add text\n\n  allow everyone to read where QQQ is 1",
    "list messages\n  text: text\n  index by QQQ\n\n  when message.sent\n    add text\n\n  allow everyone to read",
    'scenario "A"\n  when message.QQQ\n  then nothing',
    'scenario "A"\n  when message.send with QQQ = 1\n  then nothing',
    'scenario "A"\n  when message.send with text = "a"\n  then QQQ has text = "a"',
    'scenario "A"\n  when message.send with text = "a"\n  then messages has QQQ = "a"',
    'scenario "A"\n  when message.send with text = QQQ\n  then nothing',
  ];
  for (const place of places) {
    const errors = errorsIn(framed(place));
    expect([place, errors.length]).toEqual([place, 1]);
    expect(errors[0]?.message).toContain("QQQ");
  }
});

test("whatever is done to a model, checking it ends with findings and never fails", () => {
  const lines = chat.split("\n");
  const edit = fc.record({
    at: fc.nat(chat.length),
    remove: fc.nat(40),
    insert: fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom(...lines, " ", "\n", "\t", '"')),
  });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
      const text = edits.reduce((before, { at, remove, insert }) => before.slice(0, at) + insert + before.slice(at + remove), chat);
      const { diagnostics, texts } = analyse(memoryHost({ "/model.domain": text }), ["/model.domain"]);
      for (const { location, message } of diagnostics) {
        expect(location.span.start).toBeGreaterThanOrEqual(0);
        expect(location.span.end).toBeLessThanOrEqual(texts.get(location.file)?.length ?? -1);
        expect(message).not.toMatch(/undefined|\[object|NaN/);
      }
    }),
    { numRuns: 400 },
  );
});
