import { createRequire } from "node:module";
import { spelledOut } from "../diagnostics/phrases.ts";

/** What the library of the English language knows, as far as it is asked. */
interface English {
  model(): { readonly one: { readonly lexicon: { readonly [word: string]: unknown } } };
  methods(): {
    readonly two: {
      readonly transform: {
        readonly verb: {
          conjugate(infinitive: string, model: unknown): { readonly [tense: string]: string };
          toInfinitive(verb: string, model: unknown, tense: string): string;
        };
      };
    };
  };
}

let loaded: English | undefined;

/** Loaded only for names that look wrong: it takes longer than to check a small model. */
function english(): English {
  loaded ??= createRequire(import.meta.url)("compromise/two") as English;
  return loaded;
}

/** How the library knows a word; undefined for one that it does not know. */
function tagOf(word: string): string | undefined {
  const { lexicon } = english().model().one;
  const tag = Object.hasOwn(lexicon, word) ? lexicon[word] : undefined;
  return typeof tag === "string" ? tag : undefined;
}

/** `placeOrder` → `place`, `order` */
const wordsOf = (name: string): readonly string[] =>
  spelledOut(name)
    .toLowerCase()
    .split(/[ _\d]+/)
    .filter((word) => word !== "");

/** Whether a name is written in letters of English, and the language knows the half of its words. */
export function looksEnglish(names: readonly string[]): boolean {
  const words = [...new Set(names.flatMap(wordsOf))];
  return words.filter((word) => tagOf(word) !== undefined).length * 2 >= words.length;
}

/** Past forms that do not end in "ed", and are no base form either. */
const irregular = new Set(
  (
    "arisen ate beaten became began begun bent bit bitten blew blown bought bound broke broken brought built burnt came caught chose chosen " +
    "crept dealt did done drank drawn drew driven drove drunk dug eaten fallen fed fell felt flew flown forbidden forgave forgiven forgot " +
    "forgotten fought found froze frozen gave given gone got gotten grew ground grown had heard held hid hidden hung kept knew known laid led " +
    "left lent lit lost made meant met paid proven ran rang ridden risen rode rose rung said sang sat saw seen sent shaken shook shot shown " +
    "shrank shrunk slept slid sold sought spent spoke spoken sprung spun stole stolen stood struck stuck sung sunk swept sworn swum swung taken " +
    "taught thought threw thrown told took torn understood undid undone undertaken unsold went withdrawn withdrew woken won wore worn wound written wrote"
  ).split(" "),
);

const isPast = (word: string): boolean => /[^e]ed$/.test(word) || irregular.has(word);

/** What a command would be called in the imperative; undefined where it is, or where nobody knows. */
export function imperativeOf(name: string): string | undefined {
  const [first = "", ...others] = wordsOf(name);
  if (!isPast(first) && !/(?:ing|[^s]s)$/.test(first)) return undefined;
  const tense = tagOf(first);
  if (tense !== "PastTense" && tense !== "Participle" && tense !== "Gerund" && tense !== "PresentTense") return undefined;
  const { verb } = english().methods().two.transform;
  const infinitive = verb.toInfinitive(first, english().model(), tense);
  const isVerb = tagOf(infinitive) !== undefined && verb.conjugate(infinitive, english().model())[tense] === first;
  return isVerb ? inCamelCase([infinitive, ...others]) : undefined;
}

/** What an event would be called in the past tense; undefined where it is, or where nobody knows. */
export function pastOf(name: string): string | undefined {
  const words = wordsOf(name);
  if (words.some(isPast)) return undefined;
  const tags = words.map(tagOf);
  if (tags.some((tag) => tag === undefined || settled.has(tag))) return undefined;
  const at = tags.findLastIndex((tag) => tag === "Infinitive" || tag === "Gerund" || tag === "PresentTense");
  const word = words[at];
  const tag = tags[at];
  if (word === undefined || tag === undefined) return undefined;
  const { verb } = english().methods().two.transform;
  const infinitive = tag === "Infinitive" ? word : verb.toInfinitive(word, english().model(), tag);
  const past = verb.conjugate(infinitive, english().model()).PastTense;
  return past === undefined || past === word ? undefined : inCamelCase(words.with(at, past));
}

/** Words that can say by themselves that something is so now. */
const settled: ReadonlySet<string> = new Set(["PastTense", "Participle", "Adjective", "Copula", "Modal", "Auxiliary"]);

const inCamelCase = (words: readonly string[]): string =>
  words.map((word, index) => (index === 0 ? word : word.slice(0, 1).toUpperCase() + word.slice(1))).join("");
