import { error } from "../entry.ts";

// Lists and flows, and what they react to.

const list = (lines: string) => `list messages\n  text: text\n  likes: integer\n\n${lines}\n\n  allow everyone to read`;

export const flowEntries = {
  "list-trigger": error<{ readonly isTimer: boolean }>({
    says: ({ isTimer }) => (isTimer ? "A list reacts to events, and this is none." : "A list does not hear of commands that are rejected."),
    help: ({ isTimer }) => (isTimer ? "Write AGGREGATE.EVENT." : "Let it react to events."),
    why: "Lists are made from what has happened, and from nothing else.",
    wrong: list(`  when sent\n    add text`),
    right: list(`  when message.sent\n    add text`),
  }),
  "reaction-twice": error<{ readonly event: string; readonly what: string }>({
    says: ({ event, what }) => `${what.replace(/^t/, "T")} reacts to "${event}" twice.`,
    help: () => "Put the lines of both into one block, in the order in which they are meant.",
    related: "The first time:",
    why: "Lines happen in their order, and between two blocks there is none.",
    wrong: list(`  when message.sent\n    add text\n\n  when message.sent\n    update likes = 1`),
    right: list(`  when message.sent\n    add text, likes = 1`),
  }),
  "row-without-id": error<{ readonly list: string }>({
    says: ({ list }) => `Each turn would add the same row of "${list}" again: they all have the id of the aggregate.`,
    help: () => `Say what makes a row: "add id = …", or "add or update where … is …".`,
    why: "A row that is there already is replaced, so that of all turns only the last would stay.",
    wrong: list(`  when message.tagged\n    for each one in tags\n      add text = one`),
    right: list(`  when message.tagged\n    for each one in tags\n      add or update where text is one\n        likes = row.likes + 1`),
  }),
  "for-in-list": error<object>({
    says: () => `A list has no instances that an event could be "for".`,
    help: () => `Say in the line below which row is meant: "update where … is …".`,
    why: `"for" says which instance of a flow an event belongs to.`,
    wrong: list(`  when message.sent for event.id\n    add text`),
    right: list(`  when message.sent\n    add text`),
  }),
  "for-missing": error<{ readonly flow: string; readonly keeper: string; readonly event: string }>({
    says: ({ keeper, event }) => `It is not said which "${keeper}" the event "${event}" is for.`,
    help: ({ keeper }) => `Add "for", and the field of the event that holds the ${keeper}'s id.`,
    why: "A flow with instances gives each event to one of them.",
    wrong: `context support\n\n  aggregate ticket\n    about: optional message\n\n    command open on new ticket\n      about: message\n      publish opened with about\n\n    event opened\n      about: message\n      set about\n\n    allow everyone to open\n    allow everyone to see opened\n\nflow answering for each message\n\n  when ticket.opened\n    run message.like on flow.id`,
    right: `context support\n\n  aggregate ticket\n    about: optional message\n\n    command open on new ticket\n      about: message\n      publish opened with about\n\n    event opened\n      about: message\n      set about\n\n    allow everyone to open\n    allow everyone to see opened\n\nflow answering for each message\n\n  when ticket.opened for about\n    run message.like on flow.id`,
  }),
  "for-without-instances": error<{ readonly flow: string }>({
    says: ({ flow }) => `The flow "${flow}" has no instances that an event could be "for".`,
    help: ({ flow }) => `Write "flow ${flow} for each …", or leave "for" out.`,
    why: `Only a flow "for each" of something has several instances.`,
    wrong: `flow greeting\n\n  when message.sent for message.id\n    run message.like`,
    right: `flow greeting\n\n  when message.sent\n    run message.like`,
  }),
  "flow-without-instances": error<{ readonly flow: string }>({
    says: ({ flow }) => `The flow "${flow}" keeps nothing, so it has no fields.`,
    help: ({ flow }) => `Write "flow ${flow} for each …": then each instance has its own.`,
    why: "What a flow remembers, it remembers for one thing, for instance for one order.",
    wrong: `flow greeting\n  count: integer\n\n  when message.sent\n    run message.like`,
    right: `flow greeting for each message\n  count: integer\n\n  when message.sent\n    set count = flow.count + 1\n    run message.like`,
  }),
  "timer-without-instances": error<{ readonly flow: string }>({
    says: ({ flow }) => `The flow "${flow}" keeps nothing, so it has no timers.`,
    help: ({ flow }) => `Write "flow ${flow} for each …".`,
    why: "A timer belongs to one instance, and is remembered with it.",
    wrong: `flow reminding\n\n  when message.sent\n    schedule reminder in 3 days`,
    right: `flow reminding for each message\n\n  when message.sent\n    schedule reminder in 3 days\n\n  when reminder\n    run message.like on flow.id`,
  }),
  "run-on-new": error<{ readonly command: string; readonly aggregate: string }>({
    says: ({ command, aggregate }) => `"${command}" does not start a new "${aggregate}".`,
    help: ({ command, aggregate }) => `Say which one it is for, or declare the command as "command ${command} on new ${aggregate}".`,
    why: "Only a command that is declared so begins a new aggregate.",
    wrong: `flow greeting\n\n  when message.sent\n    run message.like on new`,
    right: `flow greeting\n\n  when message.sent\n    run message.like`,
  }),
  "run-on-missing": error<{ readonly command: string; readonly aggregate: string; readonly isNew: boolean; readonly isOwn: boolean }>({
    says: ({ command, aggregate }) => `It is not said on which "${aggregate}" the command "${command}" is run.`,
    help: ({ command, aggregate, isNew, isOwn }) =>
      isOwn
        ? `Write "run ${aggregate}.${command} on flow.id" for the ${aggregate} that this flow is about.`
        : isNew
          ? `Write "on new", or "on" and an id.`
          : `Write "on", and an id.`,
    why: `Without "on" a command runs on the aggregate that the event came from, and this is another one.`,
    wrong: `context support\n\n  aggregate ticket\n    about: optional message\n\n    command open on new ticket\n      about: message\n      publish opened with about\n\n    event opened\n      about: message\n      set about\n\n    allow everyone to open\n    allow everyone to see opened\n\nflow asking\n\n  when message.sent\n    run ticket.open with about = message.id`,
    right: `context support\n\n  aggregate ticket\n    about: optional message\n\n    command open on new ticket\n      about: message\n      publish opened with about\n\n    event opened\n      about: message\n      set about\n\n    allow everyone to open\n    allow everyone to see opened\n\nflow asking\n\n  when message.sent\n    run ticket.open on new with about = message.id`,
  }),
  "end-in-flow": error<{ readonly name: string }>({
    says: ({ name }) => `A flow cannot end "${name}", only itself.`,
    help: () => `Write "end" alone, or run a command whose event ends the aggregate.`,
    why: "What happens to an aggregate is said by its own events.",
    wrong: `flow greeting for each message\n\n  when message.sent\n    end message`,
    right: `flow greeting for each message\n\n  when message.sent\n    end`,
  }),
};
