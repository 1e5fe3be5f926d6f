/** Numbers from 0 to below 1, the same ones for the same seed. */
export type Chance = () => number;

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const oneOf = <Item>(items: readonly Item[], chance: Chance): Item => items[Math.floor(chance() * items.length)]!;

/** What models are made of, and what is typed by mistake. */
const vocabulary = (
  "domain context aggregate command event list flow scenario value choice type function table role when otherwise given then reject publish set add update " +
  "remove clear end run schedule cancel let for each in by code may query index allow everyone authenticated owner to see read where with on new any all none of " +
  "is not and or if else empty contains matches count first sum over unique invariant was retired upgrade from text integer decimal boolean timestamp date " +
  'duration id optional map json true false now today it row. event. command. user.id = == : , . ( ) [ ] | + - * / < >= "text" "a {likes} b" 0 1 2.5 3 days 2026-01-31 ' +
  "/a+/ # ; { } “curly” \u00a0 \t ☃ \ud83d null &&"
).split(" ");

type Mutation = (lines: string[], chance: Chance, others: readonly string[]) => void;

const at = (lines: readonly string[], chance: Chance) => Math.floor(chance() * lines.length);

/** Changes one word of one line. */
const inWords =
  (change: (words: string[], index: number, chance: Chance, lines: readonly string[]) => void): Mutation =>
  (lines, chance) => {
    const number = at(lines, chance);
    const [, indentation = "", rest = ""] = /^(\s*)(.*)$/s.exec(lines[number] ?? "") ?? [];
    const words = rest.split(" ");
    change(words, Math.floor(chance() * words.length), chance, lines);
    lines[number] = indentation + words.join(" ");
  };

const wordFrom = (lines: readonly string[], chance: Chance) => oneOf((oneOf(lines, chance) || "text").trim().split(/[ ,]+/), chance);

const mutations: readonly Mutation[] = [
  inWords((words, index) => words.splice(index, 1)),
  inWords((words, index, chance) => words.splice(index, 0, oneOf(vocabulary, chance))),
  inWords((words, index, chance) => words.splice(index, 1, oneOf(vocabulary, chance))),
  inWords((words, index, chance, lines) => words.splice(index, 1, wordFrom(lines, chance))),
  inWords((words, index, chance) => words.splice(index, 0, words[Math.floor(chance() * words.length)] ?? "")),
  (lines, chance) => void lines.splice(at(lines, chance), 1),
  (lines, chance) => void lines.splice(at(lines, chance), 0, lines[at(lines, chance)] ?? ""),
  (lines, chance, others) =>
    void lines.splice(at(lines, chance), 0, ...others.slice(at(others, chance)).slice(0, 1 + Math.floor(chance() * 4))),
  (lines, chance) => {
    const number = at(lines, chance);
    lines[number] = " ".repeat(Math.floor(chance() * 7)) + (lines[number] ?? "").trimStart();
  },
  (lines, chance) => {
    const number = at(lines, chance);
    const line = lines[number] ?? "";
    const cut = Math.floor(chance() * (line.length + 1));
    lines[number] = line.slice(0, cut) + String.fromCodePoint(Math.floor(chance() * 0x2100)) + line.slice(cut + Math.floor(chance() * 3));
  },
  (lines, chance) => void lines.splice(at(lines, chance) + 1),
];

/** A model with a few things done to it. */
export function mutated(text: string, other: string, chance: Chance): string {
  const lines = text.split("\n");
  const others = other.split("\n");
  for (let count = 1 + Math.floor(chance() * 3); count > 0 && lines.length > 0; count--) {
    // Cutting the end off is done seldom, for not much is left then.
    const which = oneOf(chance() < 0.03 ? mutations : mutations.slice(0, -1), chance);
    which(lines, chance, others);
  }
  return lines.join("\n");
}
