/** One slip of the pen: the whole text with it, and the line that it is on. */
export interface Mutation {
  readonly what: string;
  readonly text: string;
  /** Counted from 1. */
  readonly line: number;
}

interface Slip {
  readonly name: string;
  /** The word as it was mistyped; nothing where the slip cannot be made. */
  mistype(word: string): string | undefined;
}

const middle = (word: string) => Math.floor(word.length / 2);

const slips: readonly Slip[] = [
  {
    name: "a letter left out",
    mistype: (word) => (word.length > 2 ? word.slice(0, middle(word)) + word.slice(middle(word) + 1) : undefined),
  },
  {
    name: "a letter doubled",
    mistype: (word) => (word.length > 1 ? word.slice(0, middle(word)) + word.slice(middle(word) - 1) : undefined),
  },
  {
    name: "two letters swapped",
    mistype(word) {
      const at = middle(word) - 1;
      const swapped = word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
      return word.length > 2 && swapped !== word ? swapped : undefined;
    },
  },
  { name: "another letter", mistype: (word) => (word.length > 2 ? `${word.slice(0, -1)}x` : undefined) },
  { name: "a word left out", mistype: () => "" },
  { name: "a word doubled", mistype: (word) => `${word} ${word}` },
];

/** Every word outside of texts and comments, mistyped in every way; every sign left out; every line indented wrongly. */
export function mutationsOf(text: string): readonly Mutation[] {
  const lines = text.split("\n");
  return lines.flatMap((line, index) =>
    [...mistypedWords(line), ...signsLeftOut(line), ...wrongIndentations(line)].map(({ what, changed }) => ({
      what: `${what}: ${changed.trim()}`,
      text: [...lines.slice(0, index), changed, ...lines.slice(index + 1)].join("\n"),
      line: index + 1,
    })),
  );
}

interface Changed {
  readonly what: string;
  readonly changed: string;
}

/** Texts in quotes are blanked out, with as many letters, so that places stay. */
const withoutTexts = (line: string) => line.replaceAll(/"[^"]*"/g, (quoted) => " ".repeat(quoted.length)).replace(/#.*/, "");

function mistypedWords(line: string): readonly Changed[] {
  return [...withoutTexts(line).matchAll(/[a-z]+/gi)].flatMap(({ 0: word, index }) =>
    slips.flatMap(({ name, mistype }) => {
      const mistyped = mistype(word);
      return mistyped === undefined ? [] : [{ what: name, changed: line.slice(0, index) + mistyped + line.slice(index + word.length) }];
    }),
  );
}

const signsLeftOut = (line: string): readonly Changed[] =>
  [...line.matchAll(/[:=,"+.]/g)]
    .filter(({ index, 0: sign }) => sign === '"' || withoutTexts(line).charAt(index) === sign)
    .map(({ 0: sign, index }) => ({ what: `${sign} left out`, changed: line.slice(0, index) + line.slice(index + 1) }));

const wrongIndentations = (line: string): readonly Changed[] =>
  line.trim() === ""
    ? []
    : [
        { what: "one space more", changed: ` ${line}` },
        ...(line.startsWith("  ")
          ? [
              { what: "one space less", changed: line.slice(1) },
              { what: "tabs", changed: line.replace(/^ +/, (spaces) => "\t".repeat(spaces.length / 2)) },
            ]
          : []),
      ];
