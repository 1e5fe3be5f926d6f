/** Words in which people say the same, by the word that the language has for it. */
const otherWords: Readonly<Record<string, readonly string[]>> = {
  // What joins the parts of a line, or begins it
  given: ["after"],
  when: ["if", "whenever", "where", "once", "on", "after"],
  unless: ["except"],
  where: ["when", "if", "whose", "having"],
  with: ["using", "having", "where"],
  to: ["can", "may", "into", "in"],
  from: ["of", "in", "out"],
  at: ["on"],
  in: ["after", "within"],
  on: ["for", "to", "of", "at"],
  "=": [":", "==", "is", "to", "be"],
  ",": ["and", "or", "&", "&&"],
  // What only begins it
  aggregate: ["entity", "thing", "object", "class", "model"],
  command: ["action", "wish"],
  event: ["fact"],
  invariant: ["rule", "ensure", "assert", "constraint", "always", "never"],
  allow: ["permit", "grant"],
  value: ["record", "struct"],
  choice: ["enum", "enumeration", "options"],
  list: ["view", "report", "projection"],
  flow: ["process", "policy", "saga", "workflow", "automation"],
  role: ["actor", "user"],
  scenario: ["test", "example", "story"],
  then: ["expect"],
  reject: ["refuse", "deny", "forbid", "fail", "throw", "error"],
  publish: ["emit", "raise", "fire", "trigger", "send"],
  set: ["change", "assign", "put", "store"],
  add: ["insert", "append", "push", "create"],
  update: ["modify"],
  remove: ["delete", "drop"],
  run: ["call", "do", "execute", "invoke"],
  schedule: ["wait", "remind", "delay"],
  cancel: ["stop", "unschedule"],
  let: ["define", "var", "const"],
};

/** The words of the language that may be meant by a word that it does not have there. */
export function wordsFor(written: string): readonly string[] {
  const plain = written.toLowerCase();
  return Object.keys(otherWords).filter((word) => otherWords[word]!.includes(plain));
}

const shortUnits: Readonly<Record<string, readonly string[]>> = {
  seconds: ["s", "sec", "secs"],
  minutes: ["m", "min", "mins"],
  hours: ["h", "hr", "hrs"],
  days: ["d"],
  weeks: ["w", "wk", "wks"],
};

/** `h` is `hours`. */
export function unitFor(written: string): string | undefined {
  return Object.keys(shortUnits).find((unit) => shortUnits[unit]!.includes(written));
}

const numbers = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/** `three` is `3`. */
export function digitsFor(written: string): string | undefined {
  const number = numbers.indexOf(written.toLowerCase());
  return number === -1 ? undefined : String(number);
}

/** What people say in several words, or the language does, and what it is here. */
export const otherPhrases: readonly (readonly [said: string, write: string])[] = [
  ...(
    [
      ["less than", "<"],
      ["smaller than", "<"],
      ["before", "<"],
      ["more than", ">"],
      ["greater than", ">"],
      ["after", ">"],
    ] as const
  ).flatMap(
    ([said, write]) =>
      [
        [`is ${said}`, write],
        [said, write],
      ] as const,
  ),
  ["is at least", ">="],
  ["is at most", "<="],
  ["equals", "is"],
  ["in", "is in"],
  ["has", "contains"],
  ["maximum", "at most"],
  ["max", "at most"],
  ["up to", "at most"],
  ["minimum", "at least"],
  ["min", "at least"],
  ["every", "each"],
  ["per", "for each"],
  ["have", "has"],
  ["by", "as"],
  ["reject", "rejected"],
  ["error", "rejected"],
  ["rejected with", "rejected"],
  ["date and time", "timestamp"],
  ["e - mail", "email"],
  ...["count", "sum", "average", "smallest", "largest", "length", "first", "last"].map((word) => [word, `${word} of`] as const),
];
