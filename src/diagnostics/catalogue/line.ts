import type { FaultFacts, Kind, NamePlace } from "../../../grammar/faults.ts";
import { error } from "../entry.ts";
import { a, all, either, quoted } from "../phrases.ts";
import { suggest } from "../suggest.ts";
import { forExample } from "./line-examples.ts";

// Words and the lines that they form.

const kinds: { readonly [K in Kind]: string } = {
  NAME: "a name",
  TEXT: "a text in quotes",
  VALUE: "a value",
  TYPE: "a type",
  NUMBER: "a number",
  DURATION: "a length of time",
  PATTERN: "a pattern",
  OPERATOR: "a sign or word that calculates or compares",
  FIELD: "a field",
  "LINE-END": "the end of the line",
};

/** A text has quotes of its own. */
const asWritten = (words: string): string => (words.startsWith('"') ? words : quoted(words));

const inside = (block: string): string => {
  if (block === "" || block === "file") return "of a file";
  return ["when", "with", "update", "of", "by code"].includes(block) ? `below a "${block}"` : `in ${a(block)}`;
};

const isKind = (word: string): word is Kind => Object.hasOwn(kinds, word);

const possible = (words: readonly string[]): string => {
  const told = [...new Set(words.map((word) => (isKind(word) ? kinds[word] : quoted(word))))];
  const few = told.slice(0, 12);
  return few.length === 1 ? (few[0] ?? "") : `${few.slice(0, -1).join(", ")} or ${few.at(-1) ?? ""}`;
};

const meantOrPossible = (written: string, expected: readonly string[], line?: string): string => {
  const { nearest } = suggest(
    written,
    expected.filter((word) => !isKind(word)),
  );
  return nearest === undefined ? `Possible here: ${possible(expected)}.${forExample(line)}` : `Did you mean "${nearest}"?`;
};

const places: { readonly [P in NamePlace]: string } = {
  name: "a name",
  "choice-option": "an option of a choice",
  command: "a command",
  role: "a role",
  aggregate: "an aggregate",
  "state-field": "a field of a state",
  "list-field": "a field of a list",
};

