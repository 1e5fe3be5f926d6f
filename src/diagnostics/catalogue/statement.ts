import { error } from "../entry.ts";
import { quoted } from "../phrases.ts";

// Statements and where they belong.

export const statementEntries = {
  "statement-not-here": error<{
    readonly statement: string;
    readonly place: string;
    readonly allowed: readonly string[];
    readonly belongsTo: string;
  }>({
    says: (facts) =>
      isEventsWork(facts)
        ? "A command does not change anything by itself; its events do."
        : `"${facts.statement}" belongs to ${facts.belongsTo}, not to ${facts.place}.`,
    help: (facts) =>
      isEventsWork(facts)
        ? "Publish an event here, and write the change below that event."
        : `Possible here: ${facts.allowed.map(quoted).join(", ")}.`,
    why: "Commands decide and publish, events change the state, lists change rows, flows run commands. So everybody knows where to look for what.",
    wrong: `command like\n  set likes = likes + 1`,
    right: `command like\n  publish liked with likes = likes + 1`,
  }),
  "reject-always": error<{ readonly isInner: boolean }>({
    says: ({ isInner }) => (isInner ? "What stands below this would never happen." : "This rejects always."),
    help: () => `Say when: reject "…" when …. Without a condition it is the last line of a "when" block.`,
    why: "A command that is always rejected can never do anything.",
    wrong: `command like\n  reject "No."\n  publish liked with likes = likes + 1`,
    right: `command like\n  reject "No." when likes > 5\n  publish liked with likes = likes + 1`,
  }),
  "all-takes-nothing": error<{ readonly what: string }>({
    says: ({ what }) => `"set all" sets nothing: the event has no field of the same name and type as one in ${what}.`,
    help: () => "Name what is to be set, or take the line out.",
    why: `"all" means every field of the event that the state has too.`,
    wrong: `command tag\n  text: text\n  publish tagged with isLong = text is "long"\n\nevent tagged\n  isLong: boolean\n  set all`,
    right: `event tagged\n  tags: list of text\n  set all`,
  }),
  "clear-impossible": error<{ readonly name: string }>({
    says: ({ name }) => `"${name}" cannot be cleared: its type has no value that means nothing.`,
    help: ({ name }) => `Make "${name}" optional, or set it to something.`,
    why: "Clearing gives a field what it held before anything was said, and this one always holds something.",
    wrong: `sentAt: timestamp\n\nevent sent\n  text: text\n  set text, sentAt = event.timestamp\n\nevent liked\n  likes: integer\n  set likes\n  clear sentAt`,
    right: `sentAt: optional timestamp\n\nevent sent\n  text: text\n  set text, sentAt = event.timestamp\n\nevent liked\n  likes: integer\n  set likes\n  clear sentAt`,
  }),
  "end-of-what": error<{ readonly aggregate: string }>({
    says: () => `"end" says what ends.`,
    help: ({ aggregate }) => `Write "end ${aggregate}".`,
    why: "An end is final, so it is said in full.",
    wrong: `event liked\n  likes: integer\n  set likes\n  end`,
    right: `event liked\n  likes: integer\n  set likes\n  end message`,
  }),
  "run-in-command": error<object>({
    says: () => `A command never runs another command.`,
    help: () => "Publish an event, and let a flow run the other command.",
    why: "A command changes one aggregate, at once or not at all. What follows from it elsewhere is a flow's work.",
    wrong: `command like\n  by code\n    may publish liked\n    may run message.send`,
    right: `command like\n  publish liked with likes = likes + 1`,
  }),
};

/** In a command, something that only events do. */
const isEventsWork = ({ place, belongsTo }: { readonly place: string; readonly belongsTo: string }): boolean =>
  place === "a command" && belongsTo.startsWith("events");
