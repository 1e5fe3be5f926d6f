import { describe, expect, test } from "vitest";
import { analyse } from "../../src/compile.ts";
import { memoryHost } from "../../src/host/memory-host.ts";
import type { Domain } from "../../src/model/domain.ts";
import type { Expression } from "../../src/model/expression.ts";
import { inAggregate, inFlow, inList } from "../../src/model/expressions-in.ts";
import { writtenOut } from "./written-out.ts";

// Which name is meant where, row by row; and the rules that are easy to get wrong, one by one.

type Slot = "command" | "event" | "member" | "reaction" | "list" | "onEvent" | "onRejection" | "onTimer" | "flow" | "scenario" | "top";

/** `size` is the name of something everywhere, so that a bare `size` has to be one of them. */
function model(slots: { readonly [At in Slot]?: string }): string {
  const at = (slot: Slot, indent: string) => (slots[slot] === undefined ? "" : `\n${slots[slot].replaceAll(/^(?=.)/gm, indent)}`);
  return `domain demo

role clerk

choice mood
  calm
  cross

value part
  size: integer
  name: text

table limits
  | size: integer | mood: mood |
  | 5             | calm       |
${at("top", "")}

context shop

  aggregate box
    size: integer
    stock: integer
    note: optional text
    mood: mood = calm
    parts: list of part
    names: list of text

    command begin on new box
      size: integer
      publish begun with size

    command act
      size: integer
      wish: integer
      code: optional text${at("command", "      ")}
      publish acted with size, amount = wish

    event begun
      size: integer
      set size

    event acted
      size: integer
      amount: integer${at("event", "      ") || "\n      set size"}
${at("member", "    ")}

    allow everyone to begin, act
    allow everyone to see begun, acted

list boxes
  size: integer
  count: integer
  author: optional id
  mood: mood = calm${at("list", "  ")}

  when box.begun
    add size, author = event.user

  when box.acted${at("reaction", "    ") || "\n    update size"}

  allow everyone to read

flow packing for each box
  size: integer
  stage: integer

  when box.begun
    set size
    schedule check in 1 day${at("onEvent", "    ")}

  when box.act rejected
    set stage = 1${at("onRejection", "    ")}

  when check
    set stage = 2${at("onTimer", "    ")}${at("flow", "  ")}

scenario "A story"
  given box.begun on b1 as jane with size = 1
  when box.act on b1 with size = 2, wish = 3
  then box.acted with amount = 3${at("scenario", "  ")}
`;
}

function analysed(slots: Parameters<typeof model>[0]): { readonly codes: readonly string[]; readonly domain: Domain } {
  const { diagnostics, domain } = analyse(memoryHost({ "/m.domain": model(slots) }), ["/m.domain"]);
  const wrong = diagnostics.filter(({ severity }) => severity === "error");
  return { codes: wrong.map(({ code }) => code), domain };
}

/** What the expressions with `777` in them mean, in any part of the model; or what is wrong. */
function meaning(slots: Parameters<typeof model>[0]): string {
  const { codes, domain } = analysed(slots);
  if (codes.length > 0) return codes.join(" ");
  const all: Expression[] = [
    ...domain.contexts.flatMap(({ aggregates }) => aggregates.flatMap((one) => inAggregate(one))),
    ...domain.lists.flatMap((one) => inList(one)),
    ...domain.flows.flatMap((one) => inFlow(one)),
  ];
  return all
    .map(writtenOut)
    .filter((written) => written.includes("777"))
    .join(" & ")
    .replaceAll(":integer", "");
}

