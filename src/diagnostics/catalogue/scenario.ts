import { error } from "../entry.ts";
import { either } from "../phrases.ts";

// Stories that cannot be true.

export const scenarioEntries = {
  "given-too-early": error<{ readonly event: string; readonly aggregate: string; readonly firsts: readonly string[] }>({
    says: ({ event, aggregate }) => `No "${aggregate}" begins with "${event}".`,
    help: ({ firsts }) =>
      firsts.length === 0 ? `No command starts one: none is "on new" or "on any".` : `Let ${either(firsts)} happen before.`,
    why: "What is given has happened, and nothing happens to what does not exist. An aggregate begins with an event that a command on new (or on any) publishes first.",
    wrong: `scenario "Liking twice"\n  given message.liked with likes = 1\n  when message.like\n  then message.liked with likes = 2`,
    right: `scenario "Liking twice"\n  given message.sent with text = "hey"\n  given message.liked with likes = 1\n  when message.like\n  then message.liked with likes = 2`,
  }),
  "then-too-early": error<object>({
    says: () => "Nothing has been done yet that could have this outcome.",
    help: () => `Put a "when" line, or a "given … pass", before it.`,
    why: `"then" speaks of what has happened since the last "when" or "pass".`,
    wrong: `scenario "Nothing happens"\n  then nothing\n  when message.send with text = "hey"`,
    right: `scenario "Something happens"\n  when message.send with text = "hey"\n  then message.sent with text = "hey"`,
  }),
};
