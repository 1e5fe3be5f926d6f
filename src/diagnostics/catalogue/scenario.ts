import { error } from "../entry.ts";
import { all, either } from "../phrases.ts";

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
  "given-incomplete": error<{ readonly event: string; readonly fields: readonly string[] }>({
    says: ({ event, fields }) => `What ${all(fields)} ${fields.length === 1 ? "is" : "are"} in this "${event}" is not said.`,
    help: ({ fields }) => `Say it: with ${fields.map((field) => `${field} = …`).join(", ")}`,
    why: "What is given has happened, with all of its data. A number that a scenario leaves out is 0, a text is empty, what is optional is none; nobody can guess an instant, an id or one of several choices.",
    wrong: `context planning\n\n  aggregate visit\n    day: date\n\n    command plan on new visit\n      day: date\n      publish planned with day\n\n    command cancel\n      publish cancelled\n\n    event planned\n      day: date\n      set day\n\n    event cancelled\n      end visit\n\n    allow everyone to plan, cancel\n    allow everyone to see planned, cancelled\n\nscenario "Whatever is planned can be cancelled"\n  given visit.planned\n  when visit.cancel\n  then visit.cancelled`,
    right: `context planning\n\n  aggregate visit\n    day: date\n\n    command plan on new visit\n      day: date\n      publish planned with day\n\n    command cancel\n      publish cancelled\n\n    event planned\n      day: date\n      set day\n\n    event cancelled\n      end visit\n\n    allow everyone to plan, cancel\n    allow everyone to see planned, cancelled\n\nscenario "Whatever is planned can be cancelled"\n  given visit.planned with day = 2026-03-01\n  when visit.cancel\n  then visit.cancelled`,
  }),
  "then-too-early": error<object>({
    says: () => "Nothing has been done yet that could have this outcome.",
    help: () => `Put a "when" line, or a "given … pass", before it.`,
    why: `"then" speaks of what has happened since the last "when" or "pass".`,
    wrong: `scenario "Nothing happens"\n  then nothing\n  when message.send with text = "hey"`,
    right: `scenario "Something happens"\n  when message.send with text = "hey"\n  then message.sent with text = "hey"`,
  }),
};
