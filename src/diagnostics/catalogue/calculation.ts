import { error } from "../entry.ts";
import { a, quoted } from "../phrases.ts";

// Values, conditions and what is calculated.

export interface Two {
  readonly written: string;
  readonly left: string;
  readonly right: string;
  /** What was probably meant by one of them. */
  readonly meant?: string | undefined;
}

/** `Write 2, without quotes.` */
const insteadOf = (given: string, meant: string): string =>
  given === "text" ? `Write ${meant}, without quotes.` : `Write for instance ${quoted(meant).replaceAll('""', '"')}.`;

export const calculationEntries = {
  "type-mismatch": error<{ readonly what: string; readonly needed: string; readonly given: string; readonly meant?: string | undefined }>({
    says: ({ what, needed, given }) => `${what} needs ${a(needed)}, and this is ${a(given)}.`,
    help: ({ needed, given, meant }) =>
      meant !== undefined
        ? insteadOf(given, meant)
        : given === "text" && /^\w+ id$/.test(needed)
          ? undefined
          : needed === "text"
            ? `To put it into a text, write it in braces in a reason, or keep it as ${a(given)}.`
            : undefined,
    why: "A value goes only where its type fits. Only whole numbers become decimals and numbers by themselves.",
    wrong: `command like\n  publish liked with likes = "many"`,
    right: `command like\n  publish liked with likes = 5`,
  }),
  "none-not-possible": error<{ readonly what: string; readonly needed: string }>({
    says: ({ what, needed }) => `${what} needs ${a(needed)}, and cannot be none.`,
    help: () => "Give it a value, or make the field optional.",
    why: "Only what is optional can be none.",
    wrong: `command like\n  publish liked with likes = none`,
    right: `command like\n  publish liked with likes = 0`,
  }),
  "value-may-be-none": error<{ readonly written: string }>({
    says: ({ written }) => `"${written}" may be none.`,
    help: ({ written }) => `Say what is meant then (${written} otherwise …), or check before whether ${written} is none.`,
    why: "An optional value is dealt with before it is used, so that no case is forgotten.",
    wrong: `note: optional text\n\ncommand like\n  publish liked with likes = length of note\n\nevent liked\n  likes: integer\n  set likes, note = "liked"`,
    right: `note: optional text\n\ncommand like\n  publish liked with likes = length of (note otherwise "")\n\nevent liked\n  likes: integer\n  set likes, note = "liked"`,
  }),
  "condition-needed": error<{ readonly written: string; readonly given: string; readonly isList: boolean; readonly isOptional: boolean }>({
    says: ({ written, given }) => `"${written}" is ${a(given)}, and not a question that is answered by yes or no.`,
    help: ({ written, isList, isOptional }) =>
      isList || isOptional
        ? `Did you mean "${written} is not ${isOptional ? "none" : "empty"}"?`
        : `Compare it with something, as in "${written} is …".`,
    why: "A condition holds or does not hold.",
    wrong: `command like\n  reject "Nobody likes it." when likes\n  publish liked with likes = likes + 1`,
    right: `command like\n  reject "Nobody likes it." when likes is 0\n  publish liked with likes = likes + 1`,
  }),
  "comparison-impossible": error<Two>({
    says: ({ left, right }) => `${a(left).replace(/^a/, "A")} cannot be compared with ${a(right)}.`,
    help: ({ left, right, meant }) => (meant === undefined ? undefined : insteadOf([left, right].includes("text") ? "text" : "", meant)),
    why: "Two things can be compared where they are of the same kind. Maps and json are only handed on.",
    wrong: `command like\n  reject "No." when likes is "many"\n  publish liked with likes = likes + 1`,
    right: `command like\n  reject "No." when likes is 100\n  publish liked with likes = likes + 1`,
  }),
  "no-order": error<{ readonly written: string; readonly given: string; readonly operator: string }>({
    says: ({ given, operator }) => `"${operator}" needs something that is more or less, and ${a(given)} is neither.`,
    help: () => `Compare with "is" or "is not".`,
    why: "Numbers, times and lengths of time have an order. Texts are sorted differently in different languages, and the options of a choice are only different.",
    wrong: `command like\n  reject "No." when text > "b"\n  publish liked with likes = likes + 1`,
    right: `command like\n  reject "No." when text is "b"\n  publish liked with likes = likes + 1`,
  }),
  "compared-with-itself": error<{ readonly written: string; readonly words: readonly string[] }>({
    says: ({ written }) => `"${written}" is compared with itself.`,
    help: ({ written, words }) =>
      words.length === 0
        ? undefined
        : `Say which one is meant, as in ${words
            .slice(0, 3)
            .map((word) => quoted(`${word}.${written}`))
            .join(" or ")}.`,
    why: "Such a comparison always has the same outcome. Usually one side was meant to be something else of the same name.",
    wrong: `command send on new message\n  text: text\n  reject "Nothing new." when text is text\n  publish sent with text`,
    right: `command send on new message\n  text: text\n  reject "Nothing new." when text is message.text\n  publish sent with text`,
  }),
  "part-of-a-day": error<{ readonly written: string }>({
    says: ({ written }) => `A date is a whole day, and "${written}" is a part of one.`,
    help: () => "Write days or weeks, or calculate with a timestamp.",
    why: "A day plus some hours is the same day or the next, depending on when it begins.",
    wrong: `command like\n  reject "Not today." when today + 3 hours is 2026-01-31\n  publish liked with likes = likes + 1`,
    right: `command like\n  reject "Not today." when today + 3 days is 2026-01-31\n  publish liked with likes = likes + 1`,
  }),
  "calculation-impossible": error<Two & { readonly counted?: string | undefined }>({
    says: ({ left, right, written }) =>
      right === ""
        ? `"${written}" cannot be calculated with ${a(left)}.`
        : `"${written}" cannot be calculated: the left side is ${a(left)}, the right side ${a(right)}.`,
    help: ({ left, right, written, meant, counted }) => {
      if (meant !== undefined) return insteadOf([left, right].includes("text") ? "text" : "number", meant);
      if (counted !== undefined) return `Say how much time one is, as in "${counted} * 1 day".`;
      if ([left, right].includes("text"))
        return /[-*/]|mod/.test(written) ? "A text is no number: give its field another type." : "Texts are joined with texts only.";
      return [left, right].includes("decimal") ? "Decimals are exact and numbers are not: use one of the two." : undefined;
    },
    why: "Numbers are calculated with numbers; times and lengths of time as in ordinary life; texts are joined.",
    wrong: `command like\n  publish liked with likes = likes + "1"`,
    right: `command like\n  publish liked with likes = likes + 1`,
  }),
  "division-by-zero": error<{ readonly written: string }>({
    says: ({ written }) => `"${written}" divides by zero.`,
    why: "There is no such number.",
    wrong: `command like\n  publish liked with likes = likes mod 0`,
    right: `command like\n  publish liked with likes = likes mod 2`,
  }),
  "branches-differ": error<{ readonly then: string; readonly otherwise: string }>({
    says: ({ then, otherwise }) => `This is ${a(then)} in one case and ${a(otherwise)} in the other.`,
    help: () => "Make both of the same type.",
    why: "What a value is does not depend on the case, only which one it is.",
    wrong: `command like\n  publish liked with likes = if likes > 5 then 1 else "many"`,
    right: `command like\n  publish liked with likes = if likes > 5 then 1 else 2`,
  }),
  "otherwise-never-needed": error<{ readonly written: string }>({
    says: ({ written }) => `"${written}" always has a value, so there is nothing otherwise.`,
    help: () => `Leave "otherwise" and what follows it out.`,
    why: "A rule that never comes into force makes people think that it does.",
    wrong: `command like\n  publish liked with likes = likes otherwise 0`,
    right: `command like\n  publish liked with likes = likes`,
  }),
  "never-none": error<{ readonly written: string; readonly canBeEmpty: boolean }>({
    says: ({ written }) => `"${written}" always has a value, so it is never none.`,
    help: ({ written, canBeEmpty }) =>
      canBeEmpty ? `Did you mean "${written} is empty"?` : "Make the field optional if it can be missing.",
    why: "Only what is optional can be none.",
    wrong: `command send on new message\n  text: text\n  reject "Text is missing." when text is none\n  publish sent with text`,
    right: `command send on new message\n  text: text\n  reject "Text is missing." when text is empty\n  publish sent with text`,
  }),
  "never-empty": error<{ readonly written: string; readonly given: string; readonly isOptional: boolean }>({
    says: ({ written, given }) => `"${written}" is ${a(given)}, and that is never empty.`,
    help: ({ written, isOptional }) => (isOptional ? `Did you mean "${written} is none"?` : "Only texts, lists and maps can be empty."),
    why: "Texts, lists and maps can hold nothing. What is optional can be none, and numbers can be 0.",
    wrong: `command like\n  reject "Nobody likes it." when likes is empty\n  publish liked with likes = likes + 1`,
    right: `command like\n  reject "Nobody likes it." when likes is 0\n  publish liked with likes = likes + 1`,
  }),
  "list-needed": error<{ readonly written: string; readonly given: string }>({
    says: ({ written, given }) => `"${written}" is ${a(given)}, and here belongs a list.`,
    why: "Only lists have elements to look at, to count or to choose from.",
    wrong: `command like\n  publish liked with likes = count of text`,
    right: `command like\n  publish liked with likes = count of tags`,
  }),
  "list-without-type": error<object>({
    says: () => "It is not clear what this empty list would be a list of.",
    help: () => `Give the list elements, or ask whether a list "is empty".`,
    why: "A list is a list of something, also while it is empty.",
    wrong: `command like\n  let nothing = []\n  publish liked with likes = count of nothing`,
    right: `command like\n  let something = [1]\n  publish liked with likes = count of something`,
  }),
  "where-missing": error<{ readonly word: string; readonly written: string }>({
    says: ({ word }) => `"${word} of" needs a condition.`,
    help: ({ word, written }) => `Write "${word} of ${written} where …".`,
    why: "It asks how many of the elements meet a condition.",
    wrong: `command like\n  reject "No." when any of tags\n  publish liked with likes = likes + 1`,
    right: `command like\n  reject "No." when any of tags where it is "a"\n  publish liked with likes = likes + 1`,
  }),
  "aggregation-impossible": error<{ readonly word: string; readonly given: string }>({
    says: ({ word, given }) => `There is no ${word} of what is ${a(given)}.`,
    help: () => "Say which number of the element is meant.",
    why: "Only numbers and lengths of time add up, and only what has an order has a smallest and a largest.",
    wrong: `command like\n  publish liked with likes = sum of it over tags`,
    right: `command like\n  publish liked with likes = sum of length of it over tags`,
  }),
  "count-instead-of-length": error<{ readonly written: string }>({
    says: ({ written }) => `"${written}" is a list, and lists are counted.`,
    help: ({ written }) => `Write "count of ${written}".`,
    why: "Texts have a length, lists have a count.",
    wrong: `command like\n  publish liked with likes = length of tags`,
    right: `command like\n  publish liked with likes = count of tags`,
  }),
  "elements-have-no-fields": error<{ readonly name: string }>({
    says: ({ name }) => `The elements of "${name}" have no fields that could be updated.`,
    help: () => "Remove the old element and add the new one.",
    why: "Only values have fields.",
    wrong: `event liked\n  likes: integer\n  set likes\n  update tags where it is "a"\n    text = "b"`,
    right: `event liked\n  likes: integer\n  set likes\n  remove tags where it is "a"`,
  }),
  "time-not-known-here": error<{ readonly word: string; readonly place: string; readonly hasEvent: boolean }>({
    says: ({ word, place }) => `${place.replace(/^a/, "A")} cannot ask for "${word}".`,
    help: ({ hasEvent, word }) =>
      hasEvent
        ? `Use ${word === "now" ? `"event.timestamp"` : `"date of event.timestamp"`}: when it happened.`
        : "Only commands know what time it is.",
    why: "What has happened is read again and again, today and in ten years, and has to mean the same each time.",
    wrong: `event sent\n  text: text\n  set text, sentAt = now\n\nsentAt: optional timestamp`,
    right: `event sent\n  text: text\n  set text, sentAt = event.timestamp\n\nsentAt: optional timestamp`,
  }),
  "field-not-set-yet": error<{ readonly name: string }>({
    says: ({ name }) => `"${name}" has no value yet: this command starts the aggregate.`,
    help: () => "Read it after the event that sets it, or use what the command itself carries.",
    why: "What a new aggregate holds is said by its first event. Before that, a field without a default has nothing in it.",
    wrong: `sentOn: date\n\ncommand send on new message\n  text: text\n  reject "No." when sentOn is 2026-01-01\n  publish sent with text, sentOn = today\n\nevent sent\n  text: text\n  sentOn: date\n  set text, sentOn`,
    right: `sentOn: date\n\ncommand send on new message\n  text: text\n  reject "No." when today is 2026-01-01\n  publish sent with text, sentOn = today\n\nevent sent\n  text: text\n  sentOn: date\n  set text, sentOn`,
  }),
  "name-needed-in-braces": error<{ readonly written: string; readonly meant?: string; readonly expression?: string }>({
    says: ({ written }) => `Braces in a reason hold a name, and "${written}" does not.`,
    help: ({ meant, expression }) => {
      if (meant !== undefined) return `Write "{${meant}}".`;
      if (expression === undefined) return String.raw`Name a field in them; a brace that is shown is written "\{" or "\}".`;
      return String.raw`Put "let shown = ${expression}" on a line above, and write "{shown}"; a brace that is shown is written "\{" or "\}".`;
    },
    why: "Braces hold the name of a field, or of what a `let` has worked out: so a sentence can be read without calculating.",
    wrong: `command like\n  reject "There are {likes + 1} likes." when likes > 5\n  publish liked with likes = likes + 1`,
    right: `command like\n  let shown = likes + 1\n  reject "There are {shown} likes." when likes > 5\n  publish liked with likes = likes + 1`,
  }),
  "reason-not-showable": error<{ readonly written: string; readonly given: string }>({
    says: ({ written, given }) => `"${written}" is ${a(given)}, and cannot be shown within a sentence.`,
    help: () => "Show one of its fields, or how many there are.",
    why: "A reason is read by people.",
    wrong: `command like\n  reject "Only {tags} are left." when likes > 5\n  publish liked with likes = likes + 1`,
    right: `command like\n  reject "Only {likes} are left." when likes > 5\n  publish liked with likes = likes + 1`,
  }),
};
