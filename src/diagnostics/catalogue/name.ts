import { error } from "../entry.ts";
import { a, didYouMean, either, quoted, spelledOut } from "../phrases.ts";
import type { Suggestion } from "../suggest.ts";

// Names that are nowhere declared, or declared too often.

export interface Unknown {
  readonly name: string;
  readonly suggestion: Suggestion;
}

export interface OfAggregate extends Unknown {
  readonly aggregate: string;
  /** There is an event of that name where a command is meant, or the other way round. */
  readonly isOther: boolean;
}

const like = `command like\n  publish liked with likes = likes + 1`;

const over = (word: string) => `Write "${word} of FIELD over LIST".`;

/** What is written as a call elsewhere, and is asked in words here. */
const asked: ReadonlyMap<string, string> = new Map([
  ...["sum", "average", "smallest", "largest"].map((word) => [word, over(word)] as const),
  ...([
    ["avg", over("average")],
    ["min", over("smallest")],
    ["max", over("largest")],
  ] as const),
  ...["count", "size"].map((word) => [word, `Write "count of LIST".`] as const),
  ...["length", "len"].map((word) => [word, `Write "length of TEXT".`] as const),
  ["date", `Write "date of TIME".`],
]);

export const nameEntries = {
  "unknown-type": error<Unknown & { /** What a name of another language is written as here. */ readonly meant?: string }>({
    says: ({ name }) => `There is no type "${name}".`,
    help: ({ suggestion, meant }) => (meant === undefined ? didYouMean(suggestion) : `Here it is written "${meant}".`),
    why: "A field's type says what it can hold: one that the language has, or a value, a choice, a type or an aggregate of the model.",
    wrong: `event sent\n  text: txt\n  set text`,
    right: `event sent\n  text: text\n  set text`,
  }),
  "unknown-context": error<Unknown>({
    says: ({ name }) => `There is no context "${name}".`,
    help: ({ suggestion }) => didYouMean(suggestion),
    why: "A full name begins with the context that the aggregate stands in.",
    wrong: `list messages\n  text: text\n  likes: integer\n\n  when comunication.message.sent\n    add text\n\n  allow everyone to read`,
    right: `list messages\n  text: text\n  likes: integer\n\n  when communication.message.sent\n    add text\n\n  allow everyone to read`,
  }),
  "unknown-aggregate": error<Unknown>({
    says: ({ name }) => `There is no aggregate "${name}".`,
    help: ({ suggestion }) => didYouMean(suggestion),
    why: "Outside of its aggregate an event or a command is called by both names, as in message.sent.",
    wrong: `list messages\n  text: text\n  likes: integer\n\n  when mesage.sent\n    add text\n\n  allow everyone to read`,
    right: `list messages\n  text: text\n  likes: integer\n\n  when message.sent\n    add text\n\n  allow everyone to read`,
  }),
  "unknown-event": error<OfAggregate>({
    says: ({ name, aggregate, isOther }) =>
      `The aggregate "${aggregate}" has no event "${name}"${isOther ? ", only a command of that name" : ""}.`,
    help: ({ suggestion, name }) => didYouMean(suggestion, `Declare it: event ${name}.`),
    why: "A command publishes only events of its own aggregate, and each of them is declared, with what it carries and what it changes.",
    wrong: `command like\n  publish likd with likes = likes + 1`,
    right: like,
  }),
  "unknown-command": error<OfAggregate>({
    says: ({ name, aggregate, isOther }) =>
      `The aggregate "${aggregate}" has no command "${name}"${isOther ? ", only an event of that name" : ""}.`,
    help: ({ suggestion, name }) => didYouMean(suggestion, `Declare it: command ${name}.`),
    why: "Permissions, flows and scenarios speak of commands that are declared.",
    wrong: `scenario "A message is liked"\n  given message.sent with text = "hey"\n  when message.lke\n  then message.liked with likes = 1`,
    right: `scenario "A message is liked"\n  given message.sent with text = "hey"\n  when message.like\n  then message.liked with likes = 1`,
  }),
  "unknown-list": error<Unknown>({
    says: ({ name }) => `There is no list "${name}".`,
    help: ({ suggestion }) => didYouMean(suggestion),
    why: "A scenario can only look into lists that the model declares.",
    wrong: `scenario "A message appears"\n  when message.send with text = "hey"\n  then mesages has text = "hey"`,
    right: `scenario "A message appears"\n  when message.send with text = "hey"\n  then messages has text = "hey"`,
  }),
  "unknown-role": error<Unknown>({
    says: ({ name }) => `There is no role "${name}".`,
    help: ({ suggestion, name }) =>
      [didYouMean(suggestion), suggestion.nearest === undefined ? `A role is declared before contexts: role ${name}` : undefined]
        .filter((part) => part !== undefined)
        .join(" "),
    why: "Who may do something is everyone, authenticated (who has said who they are), owner (who started it), or a role that the model declares.",
    wrong: `allow evryone to like`,
    right: `allow everyone to like`,
  }),
  "unknown-field": error<Unknown & { readonly of: string }>({
    says: ({ name, of }) => `There is no field "${name}" in ${of}.`,
    help: ({ suggestion }) => didYouMean(suggestion, "It has no fields."),
    why: "Only a field that is declared can be read or given a value.",
    wrong: `command like\n  publish liked with lkes = likes + 1`,
    right: like,
  }),
  "unknown-name": error<Unknown & { readonly place: string }>({
    says: ({ name, place }) => `"${name}" is nothing that ${place} knows.`,
    help: ({ suggestion }) => didYouMean(suggestion),
    why: "A command knows its own fields, what it has named with let, and the state; an event its own fields and the state; a list's line the event's fields and the row.",
    wrong: `command like\n  publish liked with likes = lieks + 1`,
    right: like,
  }),
  "unknown-shorthand": error<Unknown & { readonly place: string }>({
    says: ({ name }) => `"${name}" alone means ${name} = event.${name}, and the event has no field "${name}".`,
    help: ({ suggestion, name }) => didYouMean(suggestion, `Say where it comes from: ${name} = ….`),
    why: "A field that is named without a value takes the event's field of the same name, never its own value.",
    wrong: `event liked\n  likes: integer\n  set text`,
    right: `event liked\n  likes: integer\n  set likes`,
  }),
  "unknown-option": error<Unknown & { readonly choice: string }>({
    says: ({ name, choice }) => `"${name}" is no option of "${choice}".`,
    help: ({ suggestion }) => didYouMean(suggestion),
    why: "What is compared with a choice, or assigned to it, is one of its options.",
    wrong: `choice mood\n  calm\n  cross\n\nvalue face\n  mood: mood = clam`,
    right: `choice mood\n  calm\n  cross\n\nvalue face\n  mood: mood = calm`,
  }),
  "unknown-call": error<Unknown>({
    says: ({ name }) => `There is no value and no function "${name}".`,
    help: ({ name, suggestion }) => asked.get(name) ?? didYouMean(suggestion),
    why: "A name before parentheses builds a value of the model, or calls a function of it; round(…) is there by itself.",
    wrong: `command like\n  publish liked with likes = rond(likes, 0)`,
    right: `command like\n  publish liked with likes = round(likes, 0)`,
  }),
  "unknown-of-word": error<{ readonly word: string; readonly suggestion: Suggestion }>({
    says: ({ word }) => `Nothing is called "${word} of …".`,
    help: ({ suggestion }) => didYouMean(suggestion),
    why: "Before of stand words that ask something about a list or a text.",
    wrong: `command like\n  publish liked with likes = number of tags`,
    right: `command like\n  publish liked with likes = count of tags`,
  }),
  "unknown-timer": error<Unknown & { readonly flow: string }>({
    says: ({ name, flow }) => `The flow "${flow}" schedules no timer "${name}".`,
    help: ({ suggestion, name }) => didYouMean(suggestion, `Schedule it: schedule ${name} in 3 days.`),
    why: "A timer that is never scheduled never comes.",
    wrong: `flow reminding for each message\n\n  when message.sent\n    schedule reminder in 3 days\n\n  when remindr\n    run message.like on flow.id`,
    right: `flow reminding for each message\n\n  when message.sent\n    schedule reminder in 3 days\n\n  when reminder\n    run message.like on flow.id`,
  }),
  "unknown-time-zone": error<{ readonly zone: string }>({
    says: ({ zone }) => `There is no time zone "${zone}".`,
    help: () => `Time zones are named by continent and city, as in "Europe/Berlin".`,
    why: "Calendar days begin and end by the clock of one place.",
    wrong: `domain demo\n  time zone "Berlin"`,
    right: `domain demo\n  time zone "Europe/Berlin"`,
  }),
  "unknown-reason": error<{ readonly reason: string; readonly nearest?: string }>({
    says: ({ reason }) => `Nothing is ever rejected with "${reason}".`,
    help: ({ nearest }) =>
      nearest === undefined ? "Write the reason as the command, invariant or unique line has it." : `Did you mean "${nearest}"?`,
    related: "The reason:",
    why: "A scenario that waits for a reason that nobody gives would fail however good the application is.",
    wrong: `command like\n  reject "It is liked enough." when likes > 5\n  publish liked with likes = likes + 1\n\nscenario "Enough is enough"\n  given message.sent with text = "hey"\n  given message.liked with likes = 6\n  when message.like\n  then rejected "It is liked enogh."`,
    right: `command like\n  reject "It is liked enough." when likes > 5\n  publish liked with likes = likes + 1\n\nscenario "Enough is enough"\n  given message.sent with text = "hey"\n  given message.liked with likes = 6\n  when message.like\n  then rejected "It is liked enough."`,
  }),
  "name-written-differently": error<{ readonly noun: string; readonly declared: string; readonly used: string; readonly uses: number }>({
    says: ({ noun, declared, used, uses }) =>
      `The ${noun} is called "${declared}" here, but ${uses === 1 ? "the line that means it says" : `${String(uses)} other lines say`} "${used}".`,
    help: ({ used }) => `Did you mean "${used}"?`,
    related: "The first of them:",
    why: "When a name is declared that nobody uses, and one like it is used that nobody declares, the two are the same and one of them has a slip in it.",
    wrong: `list messages\n  text: text\n  lieks: integer\n\n  when message.sent\n    add text, likes = 1\n\n  when message.liked\n    update likes\n\n  allow everyone to read`,
    right: `list messages\n  text: text\n  likes: integer\n\n  when message.sent\n    add text, likes = 1\n\n  when message.liked\n    update likes\n\n  allow everyone to read`,
  }),
  "name-declared-twice": error<{ readonly noun: string; readonly name: string }>({
    says: ({ noun, name }) => `There is ${a(noun.replace(/ of .*/, ""))} "${name}" already.`,
    help: () => "Give one of them another name, or take it out.",
    related: "First declared here:",
    why: "A name that means two things in the same place means nothing.",
    wrong: `event sent\n  text: text\n  text: text\n  set text`,
    right: `event sent\n  text: text\n  set text`,
  }),
  "name-of-a-type": error<{ readonly noun: string; readonly name: string }>({
    says: ({ noun, name }) => `${a(noun).replace(/^a/, "A")} cannot be called "${name}": that is a type of the language.`,
    help: () => "Choose another word, for instance one that says more.",
    why: "Where a type is named, the language's own types come first, and yours could never be meant.",
    wrong: `value duration\n  days: integer`,
    right: `value period\n  days: integer`,
  }),
  "name-of-the-client": error<{ readonly noun: "context" | "command"; readonly name: string }>({
    says: ({ noun, name }) => `A ${noun} cannot be called "${name}": in the generated client that is something else.`,
    help: ({ noun }) =>
      noun === "context" ? "Call it by what the people in it do." : "Choose another word, for instance one that says more.",
    why: "Pages write chat.lists for all lists, chat.events for what happens, and message.id for which message it is; contexts and commands stand beside them.",
    wrong: `context events\n\n  aggregate ticket\n    text: text\n\n    command open on new ticket\n      text: text\n      publish opened with text\n\n    event opened\n      text: text\n      set text\n\n    allow everyone to open\n    allow everyone to see opened`,
    right: `context theatre\n\n  aggregate ticket\n    text: text\n\n    command open on new ticket\n      text: text\n      publish opened with text\n\n    event opened\n      text: text\n      set text\n\n    allow everyone to open\n    allow everyone to see opened`,
  }),
  "name-ambiguous": error<{ readonly name: string; readonly meanings: readonly string[] }>({
    says: ({ name, meanings }) => `"${name}" could be ${either(meanings)}.`,
    help: ({ meanings }) => `Write which one it is: ${meanings.join(" or ")}.`,
    why: "The same word may mean different things in different contexts. From outside it takes the context's name to tell them apart.",
    wrong: `context support\n\n  aggregate message\n    text: text\n\n    command send on new message\n      text: text\n      publish sent with text\n\n    event sent\n      text: text\n      set text\n\n    allow everyone to send\n    allow everyone to see sent\n\nlist messages\n  text: text\n  likes: integer\n\n  when message.sent\n    add text\n\n  allow everyone to read`,
    right: `context support\n\n  aggregate ticket\n    text: text\n\n    command open on new ticket\n      text: text\n      publish opened with text\n\n    event opened\n      text: text\n      set text\n\n    allow everyone to open\n    allow everyone to see opened`,
  }),
  "name-taken": error<{ readonly name: string; readonly place: string }>({
    says: ({ name, place }) => `"${name}" means something in ${place} already.`,
    help: ({ name }) =>
      `Choose another name, for instance "${spelledOut(`new ${name}`).replaceAll(/ (\p{L})/gu, (_, letter: string) => letter.toUpperCase())}".`,
    why: "What is named by let, by for each or as a parameter never hides another name: a line could be read in two ways.",
    wrong: `command like\n  let text = "a"\n  publish liked with likes = likes + length of text`,
    right: `command like\n  let prefix = "a"\n  publish liked with likes = likes + length of prefix`,
  }),
  "aggregate-missing": error<{ readonly noun: string; readonly name: string; readonly holders: readonly string[] }>({
    says: ({ noun, name }) => `Outside of its aggregate ${a(noun)} is called by both names, and "${name}" is only one.`,
    help: ({ holders, name }) => (holders.length === 0 ? `Write it as AGGREGATE.${name}.` : `Write ${either(holders)}.`),
    why: "The same word may be an event of several aggregates.",
    wrong: `scenario "Liking"\n  given message.sent with text = "hey"\n  when like\n  then message.liked with likes = 1`,
    right: `scenario "Liking"\n  given message.sent with text = "hey"\n  when message.like\n  then message.liked with likes = 1`,
  }),
  "scope-word-alone": error<{ readonly word: string; readonly names: readonly string[] }>({
    says: ({ word }) => `"${word}" alone has no value.`,
    help: ({ word, names }) => (names.length === 0 ? undefined : `Write ${either(names.slice(0, 12).map((name) => `${word}.${name}`))}.`),
    why: "The word stands for the whole; only what is behind a dot has a value.",
    wrong: `command like\n  reject "No." when user is none\n  publish liked with likes = likes + 1`,
    right: `command like\n  reject "No." when user.id is none\n  publish liked with likes = likes + 1`,
  }),
  "scope-word-not-here": error<{ readonly word: string; readonly name: string; readonly place: string; readonly words: readonly string[] }>(
    {
      says: ({ word, name, place }) => `${place.replace(/^a/, "A")} knows no "${word}.${name}".`,
      help: ({ words }) => (words.length === 0 ? undefined : `Before a dot can stand here: ${words.map(quoted).join(", ")}.`),
      why: "Each place knows what it is about: a command its fields and the user, an event itself, a list's line the event and the row.",
      wrong: `event liked\n  likes: integer\n  set likes = command.likes`,
      right: `event liked\n  likes: integer\n  set likes = event.likes`,
    },
  ),
  "id-has-no-fields": error<{ readonly aggregate: string; readonly field: string }>({
    says: ({ aggregate, field }) => `This is only the id of ${a(aggregate)}, so "${field}" is not known here.`,
    help: () => "Let the event or command that comes here carry what is needed.",
    why: "Aggregates stand for themselves: one never looks into another. What it has to know, it is told.",
    wrong: `command copy\n  other: message\n  publish liked with likes = other.likes\n\nallow everyone to copy`,
    right: `command copy\n  likesOfOther: integer\n  publish liked with likes = likesOfOther\n\nallow everyone to copy`,
  }),
  "no-fields-here": error<{ readonly given: string; readonly field: string }>({
    says: ({ given, field }) => `${a(given).replace(/^a/, "A")} has no fields, so there is no "${field}" in it.`,
    help: () => "Only values of the model have fields.",
    why: "A dot asks for a part, and this has none.",
    wrong: `command like\n  publish liked with likes = likes.count`,
    right: `command like\n  publish liked with likes = likes`,
  }),
  "domain-missing": error<object>({
    says: () => `The model does not say what it is called.`,
    help: () => `Begin it with a line "domain", and a name.`,
    why: "The application that is generated has the domain's name.",
    wrong: `# without a domain`,
    right: `domain demo`,
  }),
  "domain-twice": error<{ readonly name: string }>({
    says: ({ name }) => `"${name}" is a second domain.`,
    help: () => "Take one of the two lines out. Parts of a domain are contexts.",
    related: "The first one:",
    why: "All files of a model speak of one domain.",
    wrong: `domain demo\n\ndomain other`,
    right: `domain demo`,
  }),
  "type-of-itself": error<{ readonly name: string }>({
    says: ({ name }) => `The type "${name}" stands for itself.`,
    help: () => "Say what it is, for instance text.",
    why: "A type that is explained by itself is never explained.",
    wrong: `type sku = sku`,
    right: `type sku = text`,
  }),
  "import-missing": error<{ readonly path: string }>({
    says: ({ path }) => `There is no file "${path}".`,
    help: () => "Paths are seen from the file that says import.",
    why: "What is imported is part of the model.",
    wrong: `import "./valus.domain"`,
    right: `domain demo`,
  }),
};
