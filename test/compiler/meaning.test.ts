import { describe, expect, test } from "vitest";
import { analyse } from "../../src/compile.ts";
import { memoryHost } from "../../src/host/memory-host.ts";
import type { Domain } from "../../src/model/domain.ts";
import type { Expression } from "../../src/model/expression.ts";
import { writtenOut } from "./written-out.ts";

const frame = (parts: {
  readonly command?: string;
  readonly on?: string;
  readonly event?: string;
  readonly list?: string;
  readonly fields?: string;
}) => `domain demo

role clerk

choice mood
  calm
  cross

value item
  name: text
  price: decimal
  amount: integer
  mark: optional text

type name = text, 1 to 20 characters

table moods
  | mood: mood | limit: integer |
  | calm       | 5              |

context shop

  aggregate cart
    text: text
    count: integer
    total: decimal
    share: number
    note: optional text
    since: optional timestamp
    mood: mood = calm
    items: list of item
    names: list of text
    owner2: optional id
    other: optional cart
${parts.fields ?? ""}
    command begin on new cart
      publish begun

    command act${parts.on ?? ""}
      text: text
      amount: integer
      code: optional text
      price: decimal
      ${parts.command ?? 'reject "a" when amount is 0'}
      publish acted with text, amount

    event begun

    event acted
      text: text
      amount: integer
      ${parts.event ?? "set text"}

    allow everyone to begin, act
    allow everyone to see begun, acted

list carts
  text: text
  likes: integer
  amount: integer
  timestamp: optional timestamp
  mood: mood = calm

  when cart.acted
    ${parts.list ?? "add or update text"}

  allow everyone to read
`;

function errorsAndModel(text: string): { readonly codes: readonly string[]; readonly domain: Domain } {
  const { diagnostics, domain } = analyse(memoryHost({ "/m.domain": text }), ["/m.domain"]);
  const wrong = diagnostics.filter(({ severity }) => severity === "error");
  return { codes: wrong.map(({ code }) => code), domain };
}

const aggregateOf = ({ contexts }: Domain) => contexts[0]?.aggregates[0];
const actOf = (domain: Domain) => aggregateOf(domain)?.commands.find(({ name }) => name === "act");

/** The condition of the first reject of the command, written out; or the codes of what is wrong. */
function condition(text: string, parts: { readonly on?: string; readonly fields?: string } = {}): string {
  const { codes, domain } = errorsAndModel(frame({ ...parts, command: `reject "a" when ${text}` }));
  const first = actOf(domain)?.statements[0];
  return codes.length > 0 ? codes.join(" ") : first?.kind === "reject" && first.condition ? writtenOut(first.condition) : "nothing";
}

