/** One slip of the hand: what was done to which line (counted from 1), and the text with it. */
export interface Mutation {
  readonly what: string;
  readonly line: number;
  readonly text: string;
}

type Edit = (line: string) => Iterable<readonly [what: string, line: string]>;

const words = /"[^"]*"|[\p{L}\p{N}_]+|\S/gu;

function* eachWord(line: string, change: (word: string) => Iterable<readonly [what: string, word: string]>) {
  for (const { 0: word, index } of line.matchAll(words)) {
    for (const [what, changed] of change(word))
      yield [what, line.slice(0, index) + changed + line.slice(index + word.length).replace(changed === "" ? /^ / : "", "")] as const;
  }
}

const isPlainWord = (word: string) => /^\p{L}{3,}$/u.test(word);

/** Slips that people make in one line. */
const edits: readonly Edit[] = [
  (line) => eachWord(line, (word) => [[`without ${word}`, ""]]),
  (line) => eachWord(line, (word) => [[`${word} doubled`, `${word} ${word}`]]),
  (line) => eachWord(line, (word) => (isPlainWord(word) ? [[`${word} lacks a letter`, word.slice(0, 1) + word.slice(2)]] : [])),
  (line) => eachWord(line, (word) => (isPlainWord(word) ? [[`letters of ${word} swapped`, word[1]! + word[0]! + word.slice(2)]] : [])),
  (line) =>
    eachWord(line, (word) =>
      word.startsWith('"')
        ? [
            [`${word} lacks its end`, word.slice(0, -1)],
            [`${word} lacks its beginning`, word.slice(1)],
          ]
        : [],
    ),
  (line) => eachWord(line, (word) => (word.startsWith('"') ? [[`${word} in curly quotes`, `“${word.slice(1, -1)}”`]] : [])),
  (line) =>
    eachWord(line, (word) =>
      word === "="
        ? [
            ["= doubled", "=="],
            ["colon for =", ":"],
          ]
        : [],
    ),
  (line) =>
    eachWord(line, (word) =>
      word === "is"
        ? [
            ["== for is", "=="],
            ["= for is", "="],
          ]
        : [],
    ),
  (line) =>
    eachWord(line, (word) =>
      word === ":"
        ? [
            ["= for the colon", "="],
            ["; for the colon", ";"],
          ]
        : [],
    ),
  (line) => eachWord(line, (word) => (word === "," ? [["; for the comma", ";"]] : [])),
  (line) => eachWord(line, (word) => (word === "." ? [["comma for the dot", ","]] : [])),
  (line) => [
    ["one space deeper", ` ${line}`],
    ["two spaces deeper", `  ${line}`],
  ],
  (line) =>
    line.startsWith("  ")
      ? [
          ["one space less", line.slice(1)],
          ["two spaces less", line.slice(2)],
        ]
      : [],
  (line) => (line.startsWith("  ") ? [["tab for spaces", `\t${line.slice(2)}`]] : []),
  (line) => [
    ["semicolon behind", `${line};`],
    ["brace behind", `${line} {`],
    ["stray $ behind", `${line} $`],
    ["stray word behind", `${line} please`],
  ],
  (line) => [["no-break space", line.replace(/(\S) /, "$1\u00a0")]],
  (line) => [["capital", line.replace(/\p{L}/u, (letter) => letter.toUpperCase())]],
];

/** Every slip in every line of a model. */
export function* mutationsOf(text: string): Iterable<Mutation> {
  const lines = text.split("\n");
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    for (const edit of edits) {
      for (const [what, changed] of edit(line)) {
        if (changed !== line) yield { what, line: index + 1, text: lines.with(index, changed).join("\n") };
      }
    }
  }
}
