import { error } from "../entry.ts";
import { a } from "../phrases.ts";

// Fields, their types, restrictions and defaults.

export const fieldEntries = {
  "optional-twice": error<object>({
    says: () => `"optional" stands here twice.`,
    help: () => "Once is enough.",
    why: "A value is there, or it is not.",
    wrong: `event sent\n  text: text\n  note: optional optional text\n  set text`,
    right: `event sent\n  text: text\n  note: optional text\n  set text`,
  }),
  "restriction-impossible": error<{ readonly type: string; readonly isMatching: boolean }>({
    says: ({ type, isMatching }) => `${a(type).replace(/^a/, "A")} cannot be restricted ${isMatching ? `by "matching"` : "by a number"}.`,
    help: ({ isMatching }) =>
      isMatching ? "Only texts match patterns." : "Numbers have bounds, texts a length in characters, lists a number of items.",
    why: "A restriction says what may enter, in a way that fits the type.",
    wrong: `value signal\n  isUrgent: boolean, at least 1`,
    right: `value signal\n  isUrgent: boolean`,
  }),
  "restriction-unit": error<{ readonly type: string; readonly unit?: string; readonly given?: string }>({
    says: ({ type, unit, given }) =>
      unit === undefined ? `${a(type).replace(/^a/, "A")} has no ${given ?? "unit"}.` : `It is not said what is counted in this ${type}.`,
    help: ({ unit }) => (unit === undefined ? "Leave the last word out." : `Write "${unit}" behind the number.`),
    why: `A text is measured in characters and a list in items; the word says so, that nobody takes it for the value itself.`,
    wrong: `command send on new message\n  text: text, at most 280\n  publish sent with text`,
    right: `command send on new message\n  text: text, at most 280 characters\n  publish sent with text`,
  }),
  "range-reversed": error<{ readonly from: string; readonly to: string }>({
    says: ({ from, to }) => `Nothing is ${from} or more and ${to} or less.`,
    help: ({ from, to }) => (Number(to) < 0 ? undefined : `Did you mean ${to} to ${from}?`),
    why: "A restriction that nothing meets would refuse everything.",
    wrong: `command send on new message\n  text: text, 280 to 1 characters\n  publish sent with text`,
    right: `command send on new message\n  text: text, 1 to 280 characters\n  publish sent with text`,
  }),
  "bound-not-a-number": error<object>({
    says: () => "A bound is written as a number.",
    help: () => "Write a number, as in at least 0.",
    why: "Restrictions are the same for everybody and always. What depends on the state is a reject or an invariant.",
    wrong: `command send on new message\n  text: text, at most likes characters\n  publish sent with text`,
    right: `command send on new message\n  text: text, at most 280 characters\n  publish sent with text`,
  }),
  "pattern-unreadable": error<{ readonly pattern: string }>({
    says: ({ pattern }) => `The pattern /${pattern}/ cannot be understood.`,
    help: () => "Look for brackets that are not closed, and put a backslash before signs that are meant as they are.",
    why: "Patterns are regular expressions as JavaScript has them.",
    wrong: `command send on new message\n  text: text, matching /(a/\n  publish sent with text`,
    right: `command send on new message\n  text: text, matching /(a)/\n  publish sent with text`,
  }),
  "constant-needed": error<object>({
    says: () => "This has to be the same always.",
    help: () => "Write a number, a text, an option of a choice, or a value that is built of such.",
    why: "A default is decided when the model is written. What depends on something else is said where it happens.",
    wrong: `event sent\n  text: text = lowercase of text\n  set text`,
    right: `event sent\n  text: text = ""\n  set text`,
  }),
  "default-not-allowed": error<{ readonly field: string; readonly written: string; readonly rule: string }>({
    says: ({ field, written, rule }) => `The default ${written} of "${field}" breaks the field's own restriction: ${rule}.`,
    help: () => "Change the default or the restriction.",
    why: "What is there by itself has to be as good as what people give.",
    wrong: `event sent\n  text: text, at least 3 characters = "a"\n  set text`,
    right: `event sent\n  text: text, at least 3 characters = "abc"\n  set text`,
  }),
  "date-impossible": error<{ readonly date: string }>({
    says: ({ date }) => `There is no day ${date}.`,
    help: () => "Days are written year, month, day: 2026-01-31.",
    why: "A date is a day of the calendar.",
    wrong: `value trip\n  day: date = 2026-02-30`,
    right: `value trip\n  day: date = 2026-02-28`,
  }),
  "timestamp-impossible": error<{ readonly text: string }>({
    says: ({ text }) => `"${text}" is no instant.`,
    help: () => `Write it as "2026-01-31T12:00:00Z".`,
    why: "An instant is a day and a time, with its distance from UTC.",
    wrong: `scenario "Sending"\n  given message.sent with text = "hey"\n  then messages has sentAt = "yesterday"\n\nlist messages\n  text: text\n  likes: integer\n  sentAt: timestamp\n\n  when message.sent\n    add text, sentAt = event.timestamp\n\n  allow everyone to read`,
    right: `list messages\n  text: text\n  likes: integer\n  sentAt: timestamp\n\n  when message.sent\n    add text, sentAt = event.timestamp\n\n  allow everyone to read`,
  }),
  "number-too-large": error<{ readonly digits: string }>({
    says: ({ digits }) => `${digits} is too large for an integer.`,
    help: () => "Integers go to 9007199254740991. Use a decimal, or a text where it is a number only by its looks.",
    why: "Beyond that limit computers begin to mix neighbouring numbers up.",
    wrong: `command like\n  publish liked with likes = 99999999999999999999`,
    right: `command like\n  publish liked with likes = 9007199254740991`,
  }),
  "digits-too-many": error<{ readonly count: number }>({
    says: ({ count }) => `That are ${count} digits; a decimal has at most 34.`,
    help: () => "Write fewer. The others could not be kept.",
    why: "Decimals are exact up to 34 digits. A number with more would be rounded without anybody having said so.",
    wrong: `value price\n  amount: decimal = 0.12345678901234567890123456789012345678`,
    right: `value price\n  amount: decimal = 0.1234567890123456789012345678901234`,
  }),
};