describe("in a command", () => {
  test.each([
    // Which name is meant
    ["text is empty", "is-empty(command.text)"],
    ["command.text is cart.text", "(command.text is state.text)"],
    ["count is 1", "(state.count is 1:integer)"],
    ["amount is cart.count", "(command.amount is state.count)"],
    ["user.id is none", "is-none(user id)"],
    ["other is cart.id", "(state.other is aggregate id)"],
    ["cart.note is none", "is-none(state.note)"],
    ["event.text is empty", "scope-word-not-here"],
    ["row.text is empty", "scope-word-not-here"],
    ["user is none", "scope-word-alone"],
    ["nothing is 1", "unknown-name"],
    ["text is text", "compared-with-itself"],
    // Options
    ["mood is calm", "(state.mood is option calm)"],
    ["calm is mood", "(option calm is state.mood)"],
    ["mood is mood.cross", "(state.mood is option cross)"],
    ["mood is in [calm, cross]", "(state.mood in [option calm, option cross])"],
    ["mood is happy", "unknown-option"],
    ["mood < cross", "no-order"],
    // Numbers
    ["amount + 1 > count", "((command.amount + 1:integer) > state.count)"],
    ["price > 5", '(command.price > "5":decimal)'],
    ["5 < price", '("5":decimal < command.price)'],
    ["price > 1.50", '(command.price > "1.5":decimal)'],
    ["total + amount > price * 2", '((state.total + convert(command.amount)) > (command.price * "2":decimal))'],
    ["share > amount", "(state.share > command.amount)"],
    ["share > price", "comparison-impossible"],
    ["share + price > 1", "calculation-impossible"],
    ["amount / 2 > 1", "((command.amount / 2:integer) > 1:number)"],
    ["amount / count > 1", "value-may-be-none"],
    ["(amount / count otherwise 0) > 1", "(((command.amount / state.count) otherwise 0:number) > 1:number)"],
    ["amount / 0 > 1", "division-by-zero"],
    ["-amount < -1", "(negate(command.amount) < -1:integer)"],
    ["amount mod 2 is 1", "((command.amount mod 2:integer) is 1:integer)"],
    ["amount is 1.5", "(command.amount is 1.5:number)"],
    // Texts
    ['text + "a" is "b"', '((command.text + "a":text) is "b":text)'],
    ['text + 1 is "b"', "calculation-impossible"],
    ['text contains "a"', '(command.text contains "a":text)'],
    ['text starts with "a" and text ends with "b"', '((command.text starts with "a":text) and (command.text ends with "b":text))'],
    ["text matches /a+/", "(command.text matches a+)"],
    ["length of trimmed of text > 3", "(length(trimmed(command.text)) > 3:integer)"],
    ['text > "a"', "no-order"],
    ["amount is empty", "never-empty"],
    ["text is none", "never-none"],
    ["amount", "condition-needed"],
    ["names", "condition-needed"],
    ["text is 1", "comparison-impossible"],
    // Connectives
    [
      "amount is 1 and count is 2 and text is empty",
      "((command.amount is 1:integer) and (state.count is 2:integer) and is-empty(command.text))",
    ],
    ["not amount is 1", "(command.amount is not 1:integer)"],
    ["not (amount is 1 or count is 2)", "not(((command.amount is 1:integer) or (state.count is 2:integer)))"],
    ["amount is 1 and count is 2 or text is empty", "mixed-and-or"],
    // Optionals
    ["note is empty", "value-may-be-none"],
    ["note is not none and note is empty", "(not is-none(state.note) and is-empty(present(state.note)))"],
    ["note is none or note is empty", "(is-none(state.note) or is-empty(present(state.note)))"],
    ["note is not none or note is empty", "value-may-be-none"],
    ['note is "a"', '(state.note is "a":text)'],
    ['(note otherwise "") is empty', 'is-empty((state.note otherwise "":text))'],
    ['(text otherwise "") is empty', "otherwise-never-needed"],
    ["if note is none then true else note is empty", "if(is-none(state.note), true:boolean, is-empty(present(state.note)))"],
    ["owner2 is user.id", "(state.owner2 is user id)"],
    // Times
    ["now - (since otherwise now) > 24 hours", '((now - (state.since otherwise now)) > "P1D":duration)'],
    ["since is none or now > since + 3 days", '(is-none(state.since) or (now > (present(state.since) + "P3D":duration)))'],
    ["today is 2026-01-31", '(today is "2026-01-31":date)'],
    ["date of now is today", "(date(now) is today)"],
    ["now + 1 > now", "calculation-impossible"],
    ["2 * 3 days > 1 weeks", '((2:integer * "P3D":duration) > "P7D":duration)'],
    // Lists
    ["items is empty", "is-empty(state.items)"],
    ["count of items > 3", "(count(state.items) > 3:integer)"],
    ["any of items where name is text", "any(state.items where ((each item).name is command.text))"],
    ["any of items where amount > command.amount", "any(state.items where ((each item).amount > command.amount))"],
    ["all of names where it is empty", "all(state.names where is-empty(each name))"],
    ["none of items where it.mark is none", "none(state.items where is-none((each item).mark))"],
    ["names contains text", "(command.text in state.names)"],
    ["text is in names", "(command.text in state.names)"],
    ["amount is in names", "type-mismatch"],
    ["count of (items where amount > 1) is 1", "(count(state.items where ((each item).amount > 1:integer)) is 1:integer)"],
    ["sum of price * amount over items > 10", '(sum(((each item).price * convert((each item).amount)) over state.items) > "10":decimal)'],
    ["largest of amount over items > 1", "value-may-be-none"],
    ["(first of items) is none", "is-none(first(state.items))"],
    ["(first of items where amount is 1).name is none", "is-none((first(state.items where ((each item).amount is 1:integer))).name)"],
    ["length of items > 1", "count-instead-of-length"],
    ["any of items", "where-missing"],
    ["any of text where it is empty", "list-needed"],
    ["items.name is empty", "no-fields-here"],
    ["other.count is 1", "id-has-no-fields"],
    // Values, tables
    [
      "(first of items) is item(name = text, price = 1, amount = amount)",
      '(first(state.items) is {name=command.text, price="1":decimal, amount=command.amount})',
    ],
    ["(first of items) is item(name = text)", "fields-missing"],
    ['(first of items) is item("a")', "value-by-position"],
    [
      "((first of moods where it.mood is cart.mood).limit otherwise 0) > 1",
      "(((first(table moods where ((each element).mood is state.mood))).limit otherwise 0:integer) > 1:integer)",
    ],
    ["round(price, 2) is price", "(round(command.price) is command.price)"],
  ])("%s", (text, meaning) => {
    expect(condition(text)).toBe(meaning);
  });
});