describe("a bare name", () => {
  const is777 = (name: string) => `reject "No." when ${name} is 777`;
  test.each<readonly [place: string, slots: Parameters<typeof model>[0], means: string]>([
    ["in a command is a field of the command before the state", { command: is777("size") }, "(command.size is 777)"],
    ["in a command is of the state where the command has none", { command: is777("stock") }, "(state.stock is 777)"],
    ["in a command is first what let has named", { command: `let width = stock\n${is777("width")}` }, "(let width is 777)"],
    ["in an event is a field of the event before the state", { event: "set stock = size + 777" }, "(event.size + 777)"],
    ["in an event is of the state where the event has none", { event: "set size = stock + 777" }, "(state.stock + 777)"],
    ["in an invariant is of the state", { member: 'invariant "No." size < 777' }, "(state.size < 777)"],
    ["in a condition of allow is of the state", { member: "allow clerk to act where size is 777" }, "(state.size is 777)"],
    ["right of = in a list is a field of the event before the row", { reaction: "update count = size + 777" }, "(event.size + 777)"],
    ["right of = in a list is of the row where the event has none", { reaction: "update size = count + 777" }, "(row.count + 777)"],
    ["behind where in a list is of the row before the event", { reaction: "remove where size is 777" }, "(row.size is 777)"],
    [
      "behind where in a list is of the event where the row has none",
      { reaction: "remove where count is amount + 777" },
      "(row.count is (event.amount + 777))",
    ],
    ["in a list's allow is of the row", { list: "allow clerk to read where size is 777" }, "(row.size is 777)"],
    [
      "in a query is of the row before a parameter",
      { list: "query big(least: integer) where size > least + 777" },
      "(row.size > (parameter least + 777))",
    ],
    ["in a flow is a field of the event before the flow", { onEvent: "set stage = size + 777" }, "(event.size + 777)"],
    ["in a flow is of the flow where the event has none", { onEvent: "set stage = stage + 777" }, "(flow.stage + 777)"],
    ["on a rejection is a field of the command before the flow", { onRejection: "set stage = size + 777" }, "(command.size + 777)"],
    ["on a rejection is of the flow where the command has none", { onRejection: "set stage = stage + 777" }, "(flow.stage + 777)"],
    ["on a timer is of the flow", { onTimer: "set stage = size + 777" }, "(flow.size + 777)"],
    [
      "behind where is first a field of the element",
      { command: 'reject "No." when any of parts where size is 777' },
      "any(state.parts where ((each part).size is 777))",
    ],
    [
      "behind where is of the outer element before the place",
      { command: 'reject "No." when any of parts where (any of names where (name is it and size is 777))' },
      "any(state.parts where any(state.names where (((each part).name is each name) and ((each part).size is 777))))",
    ],
    [
      "before over is first a field of the element",
      { command: 'reject "No." when sum of size over parts is 777' },
      "(sum((each part).size over state.parts) is 777)",
    ],
    [
      "below update … where is of the event before the element",
      { event: 'update parts where name is "a"\n  size = size + 777' },
      "(event.size + 777)",
    ],
    [
      "where it is nothing else is an option",
      { command: 'reject "No." when mood is calm and stock is 777' },
      "((state.mood is option calm) and (state.stock is 777))",
    ],
    ["where it is nothing else is a table", { command: 'reject "No." when count of limits is 777' }, "(count(table limits) is 777)"],
  ])("%s", (_place, slots, means) => {
    expect(meaning(slots).replaceAll(/each (part|name)s?\d*/g, "each $1")).toBe(means);
  });

  test.each<readonly [place: string, slots: Parameters<typeof model>[0], codes: string]>([
    ["left of = is one of the target's fields, and nothing else", { event: "set amount = 1" }, "unknown-field"],
    ["behind set alone is the event's field, never the target's", { event: "set stock" }, "unknown-shorthand"],
    ["behind publish is an event, never a value", { command: "publish size" }, "unknown-event"],
    ["that let gives hides nothing", { command: "let size = 1" }, "name-taken"],
    ["that a loop gives hides nothing", { reaction: "for each size in [1]\n  remove where count is 1" }, "name-taken"],
    ["that a query's parameter has hides nothing", { list: "query big(size: integer) where count > size" }, "name-taken"],
    ["is not compared with itself", { command: 'reject "No." when size is size' }, "compared-with-itself"],
  ])("%s", (_place, slots, codes) => {
    expect(analysed(slots).codes.join(" ")).toBe(codes);
  });
});