export const lineEntries = {
  "unknown-word": error<FaultFacts["unknown-word"]>({
    says: ({ word, block }) => `No line ${inside(block)} begins with "${word}".`,
    help: ({ word, expected }) => meantOrPossible(word, expected),
    why: "The first word of a line says what the line is about. A word that is not known is never passed over: it could be a rule with a slip in it.",
    wrong: `command like\n  publsh liked with likes = likes + 1`,
    right: `command like\n  publish liked with likes = likes + 1`,
  }),
  "unexpected-word": error<FaultFacts["unexpected-word"]>({
    says: ({ found }) => `${asWritten(found)} cannot stand here.`,
    help: ({ found, expected, line }) => meantOrPossible(found, expected, line),
    why: "Each kind of line has its form. What does not fit into it would be lost if it were passed over.",
    wrong: `command like\n  publish liked wth likes = likes + 1`,
    right: `command like\n  publish liked with likes = likes + 1`,
  }),
  "incomplete-line": error<FaultFacts["incomplete-line"]>({
    says: ({ after }) => `Something is missing behind ${asWritten(after)}.`,
    help: ({ expected, line }) => `Possible there: ${possible(expected)}.${forExample(line)}`,
    why: "The line ends before it has said what it is about.",
    wrong: `command like\n  publish liked with likes =`,
    right: `command like\n  publish liked with likes = likes + 1`,
  }),
  "missing-word": error<FaultFacts["missing-word"]>({
    says: ({ word, before }) => `"${word}" is missing ${before === "" ? "at the end of the line" : `before ${asWritten(before)}`}.`,
    help: ({ word }) => `Write "${word}" there.`,
    why: "Small words tell the parts of a line apart.",
    wrong: `command like\n  publish liked likes = likes + 1`,
    right: `command like\n  publish liked with likes = likes + 1`,
  }),
  "several-people": error<FaultFacts["several-people"]>({
    says: ({ who }) => `A line allows one kind of people, and this one names ${all(who)}.`,
    help: ({ who, rest }) => `Write a line for each: ${who.map((one) => quoted(`allow ${one} ${rest}`)).join(" and ")}.`,
    why: "Who may what is read by person: one line, one kind of people. Of several lines one that allows is enough.",
    wrong: `allow everyone, authenticated to like`,
    right: `allow everyone to like`,
  }),
  "unknown-unit": error<FaultFacts["unknown-unit"]>({
    says: ({ written }) => `"${written}" is not a length of time.`,
    help: ({ written, unit }) =>
      unit === "" ? "Months and years are of different lengths: write days or weeks." : `Write "${written.replace(/\S+$/, unit)}".`,
    why: "Lengths of time are written out in seconds, minutes, hours, days or weeks, which everybody understands in the same way.",
    wrong: `command like\n  reject "Too soon." when now - sentAt < 3 h\n  publish liked with likes = likes + 1\n\nsentAt: timestamp\n\ncommand send on new message\n  text: text\n  publish sent with text, sentAt = now\n\nevent sent\n  text: text\n  sentAt: timestamp\n  set text, sentAt`,
    right: `command like\n  reject "Too soon." when now - sentAt < 3 hours\n  publish liked with likes = likes + 1\n\nsentAt: timestamp\n\ncommand send on new message\n  text: text\n  publish sent with text, sentAt = now\n\nevent sent\n  text: text\n  sentAt: timestamp\n  set text, sentAt`,
  }),
  "doubled-word": error<FaultFacts["doubled-word"]>({
    says: ({ word }) => `${asWritten(word)} stands here twice.`,
    help: () => "Take one of them out.",
    why: "A word that is there twice is a slip of the pen.",
    wrong: `command like\n  publish liked with with likes = likes + 1`,
    right: `command like\n  publish liked with likes = likes + 1`,
  }),
  "missing-colon": error<FaultFacts["missing-colon"]>({
    says: ({ name }) => `A ":" is missing between the field "${name}" and its type.`,
    help: ({ name }) => `Write "${name}:" and then the type.`,
    why: "A line whose second word is a colon is a field, whatever its name is.",
    wrong: `event sent\n  text text\n  set text`,
    right: `event sent\n  text: text\n  set text`,
  }),
  "reserved-name": error<FaultFacts["reserved-name"]>({
    says: ({ word, place }) => `"${word}" cannot be the name of ${places[place] === "a name" ? "anything" : places[place]}.`,
    help: () => "Choose another word.",
    why: "The word has a meaning of its own in that place, and nobody could tell which one is meant.",
    wrong: `command see\n  publish liked with likes = likes + 1`,
    right: `command like\n  publish liked with likes = likes + 1`,
  }),
  "field-not-here": error<FaultFacts["field-not-here"]>({
    says: ({ name, block }) => `"${name}: …" is a field, and ${a(block)} has none.`,
    help: () => "Fields belong to aggregates, commands, events, values, lists and flows.",
    why: "A field says what something holds, and this block holds nothing.",
    wrong: `context billing\n  amount: decimal`,
    right: `context billing`,
  }),
  "misplaced-description": error<FaultFacts["misplaced-description"]>({
    says: ({ opener }) =>
      opener === ""
        ? "A text on a line of its own describes a block, and here is none."
        : `A text describes "${opener}" only on the first line below it.`,
    help: () => "Move it to the first line of its block, or make it a comment with #.",
    why: "Descriptions appear in the documents that are made from the model, and so each needs something that it describes.",
    wrong: `event sent\n  text: text\n  "Somebody has said something."\n  set text`,
    right: `event sent\n  "Somebody has said something."\n  text: text\n  set text`,
  }),
  "args-twice": error<FaultFacts["args-twice"]>({
    says: ({ opener }) => `"${opener}" has its values on the line and more of them below.`,
    help: () => "Move all of them to one place.",
    related: "The line:",
    why: "Values stand on the line where they are few, and below it where they are many, so that none is overlooked.",
    wrong: `command send on new message\n  text: text\n  publish sent with text\n    text = "b"`,
    right: `command send on new message\n  text: text\n  publish sent\n    text = text`,
  }),
  "empty-block": error<FaultFacts["empty-block"]>({
    says: ({ opener }) => `Nothing stands below "${opener}".`,
    help: () => "Write what belongs there, indented, or take the line out.",
    why: "The line announces others that are about it.",
    wrong: `command like\n  when likes < 10\n  publish liked with likes = likes + 1`,
    right: `command like\n  when likes < 10\n    publish liked with likes = likes + 1`,
  }),
  "otherwise-without-when": error<FaultFacts["otherwise-without-when"]>({
    says: () => `There is no "when" that this "otherwise" belongs to.`,
    help: () => `Put it directly below the block of a "when", as far to the left as that "when".`,
    why: `"otherwise" is about the case that the "when" before it leaves out.`,
    wrong: `command like\n  otherwise\n    publish liked with likes = likes + 1`,
    right: `command like\n  when likes < 10\n    publish liked with likes = likes + 1\n  otherwise\n    publish liked with likes`,
  }),
  "by-code-not-last": error<FaultFacts["by-code-not-last"]>({
    says: () => `"by code" is not the last line of its block.`,
    help: () => "Move the lines below it above it.",
    why: "What code does comes after all that the model says, so that everything the model promises has been checked before.",
    wrong: `command like\n  by code\n    may publish liked\n  publish liked with likes = likes + 1`,
    right: `command like\n  publish liked with likes = likes + 1`,
  }),
  "by-code-missing": error<FaultFacts["by-code-missing"]>({
    says: ({ opener }) => `"by code" is missing below "${opener}".`,
    help: () => `Write "by code", indented, on the next line.`,
    why: "What is done there cannot be said in the model, so the model says that code does it.",
    wrong: `upgrade sent from 1`,
    right: `event sent\n  text: text\n  set text`,
  }),
  "table-width": error<FaultFacts["table-width"]>({
    says: ({ columns, cells }) => `The table has ${String(columns)} columns, but this row has ${String(cells)}.`,
    help: () => "Give every column its value.",
    related: "The columns:",
    why: "A table has a value for every column in every row.",
    wrong: `table riddles\n  | question: text | answer: text |\n  | "1 + 1 = _"    |`,
    right: `command like\n  publish liked with likes = likes + 1`,
  }),
  "mixed-and-or": error<FaultFacts["mixed-and-or"]>({
    says: () => `It is not clear how "and" and "or" belong together here.`,
    help: () => `Put parentheses around what belongs together, or write the conditions below each other with "all of" and "any of".`,
    why: "Different people read a line that mixes them in different ways.",
    wrong: `command like\n  reject "No." when likes > 5 and likes < 10 or likes is 20\n  publish liked with likes = likes + 1`,
    right: `command like\n  reject "No." when (likes > 5 and likes < 10) or likes is 20\n  publish liked with likes = likes + 1`,
  }),
  "filter-needs-parentheses": error<FaultFacts["filter-needs-parentheses"]>({
    says: ({ word }) => `It is not clear whether what stands behind "${word}" belongs to the "where".`,
    help: () => "Put parentheses around the condition, or around the list and its condition.",
    why: "A condition on elements could end there or go on, and the two mean different things.",
    wrong: `command like\n  reject "No." when any of tags where it is "a" and likes > 5\n  publish liked with likes = likes + 1`,
    right: `command like\n  reject "No." when (any of tags where it is "a") and likes > 5\n  publish liked with likes = likes + 1`,
  }),
  "chained-comparison": error<FaultFacts["chained-comparison"]>({
    says: ({ first, second }) => `"${first}" and "${second}" cannot follow each other: a comparison has two sides.`,
    help: () => `Write two comparisons, and "and" between them.`,
    why: "What compares three things at once is easily read in several ways.",
    wrong: `command like\n  reject "No." when 5 < likes < 10\n  publish liked with likes = likes + 1`,
    right: `command like\n  reject "No." when 5 < likes and likes < 10\n  publish liked with likes = likes + 1`,
  }),
  "mixed-arguments": error<FaultFacts["mixed-arguments"]>({
    says: ({ call }) => `"${call}" gets some values by name and others by their place.`,
    help: () =>
      `Values of the model are built by name, as in ${either(["money(amount = 5, currency = …)"])}; functions take theirs by place.`,
    why: "With both at once nobody could tell which is which.",
    wrong: `command like\n  reject "No." when round(likes, digits = 2) > 5\n  publish liked with likes = likes + 1`,
    right: `command like\n  reject "No." when round(likes, 2) > 5\n  publish liked with likes = likes + 1`,
  }),
  "row-key-form": error<FaultFacts["row-key-form"]>({
    says: () => `Behind "add or update where" stands which row it is: fields and their values.`,
    help: () => `Write "FIELD is VALUE", and "and" between several of them.`,
    why: "A row that is not there yet is added with exactly these values. A condition of another form does not say what the new row would be.",
    wrong: `list messages\n  text: text\n  likes: integer\n\n  when message.sent\n    add or update where likes > 3\n      text\n\n  allow everyone to read`,
    right: `list messages\n  text: text\n  likes: integer\n\n  when message.sent\n    add or update where likes is 3\n      text\n\n  allow everyone to read`,
  }),
};