describe("what is known after a line", () => {
  const after = (lines: readonly string[], on = "") => {
    const { codes } = errorsAndModel(frame({ on, command: lines.join("\n      ") }));
    return codes.join(" ");
  };

  test.each([
    ['reject "a" when note is none', 'reject "b" when note is empty', ""],
    ['reject "a" unless note is not none', 'reject "b" when note is empty', ""],
    ['reject "a" when note is none and amount is 1', 'reject "b" when note is empty', "value-may-be-none"],
    ['reject "a" when note is none or amount is 1', 'reject "b" when note is empty', ""],
    ['reject "{note}" when note is not none', "let x = 1", ""],
    ['reject "{note}" when amount is 1', "let x = 1", "value-may-be-none"],
    ["let x = note", 'reject "b" when x is not none and x is empty', ""],
    ["let x = items", 'reject "b" when x is empty', ""],
    ["let count = 1", "let y = 2", "name-taken"],
    ["let cart = 1", "let y = 2", "name-taken"],
    ["let x = unheardOf", "let y = x + 1", "unknown-name"],
  ])("%s · %s", (first, second, codes) => {
    expect(after([first, second])).toBe(codes);
  });

  test("of the state ends with the next event, of the command it does not", () => {
    const lines = ['reject "a" when note is none or code is none', "publish begun"];
    expect(after([...lines, 'reject "b" when note is empty'])).toBe("value-may-be-none");
    expect(after([...lines, 'reject "b" when code is empty'])).toBe("");
  });

  test("in blocks is what their condition says, also below a block that ends in a rejection", () => {
    expect(after(["when note is none", '  reject "a"', "otherwise", "  let y = length of note"])).toBe("");
    expect(after(["when note is none", '  reject "a"', "let y = length of note"])).toBe("");
    expect(after(["when note is none", "  let y = length of note"])).toBe("value-may-be-none");
  });

  test("about a new aggregate is what its first event has set", () => {
    const fields = "    day: date\n";
    expect(condition("day is today", { on: " on new cart", fields })).toContain("field-not-set-yet");
    expect(condition("day is today", { on: " on any cart", fields })).not.toContain("field-not-set-yet");
    expect(condition("count is 1", { on: " on new cart" })).toBe("(state.count is 1:integer)");
  });
});

describe("in an event", () => {
  const change = (line: string): string => {
    const { codes, domain } = errorsAndModel(frame({ event: line }));
    const first = aggregateOf(domain)?.events.find(({ name }) => name === "acted")?.changes[0];
    if (codes.length > 0 || first === undefined) return codes.join(" ");
    return first.kind === "set"
      ? assigned(first.assignments)
      : "condition" in first
        ? writtenOut(first.condition)
        : "value" in first
          ? writtenOut(first.value)
          : first.kind;
  };

  test.each([
    ["set text", "text=event.text"],
    ["set count = amount", "count=event.amount"],
    ["set count = count + 1", "count=(state.count + 1:integer)"],
    ["set total = amount", "total=convert(event.amount)"],
    ["set total = 5", 'total="5":decimal'],
    ["set share = amount", "share=event.amount"],
    ["set count = share", "type-mismatch"],
    ["set text = cart.text", "text=state.text"],
    ["set mood = cross", "mood=option cross"],
    ["set note = none", "note=null:none"],
    ["set text = none", "none-not-possible"],
    ["set count = note", "type-mismatch"],
    ["set text = note", "value-may-be-none"],
    ["set since = event.timestamp", "since=event timestamp"],
    ["set since = now", "time-not-known-here"],
    ["set owner2 = event.user", "owner2=event user"],
    ["set count", "unknown-shorthand"],
    ["set all", "text=event.text"],
    ["set amount = 1", "unknown-field"],
    ["set text, text = event.text", "assigned-twice"],
    ["clear note", "note=null:literal".replace("literal", "optional")],
    ["clear mood", "clear-impossible"],
    ["add text to names", "event.text"],
    ["add amount to names", "type-mismatch"],
    ["remove text from names", "event.text"],
    ["remove items where name is text", "((each item).name is event.text)"],
    ["remove items where amount is event.amount", "((each item).amount is event.amount)"],
    ["end cart", "end"],
    ["end basket", "unknown-aggregate"],
    ["publish begun", "statement-not-here"],
  ])("%s", (line, meaning) => {
    expect(change(line)).toBe(meaning);
  });
});