describe("before a dot", () => {
  test.each<readonly [what: string, slots: Parameters<typeof model>[0], means: string]>([
    ["command. is the command", { command: 'reject "No." when command.size is 777' }, "(command.size is 777)"],
    ["the aggregate's name is its state", { command: 'reject "No." when box.size is 777' }, "(state.size is 777)"],
    ["event. is the event", { event: "set stock = event.size + 777" }, "(event.size + 777)"],
    ["row. is the row", { reaction: "update size = row.size + 777" }, "(row.size + 777)"],
    ["flow. is the flow", { onEvent: "set stage = flow.size + 777" }, "(flow.size + 777)"],
    ["command. is the rejected command", { onRejection: "set stage = command.wish + 777" }, "(command.wish + 777)"],
    [
      "it. is the element",
      { command: 'reject "No." when any of parts where it.size is 777' },
      "any(state.parts where ((each part).size is 777))",
    ],
    [
      "a choice is its options",
      { command: 'reject "No." when mood is mood.calm and stock is 777' },
      "((state.mood is option calm) and (state.stock is 777))",
    ],
  ])("%s", (_what, slots, means) => {
    expect(meaning(slots).replaceAll(/each (part|name)s?\d*/g, "each $1")).toBe(means);
  });

  test.each<readonly [what: string, slots: Parameters<typeof model>[0], codes: string]>([
    ["event. is nothing in a command", { command: 'reject "No." when event.size is 1' }, "scope-word-not-here"],
    ["command. is nothing in an event", { event: "set size = command.size" }, "scope-word-not-here"],
    ["user. is nothing in an invariant", { member: 'invariant "No." user.id is none' }, "scope-word-not-here"],
    ["command. is nothing in a condition of allow", { member: "allow clerk to act where command.size is 1" }, "scope-word-not-here"],
    ["row. is nothing in a plain add", { reaction: "add size = row.size" }, "scope-word-not-here"],
    ["event. is nothing on a timer", { onTimer: "set stage = event.size" }, "scope-word-not-here"],
    ["a reference has no fields", { command: 'reject "No." when code is none and (first of parts).box is 1' }, "unknown-field"],
  ])("%s", (_what, slots, codes) => {
    expect(analysed(slots).codes.join(" ")).toBe(codes);
  });
});

describe("names that are never given", () => {
  const never = "and or not is if then else where when unless with otherwise over of true false none now today it".split(" ");
  test.each(never)("%s is no field", (word) => {
    expect(analysed({ member: `${word}: integer` }).codes.length).toBeGreaterThan(0);
  });

  test.each(["empty", "in"])("%s is no option", (word) => {
    expect(analysed({ top: `choice size2\n  ${word}\n  other` }).codes).toEqual(["reserved-name"]);
  });

  test.each(["see", "read"])("%s is no command", (word) => {
    expect(analysed({ member: `command ${word}\n  publish begun with size = 1` }).codes).toEqual(["reserved-name"]);
  });

  test.each(["everyone", "authenticated", "owner"])("%s is no role", (word) => {
    expect(analysed({ top: `role ${word}` }).codes).toEqual(["reserved-name"]);
  });

  test.each(["user", "event", "command", "row", "flow"])("%s is no aggregate", (word) => {
    const text = `context other\n\n  aggregate ${word}\n    command begin on new ${word}\n      publish begun\n\n    event begun\n\n    allow everyone to begin\n    allow everyone to see begun`;
    expect(analysed({ top: text }).codes).toContain("reserved-name");
  });

  test("owner is no field of a state, and id no field of a list", () => {
    expect(analysed({ member: "owner: optional id" }).codes).toEqual(["reserved-name"]);
    expect(analysed({ list: "id: text" }).codes).toEqual(["reserved-name"]);
  });

  test.each("text count order key value to from by set event list add".split(" "))("%s is a name like any other", (word) => {
    expect(analysed({ member: `${word}: integer` }).codes).toEqual([]);
  });
});

