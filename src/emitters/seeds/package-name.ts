import { kebab } from "../typescript/names.ts";

/** Letters that are no other letter with an accent, as people write them where they have none of them. */
const letters: Readonly<Record<string, string>> = {
  ...{ ä: "ae", ö: "oe", ü: "ue", ß: "ss", æ: "ae", ø: "oe", å: "aa", œ: "oe", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" },
  ...spelling("абвгдезийклмнопрстуфыэ", "a b v g d e z i y k l m n o p r s t u f y e"),
  ...spelling("ёжхцчшщюяіїєґъь", "yo zh kh ts ch sh shch yu ya i yi ye g - -"),
  ...spelling("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t y f ch ps o"),
};

function spelling(written: string, spelled: string): Readonly<Record<string, string>> {
  const parts = spelled.split(" ");
  return Object.fromEntries([...written].map((letter, index) => [letter, (parts[index] ?? "").replace("-", "")]));
}

/** Names that npm keeps, or that Node has for modules of its own. */
const taken = new Set(
  (
    "node_modules favicon.ico assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain events fs " +
    "http http2 https inspector module net os path perf_hooks process punycode querystring readline repl stream string_decoder sys timers tls " +
    "trace_events tty url util v8 vm wasi worker_threads zlib"
  ).split(" "),
);

/** npm takes no longer ones. */
const longest = 214;

const bare = (letter: string) => letter.normalize("NFD").slice(0, 1);

/** `Fahrräder` → `fahrraeder`, `placeOrder` → `place-order`: what the package of an application is called, in letters that npm takes. */
export function packageName(domain: string): string {
  const spelled = [...kebab(domain.normalize("NFC"))].map((letter) => letters[letter] ?? letters[bare(letter)] ?? letter).join("");
  const plain = spelled.normalize("NFD").replaceAll(/[^a-z0-9-]+/g, "");
  const name = plain.replaceAll(/^-+|-+$/g, "").slice(0, longest - "-app".length);
  return name === "" ? "application" : taken.has(name) ? `${name}-app` : name;
}