describe("in a list", () => {
  const reaction = (lines: string): string => {
    const { codes, domain } = errorsAndModel(frame({ list: lines.replaceAll("\n", "\n    ") }));
    const [first] = domain.lists[0]?.reactions[0]?.statements ?? [];
    if (codes.length > 0 || first === undefined) return codes.join(" ");
    if (first.kind !== "add-row" && first.kind !== "update-row") return first.kind;
    const where = first.kind === "update-row" && first.where ? `${writtenOut(first.where)}: ` : "";
    const key = first.kind === "update-row" && first.key ? `${assigned(first.key)}: ` : "";
    return where + key + assigned(first.assignments);
  };

  test.each([
    ["add text, timestamp = event.timestamp", "text=event.text, timestamp=event timestamp"],
    ["add id = event.id, text", "id=event id, text=event.text"],
    ["add text = row.text", "scope-word-not-here"],
    ["add likes", "unknown-shorthand"],
    ["add all", "text=event.text, amount=event.amount"],
    ["update amount = amount + 1", "amount=(event.amount + 1:integer)"],
    ["update amount = row.amount + amount", "amount=(row.amount + event.amount)"],
    ["update likes = likes + 1", "likes=(row.likes + 1:integer)"],
    ["update id = event.id", "unknown-field"],
    ["update where text is event.text\n  likes = 1", "(row.text is event.text): likes=1:integer"],
    ["update where likes > amount\n  likes = 1", "no-code"],
    ["update where id is cart.id\n  likes = 1", "(row id is aggregate id): likes=1:integer"],
    ["add or update where text is text\n  likes = row.likes + 1", "text=event.text: likes=(row.likes + 1:integer)"],
    ["add or update where mood is calm and text is event.text\n  likes = 1", "mood=option calm, text=event.text: likes=1:integer"],
    ["add or update where likes > 1\n  amount = 1", "row-key-form"],
    ["set text", "statement-not-here"],
  ])("%s", (lines, meaning) => {
    expect(reaction(lines)).toBe(meaning === "no-code" ? "(row.likes > row.amount): likes=1:integer" : meaning);
  });
});

const assigned = (assignments: readonly { readonly field: string; readonly value: Expression }[]) =>
  assignments.map(({ field, value }) => `${field}=${writtenOut(value)}`).join(", ");

describe("in a scenario", () => {
  const lastStep = (lines: string): string => {
    const story = `\nscenario "A story"\n${lines.replace(/^/gm, "  ")}\n`;
    const { codes, domain } = errorsAndModel(frame({ fields: "    command join\n      to: cart\n      note: text\n      publish begun\n" }) + story);
    const step = domain.scenarios[0]?.steps.at(-1);
    return codes.length > 0 || step === undefined ? codes.join(" ") : "data" in step ? assigned(step.data) : step.kind;
  };

  test.each([
    ["given cart.begun on c2\nwhen cart.join with to = c2", "to=instance c2"],
    ["given cart.begun\nwhen cart.join with to = cart", "to=instance cart"],
    // An instance that nothing has happened to is named where one is asked for, and known from there on.
    ["when cart.join with to = c3", "to=instance c3"],
    ["when cart.join with to = c3\nthen run cart.join with to = c3", "to=instance c3"],
    ["when cart.join\nthen run cart.join with to = c3", "unknown-name"],
    ["when cart.join with note = c3", "unknown-name"],
  ])("%s", (lines, meaning) => {
    expect(lastStep(lines)).toBe(meaning);
  });
});
