import { error } from "../entry.ts";
import { all } from "../phrases.ts";

// Who may what.

export const accessEntries = {
  "see-missing": error<{ readonly names: readonly string[] }>({
    says: ({ names }) => `${all(names)} ${names.length === 1 ? "is an event" : "are events"}, and nobody runs events.`,
    help: ({ names }) => `Write "to see ${names.join(", ")}".`,
    why: "People run commands, and see what has happened.",
    wrong: `allow everyone to sent`,
    right: `allow everyone to see sent`,
  }),
  "read-in-aggregate": error<{ readonly aggregate: string }>({
    says: ({ aggregate }) => `"${aggregate}" is an aggregate: nobody reads it.`,
    help: () => `Allow people to run commands or to see events; reading is for lists.`,
    why: "What people read stands in lists, which are made from events.",
    wrong: `allow everyone to read`,
    right: `allow everyone to see sent`,
  }),
  "read-only-in-list": error<{ readonly list: string }>({
    says: ({ list }) => `"${list}" is a list: people can only read it.`,
    help: () => `Write "allow … to read".`,
    why: "Commands and events belong to aggregates, and are allowed there.",
    wrong: `list messages\n  text: text\n  likes: integer\n\n  when message.sent\n    add text\n\n  allow everyone to see sent`,
    right: `list messages\n  text: text\n  likes: integer\n\n  when message.sent\n    add text\n\n  allow everyone to read`,
  }),
  "owner-of-list": error<{ readonly list: string }>({
    says: ({ list }) => `Nobody is the owner of a row of "${list}".`,
    help: () => `Keep who it is in a field, and write "allow authenticated to read where FIELD is user.id".`,
    why: "An owner is who started an aggregate. Rows are made from events of many people.",
    wrong: `list messages\n  text: text\n  likes: integer\n\n  when message.sent\n    add text\n\n  allow owner to read`,
    right: `list messages\n  text: text\n  likes: integer\n  author: optional id\n\n  when message.sent\n    add text, author = event.user\n\n  allow authenticated to read where author is user.id`,
  }),
};
