import { question, warning } from "../entry.ts";
import { a, all } from "../phrases.ts";

// What is not wrong, but hardly ever meant; and the questions that are still open.

/** What a condition decides. */
type Decided = "reject" | "publish" | "when" | "invariant" | "allow" | "rows" | "query";

const neverSo: { readonly [What in Decided]: string } = {
  reject: "nobody is ever turned down by it",
  publish: "this is never published",
  when: "what stands below it never happens",
  invariant: "every command would be turned down by it",
  allow: "the line allows nobody anything",
  rows: "no row is ever meant",
  query: "the answer is always empty",
};

const alwaysSo: { readonly [What in Decided]: string } = {
  reject: "the command is always turned down",
  publish: "the condition makes no difference",
  when: "the other case never comes",
  invariant: "nothing could ever break it",
  allow: "the condition makes no difference",
  rows: "every row is meant",
  query: "every row is in the answer",
};

export const adviceEntries = {
  "domain-not-first": warning<{ readonly name: string }>({
    says: ({ name }) => `The line "domain ${name}" stands below others.`,
    help: () => "Begin the file with it.",
    related: "The line that comes first:",
    why: "Whoever opens the file wants to know first what it is about.",
    wrong: `role clerk\n\ndomain demo`,
    right: `domain demo\n\nrole clerk`,
  }),
  "event-never-published": warning<{ readonly event: string; readonly aggregate: string }>({
    says: ({ event, aggregate }) => `No command of "${aggregate}" publishes "${event}".`,
    help: () => `Publish it in a command, or write "retired event" where only old ones are to be read.`,
    why: "An event that nobody publishes never happens, and what reacts to it never does anything.",
    wrong: `event disliked\n  likes: integer\n  set likes`,
    right: `command dislike\n  publish disliked with likes = likes - 1\n\nevent disliked\n  likes: integer\n  set likes\n\nallow everyone to dislike`,
  }),
  "event-without-effect": warning<{ readonly event: string }>({
    says: ({ event }) => `Nobody sees "${event}", and nothing reacts to it.`,
    help: ({ event }) => `Let it change the state, feed a list or move a flow, or write "allow … to see ${event}".`,
    why: "What has no effect is noise in the history.",
    wrong: `command dislike\n  publish disliked\n\nevent disliked\n\nallow everyone to dislike`,
    right: `command dislike\n  publish disliked\n\nevent disliked\n\nallow everyone to dislike\nallow everyone to see disliked`,
  }),
  "command-never-allowed": warning<{ readonly command: string }>({
    says: ({ command }) => `Nobody may run "${command}".`,
    help: ({ command }) => `Write "allow … to ${command}", unless only flows are to run it.`,
    why: "What nobody is allowed nobody may do.",
    wrong: `command dislike\n  publish liked with likes = likes - 1`,
    right: `command dislike\n  publish liked with likes = likes - 1\n\nallow everyone to dislike`,
  }),
  "command-without-event": warning<{ readonly command: string }>({
    says: ({ command }) => `"${command}" publishes nothing.`,
    help: () => "Publish what has happened.",
    why: "A command that leaves no event behind changes nothing, whatever it was told.",
    wrong: `command dislike\n  reject "No." when likes is 0\n\nallow everyone to dislike`,
    right: `command dislike\n  reject "No." when likes is 0\n  publish liked with likes = likes - 1\n\nallow everyone to dislike`,
  }),
  "aggregate-never-begins": warning<{ readonly aggregate: string }>({
    says: ({ aggregate }) => `No command starts ${a(aggregate)}.`,
    help: ({ aggregate }) => `Write "on new ${aggregate}" behind the command that does.`,
    why: "A command works on an aggregate that exists, unless it says that it starts a new one.",
    wrong: `context support\n\n  aggregate ticket\n    text: text\n\n    command open\n      text: text\n      publish opened with text\n\n    event opened\n      text: text\n      set text\n\n    allow everyone to open\n    allow everyone to see opened`,
    right: `context support\n\n  aggregate ticket\n    text: text\n\n    command open on new ticket\n      text: text\n      publish opened with text\n\n    event opened\n      text: text\n      set text\n\n    allow everyone to open\n    allow everyone to see opened`,
  }),
  "list-never-filled": warning<{ readonly list: string; readonly onlyUpdates: boolean }>({
    says: ({ list, onlyUpdates }) =>
      onlyUpdates ? `Rows of "${list}" are changed, but never added.` : `Nothing ever comes into "${list}".`,
    help: () => `Let it react to an event with "add" or "add or update".`,
    why: "A list holds what events have put into it.",
    wrong: `list messages\n  likes: integer\n\n  when message.liked\n    update likes\n\n  allow everyone to read`,
    right: `list messages\n  likes: integer\n\n  when message.liked\n    add or update likes\n\n  allow everyone to read`,
  }),
  "row-never-there": warning<{ readonly list: string; readonly aggregate: string; readonly verb: string }>({
    says: ({ list, aggregate, verb }) => `No row of "${list}" has the id of ${a(aggregate)}, so there is nothing to ${verb}.`,
    help: ({ verb }) => `Say which rows are meant: "${verb} where … is …".`,
    why: "Without where, a line is about the row with the id of the event's own aggregate, and only events of that aggregate add such rows.",
    wrong: `context support\n\n  aggregate ticket\n    text: text\n\n    command open on new ticket\n      text: text\n      publish opened with text\n\n    event opened\n      text: text\n      set text\n\n    allow everyone to open\n    allow everyone to see opened\n\nlist messages\n  text: text\n  likes: integer\n\n  when message.sent\n    add text\n\n  when ticket.opened\n    update text\n\n  allow everyone to read`,
    right: `context support\n\n  aggregate ticket\n    text: text\n\n    command open on new ticket\n      text: text\n      publish opened with text\n\n    event opened\n      text: text\n      set text\n\n    allow everyone to open\n    allow everyone to see opened\n\nlist messages\n  text: text\n  likes: integer\n\n  when message.sent\n    add text\n\n  when ticket.opened\n    update where text is event.text\n      likes = 1\n\n  allow everyone to read`,
  }),
  "row-replaced": warning<{ readonly list: string; readonly event: string }>({
    says: ({ list, event }) => `Every "${event}" but the first replaces the row of "${list}" that is there already.`,
    help: () => `Write "add or update", or give each its own row: "add id = event.id, …".`,
    why: "A row that is added has the id of the aggregate, and the aggregate can publish this event many times.",
    wrong: `list messages\n  text: text\n  likes: integer\n\n  when message.liked\n    add likes\n\n  allow everyone to read`,
    right: `list messages\n  text: text\n  likes: integer\n\n  when message.liked\n    add or update likes\n\n  allow everyone to read`,
  }),
  "list-never-read": warning<{ readonly list: string }>({
    says: ({ list }) => `Nobody may read "${list}".`,
    help: () => `Write "allow … to read".`,
    why: "What nobody is allowed nobody may do.",
    wrong: `list messages\n  text: text\n  likes: integer\n\n  when message.sent\n    add text`,
    right: `list messages\n  text: text\n  likes: integer\n\n  when message.sent\n    add text\n\n  allow everyone to read`,
  }),
  "field-never-used": warning<{ readonly field: string; readonly of: string }>({
    says: ({ field, of }) => `"${field}" of ${of} is never used.`,
    help: () => "Use it, or take it out.",
    why: "People would be asked for something that makes no difference.",
    wrong: `command like\n  mood: text\n  publish liked with likes = likes + 1`,
    right: `command like\n  publish liked with likes = likes + 1`,
  }),
  "state-never-set": warning<{ readonly field: string; readonly aggregate: string }>({
    says: ({ field, aggregate }) => `No event of "${aggregate}" ever sets "${field}".`,
    help: () => "Set it in an event, or take it out.",
    why: "A field that nobody sets has the same value always.",
    wrong: `dislikes: integer`,
    right: `dislikes: integer\n\nevent liked\n  likes: integer\n  set likes, dislikes = dislikes - 1`,
  }),
  "name-repeated": warning<{ readonly noun: string; readonly name: string; readonly aggregate: string; readonly shorter: string }>({
    says: ({ noun, name, aggregate }) => `The ${noun} "${name}" repeats the name of its aggregate "${aggregate}".`,
    help: ({ shorter }) => `"${shorter}" says as much.`,
    why: "Outside it is called by both names anyway, and message.messageSent is said twice.",
    wrong: `command likeMessage\n  publish liked with likes = likes + 1\n\nallow everyone to likeMessage`,
    right: `command like\n  publish liked with likes = likes + 1`,
  }),
  "name-of-a-database": warning<{ readonly noun: string; readonly name: string; readonly word: string }>({
    says: ({ noun, name, word }) => `"${word}" in the ${noun} "${name}" is what a database does, hardly ever what people do.`,
    help: () => `Ask what happens in the domain: "open an account", "hire somebody", "cancel an order".`,
    why: "Models that create, update and delete lose the reasons why. The words of the domain keep them.",
    wrong: `command updateLikes\n  publish liked with likes = likes + 1\n\nallow everyone to updateLikes`,
    right: `command like\n  publish liked with likes = likes + 1`,
  }),
  "command-not-imperative": warning<{ readonly command: string; readonly imperative: string }>({
    says: ({ command }) => `A command says what somebody wants, and "${command}" does not sound like a wish.`,
    help: ({ imperative }) => `Call it "${imperative}", if that is what is meant.`,
    why: "Commands are verbs in the imperative and events in the past tense, so that everybody hears whether something is wanted or has happened.",
    wrong: `command liking\n  publish liked with likes = likes + 1\n\nallow everyone to liking`,
    right: `command like\n  publish liked with likes = likes + 1`,
  }),
  "event-not-past": warning<{ readonly event: string; readonly past: string }>({
    says: ({ event }) => `An event says what has happened, and "${event}" does not sound like the past.`,
    help: ({ past }) => `Call it "${past}", if that is what is meant.`,
    why: "Commands are verbs in the imperative and events in the past tense, so that everybody hears whether something is wanted or has happened.",
    wrong: `command accept\n  publish approve with likes = likes + 1\n\nevent approve\n  likes: integer\n  set likes\n\nallow everyone to accept`,
    right: `command accept\n  publish approved with likes = likes + 1\n\nevent approved\n  likes: integer\n  set likes\n\nallow everyone to accept`,
  }),
  "condition-never-holds": warning<{ readonly what: Decided }>({
    says: ({ what }) => `This can never be so, and ${neverSo[what]}.`,
    help: () => "Look at what is compared, and at the restrictions of its type; or take the line out.",
    why: "A rule that cannot apply protects nobody, and looks as if it did.",
    wrong: `command send on new message\n  text: text, 1 to 280 characters\n  reject "Text is missing." when text is empty\n  publish sent with text`,
    right: `command send on new message\n  text: text, at most 280 characters\n  reject "Text is missing." when text is empty\n  publish sent with text`,
  }),
  "condition-always-holds": warning<{ readonly what: Decided }>({
    says: ({ what }) => `This is always so, and ${alwaysSo[what]}.`,
    help: () => "Look at what is compared, and at the restrictions of its type; or take the condition out.",
    why: "A condition that makes no difference hides one that was meant to.",
    wrong: `command like\n  times: integer, at least 1\n  publish liked with likes = likes + times when times > 0`,
    right: `command like\n  times: integer, at least 1\n  publish liked with likes = likes + times`,
  }),
  "allowed-anyway": warning<{ readonly names: readonly string[]; readonly who: string }>({
    says: ({ names, who }) =>
      `${all(names)} ${names.length === 1 ? "is" : "are"} allowed to ${who === "owner" ? "the owner" : who} anyway.`,
    help: () => "Take the line out, or restrict the other one.",
    related: "By this line:",
    why: "One line that allows is enough. Another one below it looks as if it made a difference.",
    wrong: `role clerk\n\nallow clerk to like`,
    right: `role clerk\n\ncommand dislike\n  publish liked with likes = likes - 1\n\nallow clerk to dislike`,
  }),
  "row-added-twice": warning<{ readonly list: string; readonly event: string }>({
    says: ({ list, event }) => `"${event}" adds the same row to "${list}" twice.`,
    help: () => `Put both into one line, or give each row an id: "add id = event.id, …".`,
    related: "It is added here already:",
    why: "A row that is added has the id of the aggregate; the second one replaces the first at once.",
    wrong: `list messages\n  text: text\n  likes: integer\n\n  when message.sent\n    add text\n    add likes = 1\n\n  allow everyone to read`,
    right: `list messages\n  text: text\n  likes: integer\n\n  when message.sent\n    add text, likes = 1\n\n  allow everyone to read`,
  }),
  "list-repeated": warning<{ readonly list: string; readonly other: string }>({
    says: ({ list, other }) => `"${list}" has the same fields as "${other}", filled by the same lines.`,
    help: () => `Take one of them out; named questions ("query … where … order by …") tell apart what people want to see.`,
    related: "The other one:",
    why: "Every event would be kept twice, and the two lists say the same always.",
    wrong: `list messages\n  text: text\n\n  when message.sent\n    add text\n\n  allow everyone to read\n\nlist notes\n  text: text\n\n  when message.sent\n    add text\n\n  allow everyone to read`,
    right: `list messages\n  text: text\n\n  when message.sent\n    add text\n\n  query withText(part: text) where text contains part\n\n  allow everyone to read`,
  }),
  "flows-in-a-circle": warning<{ readonly flow: string; readonly events: readonly string[] }>({
    says: ({ events }) => `What this runs leads to itself again: ${events.join(" → ")}.`,
    help: () => "Let something end it: a condition that stops being so, another event, or a timer between.",
    why: "Flows react at once. Where one leads to the other and back, they go on for ever.",
    wrong: `flow echo\n\n  when message.liked\n    run message.like`,
    right: `flow echo for each message\n\n  when message.sent\n    run message.like`,
  }),
  "open-question": question<{ readonly text: string }>({
    says: ({ text }) => text,
    why: "A question that nobody has answered yet. It is listed until it is.",
    wrong: `command like\n  question "May somebody like twice?"\n  publish liked with likes = likes + 1`,
    right: `command like\n  publish liked with likes = likes + 1`,
  }),
  "needless-allowance": warning<{ readonly code: string; readonly known: boolean }>({
    says: ({ code, known }) =>
      known ? `Nothing on this line is reported as "${code}".` : `There is no advice "${code}" that could be switched off.`,
    help: () => "Take the comment out.",
    why: "A switch that switches nothing off hides what it was once for.",
    wrong: `command like # wkgen-allow command-never-allowed\n  publish liked with likes = likes + 1`,
    right: `command like\n  publish liked with likes = likes + 1`,
  }),
};
