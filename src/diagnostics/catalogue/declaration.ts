import { error } from "../entry.ts";
import { either, quoted } from "../phrases.ts";

// What is declared, and what each declaration needs.

export const declarationEntries = {
  "value-without-fields": error<{ readonly name: string }>({
    says: ({ name }) => `The value "${name}" has no fields.`,
    help: () => "Write its fields below it, indented.",
    why: "A value is made of fields that belong together.",
    wrong: `value address`,
    right: `value address\n  street: text`,
  }),
  "choice-without-options": error<{ readonly name: string }>({
    says: ({ name }) => `The choice "${name}" has no options.`,
    help: () => "Write its options below it, one a line.",
    why: "A choice is one of its options.",
    wrong: `choice mood`,
    right: `choice mood\n  calm\n  cross`,
  }),
  "value-contains-itself": error<{ readonly name: string; readonly path: readonly string[] }>({
    says: ({ name, path }) => `Every "${name}" would contain another "${name}" (${path.join(" → ")}).`,
    help: () => "Make one of the fields optional, or a list.",
    why: "A value that always contains one of its own kind would never come to an end.",
    wrong: `value part\n  name: text\n  inside: part`,
    right: `value part\n  name: text\n  inside: list of part`,
  }),
  "start-missing": error<{ readonly field: string; readonly type: string; readonly unset: readonly string[] }>({
    says: ({ field, type, unset }) =>
      `"${field}" (${type}) has nothing to begin with${unset.length === 0 ? "" : `: ${either(unset)} can be the first event, and does not set it`}.`,
    help: ({ unset }) => `Give it a default (= …), make it optional${unset.length === 0 ? "" : ", or set it in every first event"}.`,
    why: "Some types have no value that means nothing yet, as 0 does for a number. Nothing is made up: such a field is given from the beginning, has a default, or is optional.",
    wrong: `sentAt: timestamp\n\nevent liked\n  likes: integer\n  set likes, sentAt = event.timestamp`,
    right: `sentAt: timestamp\n\nevent sent\n  text: text\n  set text, sentAt = event.timestamp`,
  }),
  "row-start-missing": error<{ readonly field: string; readonly type: string; readonly event: string }>({
    says: ({ field, type, event }) => `The rows that "${event}" adds have no "${field}" (${type}).`,
    help: ({ field }) => `Give the value there (${field} = …), give the field a default, or make it optional.`,
    related: "The rows are added here:",
    why: "A row has a value in every field. Some types have no value that means nothing yet, so that somebody has to give one.",
    wrong: `list messages\n  text: text\n  likes: integer\n  timestamp: timestamp\n\n  when message.sent\n    add text\n\n  allow everyone to read`,
    right: `list messages\n  text: text\n  likes: integer\n  timestamp: timestamp\n\n  when message.sent\n    add text, timestamp = event.timestamp\n\n  allow everyone to read`,
  }),
  "on-other-aggregate": error<{ readonly name: string; readonly aggregate: string }>({
    says: ({ name, aggregate }) => `This stands in the aggregate "${aggregate}", and cannot be about "${name}".`,
    help: ({ aggregate }) => `Write "${aggregate}".`,
    why: "Commands and events work on the aggregate that they stand in. What is to happen to another one is for a flow.",
    wrong: `command send on new ticket\n  text: text\n  publish sent with text\n\ncontext support\n\n  aggregate ticket\n    text: text\n\n    command open on new ticket\n      text: text\n      publish opened with text\n\n    event opened\n      text: text\n      set text\n\n    allow everyone to open\n    allow everyone to see opened`,
    right: `command send on new message\n  text: text\n  publish sent with text`,
  }),
  "event-retired": error<{ readonly event: string }>({
    says: ({ event }) => `"${event}" is retired, so nobody publishes it any more.`,
    help: () => `Publish another event, or take the word "retired" away.`,
    why: "A retired event is kept only so that old ones can still be read.",
    wrong: `retired event liked\n  likes: integer\n  set likes`,
    right: `event liked\n  likes: integer\n  set likes`,
  }),
  "value-by-position": error<{ readonly value: string; readonly fields: readonly string[] }>({
    says: ({ value }) => `"${value}" is a value, and values are built by name.`,
    help: ({ value, fields }) => `Write ${value}(${fields.map((field) => `${field} = …`).join(", ")}).`,
    why: "Names tell what is what, also when a field is added one day.",
    wrong: `value money\n  amount: integer\n\ncommand like\n  let price = money(5)\n  publish liked with likes = price.amount`,
    right: `value money\n  amount: integer\n\ncommand like\n  let price = money(amount = 5)\n  publish liked with likes = price.amount`,
  }),
  "arguments-count": error<{ readonly name: string; readonly needed: readonly string[]; readonly given: number }>({
    says: ({ name, needed, given }) => `"${name}" takes ${String(needed.length)} values, and gets ${String(given)}.`,
    help: ({ name, needed }) => `Write ${name}(${needed.join(", ")}).`,
    why: "A function works on all of its values.",
    wrong: `command like\n  publish liked with likes = round(likes)`,
    right: `command like\n  publish liked with likes = round(likes, 0)`,
  }),
  "digits-not-literal": error<object>({
    says: () => "How many digits stay is written as a whole number.",
    help: () => "Write a number, as in round(x, 2).",
    why: "The form of a rounded number does not change from case to case.",
    wrong: `command like\n  publish liked with likes = round(likes, likes)`,
    right: `command like\n  publish liked with likes = round(likes, 0)`,
  }),
  "fields-missing": error<{ readonly what: string; readonly fields: readonly string[] }>({
    says: ({ what, fields }) => `${fields.map(quoted).join(", ")} ${fields.length === 1 ? "is" : "are"} missing for ${what}.`,
    help: ({ fields }) =>
      `Add ${fields.map((field) => `${field} = …`).join(", ")}, or make ${fields.length === 1 ? "the field" : "the fields"} optional.`,
    why: "What happened is told completely: an event carries a value for each of its fields that is not optional.",
    wrong: `command send on new message\n  text: text\n  publish sent`,
    right: `command send on new message\n  text: text\n  publish sent with text`,
  }),
  "assigned-twice": error<{ readonly name: string }>({
    says: ({ name }) => `"${name}" gets a value twice.`,
    help: () => "Take one of them out.",
    why: "Nobody could tell which of the two stays.",
    wrong: `command like\n  publish liked with likes = 1, likes = 2`,
    right: `command like\n  publish liked with likes = 2`,
  }),
};
