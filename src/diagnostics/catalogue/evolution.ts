import { error } from "../entry.ts";

// What was called otherwise, and what stored events have become.

export const evolutionEntries = {
  "former-name-taken": error<{ readonly name: string; readonly was: string; readonly other: string }>({
    says: ({ name, was, other }) =>
      other === was ? `"${name}" was "${was}", but there is a "${was}" here now.` : `"${name}" was "${was}", but so was "${other}".`,
    help: ({ was }) => `Let one thing be what "${was}" was, and give any other another name.`,
    related: "The other one is here:",
    why: "What was stored under the old name has to become one thing of now. If the name can mean two things, nobody can tell which.",
    wrong: `event sent was liked\n  text: text\n  set text`,
    right: `event sent was posted\n  text: text\n  set text`,
  }),
  "upgrade-missing": error<{ readonly event: string; readonly from: number }>({
    says: ({ event, from }) => `Nothing leads "${event}" from version ${from} to version ${from + 1}.`,
    help: ({ event, from }) => `Add "upgrade ${event} from ${from}" as well.`,
    why: "Each upgrade leads from one version of an event to the next, beginning with 1. Where one is missing, events of that version cannot be read.",
    wrong: `upgrade sent from 2\n  by code`,
    right: `upgrade sent from 1\n  by code\n\nupgrade sent from 2\n  by code`,
  }),
  "upgrade-twice": error<{ readonly event: string; readonly from: number }>({
    says: ({ event, from }) => `How "${event}" is upgraded from version ${from} is said twice.`,
    help: () => "Remove one of them, or number it anew.",
    related: "For the first time, it is said here:",
    why: "An event of one version becomes one of the next in one way.",
    wrong: `upgrade sent from 1\n  by code\n\nupgrade sent from 1\n  by code`,
    right: `upgrade sent from 1\n  by code`,
  }),
  "upgrade-too-early": error<{ readonly event: string; readonly from: number }>({
    says: ({ event, from }) => `"${event}" never had a version ${from}.`,
    help: ({ event }) => `Versions count from 1: "upgrade ${event} from 1".`,
    why: "The first shape that an event has in production is its version 1.",
    wrong: `upgrade sent from 0\n  by code`,
    right: `upgrade sent from 1\n  by code`,
  }),
};
