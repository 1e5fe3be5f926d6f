import type { FaultFacts } from "../../../grammar/faults.ts";
import { error } from "../entry.ts";
import { counted } from "../phrases.ts";

// Indentation, and which line belongs to which.

const opened = "The block begins here:";

export const layoutEntries = {
  "tab-indentation": error<FaultFacts["tab-indentation"]>({
    says: ({ lines }) => (lines === 1 ? "This line is indented by tabs." : `${counted(lines, "line")} from here on are indented by tabs.`),
    help: () => "Indent by spaces, two for each level.",
    why: "A tab is as wide as each editor likes, so that a block that looks right to one person looks wrong to the next.",
    wrong: "command like\n\tpublish liked with likes = likes + 1",
    right: "command like\n  publish liked with likes = likes + 1",
  }),
  "unexpected-indentation": error<FaultFacts["unexpected-indentation"]>({
    says: ({ opener }) => `This line is indented below "${opener}", which has no lines of its own.`,
    help: () => "Indent it as far as the line above.",
    related: "The line above:",
    why: "Indentation says what a line belongs to. Most lines stand for themselves.",
    wrong: `event sent\n  text: text\n    set text`,
    right: `event sent\n  text: text\n  set text`,
  }),
  "indentation-between": error<FaultFacts["indentation-between"]>({
    says: ({ opener, lastLine }) =>
      `This line belongs neither into the block of "${opener}", which seems to end at line ${lastLine}, nor beside it.`,
    help: ({ expected }) => `Indent it by ${counted(expected, "space")}.`,
    related: opened,
    why: "A line that is indented less than its block ends the block. It has to stand exactly below a line that is further out, or it is not clear what it belongs to.",
    wrong: `event sent\n    text: text\n  set text`,
    right: `event sent\n    text: text\n    set text`,
  }),
  "misplaced-line": error<FaultFacts["misplaced-line"]>({
    says: ({ word, opener, belongsTo }) =>
      `"${word}" does not belong ${opener === "" ? "outside of all blocks" : `into the block of "${opener}"`}${belongsTo === "" ? ", but stands for itself" : `, but into that of "${belongsTo}"`}.`,
    help: ({ belongsTo }) =>
      belongsTo === "" ? "Indent it less: it begins at the left margin." : `Indent it as the other lines below "${belongsTo}".`,
    related: opened,
    why: "Where a line stands says what it belongs to, and each kind of line has its place.",
    wrong: `event sent\n  text: text\n  set text\n  event read\n    set likes = likes`,
    right: `event sent\n  text: text\n  set text`,
  }),
  "too-deep": error<FaultFacts["too-deep"]>({
    says: ({ limit }) => `This is nested more than ${limit} levels deep.`,
    help: () => `Give a part of it a name with "let", or split the block.`,
    why: "Nobody can read so many levels, and a file that has them is most likely broken.",
    wrong: `command like\n  publish liked with likes = ${"(".repeat(300)}likes${")".repeat(300)}`,
    right: `command like\n  publish liked with likes = likes + 1`,
  }),
};