describe("rules that are easy to get wrong", () => {
  const ticket = (body: string) => `context support\n\n  aggregate ticket\n${body.replaceAll(/^(?=.)/gm, "    ")}`;

  test.each<readonly [rule: string, slots: Parameters<typeof model>[0], codes: string]>([
    // First events
    [
      "what every first event sets needs no default",
      {
        top: ticket(
          "since: date\n\ncommand open on new ticket\n  since: date\n  publish opened with since\n\nevent opened\n  since: date\n  set since",
        ),
      },
      "",
    ],
    [
      "what one first event does not set needs one",
      {
        top: ticket(
          "since: date\nlate: boolean\n\ncommand open on new ticket\n  since: date\n  publish opened with since when late\n  publish shut\n\nevent opened\n  since: date\n  set since\n\nevent shut\n  set late = true",
        ),
      },
      "start-missing",
    ],
    [
      "before it is set it cannot be read on a new aggregate",
      {
        top: ticket(
          'since: date\n\ncommand open on new ticket\n  since: date\n  reject "No." when ticket.since is today\n  publish opened with since\n\nevent opened\n  since: date\n  set since',
        ),
      },
      "field-not-set-yet",
    ],
    [
      "given does not begin with an event that cannot be first",
      { top: 'scenario "A"\n  given box.acted with size = 1, amount = 1\n  when box.act with size = 1, wish = 1\n  then box.acted' },
      "given-too-early",
    ],
    // Rows
    ["in for each a row needs an id", { reaction: "for each one in [1, 2]\n  add size = one" }, "row-without-id"],
    ["in for each a row may have a key", { reaction: "for each one in [1, 2]\n  add or update where count is one\n    size = one" }, ""],
    ["add or update takes only keys", { reaction: "add or update where size > 1\n  count = 1" }, "row-key-form"],
    ["add or update reads start values", { reaction: "add or update where count is amount\n  size = row.size + 1" }, ""],
    [
      "add and remove may stand below update",
      { list: "tags: list of integer", reaction: "update where size is 1\n  add amount to tags\n  remove size from tags" },
      "",
    ],
    ["a field of a list without a zero is given by every add", { list: "at: timestamp" }, "row-start-missing"],
    // Who
    ["the id of somebody who may be anonymous may be none", { command: 'reject "No." when user.id is none' }, ""],
    [
      "the id of somebody who is never anonymous is not",
      {
        top: ticket(
          'command open on new ticket\n  reject "No." when user.id is none\n  publish opened\n\nevent opened\n\nallow authenticated to open',
        ),
      },
      "never-none",
    ],
    [
      "a condition of allow never knows the time",
      { member: "since: optional timestamp\nallow clerk to act where since is none or now > since" },
      "time-not-known-here",
    ],
    ["owner is nobody of a list", { list: "allow owner to read" }, "owner-of-list"],
    // Flows
    ["a flow sees no rejection of what it never runs", { flow: "\nwhen box.begin rejected\n  set stage = 3" }, ""],
    [
      "a key that may be none is told",
      {
        top: ticket(
          "command open on new ticket\n  about: optional box\n  publish opened with about\n\nevent opened\n  about: optional box\n\nallow everyone to open",
        ),
        flow: "\nwhen ticket.opened for about\n  set stage = 3",
      },
      "value-may-be-none",
    ],
    [
      "run without on needs the event's own aggregate",
      { top: ticket("command open on new ticket\n  publish opened\n\nevent opened"), onEvent: "run ticket.open" },
      "run-on-missing",
    ],
    // Time
    ["timestamp - timestamp is a length of time", { command: 'reject "No." when now - now > 3 days' }, ""],
    ["timestamp + timestamp is nothing", { command: 'reject "No." when now + now > now' }, "calculation-impossible"],
    ["a day and days are a day", { command: 'reject "No." when today + 3 days > 2026-01-31' }, ""],
    ["a day and hours are nothing", { command: 'reject "No." when today + 3 hours > 2026-01-31' }, "part-of-a-day"],
    ["a length of time has multiples", { command: 'reject "No." when 3 days * size > 1 week' }, ""],
    ["the time is the command's", { event: 'set size = size\nadd "x" to names\nset note = "{now}"' }, ""],
    ["an event asks for no time", { member: "since: optional timestamp", event: "set since = now" }, "time-not-known-here"],
    // Choices, json, optionals
    ["options have no order", { command: 'reject "No." when mood < cross' }, "no-order"],
    [
      "json is only handed on",
      { member: "data: optional json\nmore: optional json", command: 'reject "No." when data is more' },
      "comparison-impossible",
    ],
    ["an optional is compared by is", { command: 'reject "No." when code is "a"' }, ""],
    [
      "an optional has no order before it is dealt with",
      { member: "most: optional integer", command: 'reject "No." when size > most' },
      "value-may-be-none",
    ],
    [
      "what is known of the state ends with the next event",
      { command: 'reject "No." when note is none\npublish begun with size\nreject "No." when note is empty' },
      "value-may-be-none",
    ],
    // By code, layout
    ["by code is the last line", { command: "by code\n  may publish begun" }, "by-code-not-last"],
    ["by code says what it may do below it", { event: "by code" }, "statement-not-here"],
    ["a statement has its values on the line or below, never both", { command: "publish begun with size\n  size = 1" }, "args-twice"],
    ["a line that opens nothing has nothing below it", { command: "let one = 1\n  let two = 2" }, "unexpected-indentation"],
    [
      "a filter with and in it needs parentheses",
      { command: 'reject "No." when any of parts where size is 1 and wish is 2' },
      "filter-needs-parentheses",
    ],
    ["all of with a command takes the command's fields", { command: "publish begun with all" }, ""],
    ["a bare reject ends a block", { command: 'when size is 1\n  reject "No."\notherwise\n  publish begun with size' }, ""],
    ["a bare reject ends nothing else", { command: 'reject "No."' }, "reject-always"],
  ])("%s", (_rule, slots, codes) => {
    expect([...new Set(analysed(slots).codes)].join(" ")).toBe(codes);
  });
});
