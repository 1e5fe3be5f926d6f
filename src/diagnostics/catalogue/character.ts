import type { FaultFacts } from "../../../grammar/faults.ts";
import { error } from "../entry.ts";

// What stands in a text letter by letter.

export const characterEntries = {
  "wrong-encoding": error<{ /** Two bytes a letter. */ readonly isWide: boolean }>({
    says: ({ isWide }) =>
      isWide ? "This file is saved as UTF-16, and a model is UTF-8." : "A letter here cannot be read: the file is not saved as UTF-8.",
    help: () => `Open it in an editor, and save it with the encoding UTF-8. wkgen leaves it as it is until then.`,
    why: "A model may hold letters of any alphabet. So that everybody reads the same ones, there is one way to save them.",
    wrong: `domain demo # Gr\ufffd\ufffde`,
    right: `domain demo # Größe`,
  }),
  "unknown-character": error<FaultFacts["unknown-character"]>({
    says: ({ character }) => `"${character}" means nothing here.`,
    help: () => "Take it out, or put it into a text in quotes.",
    why: "Outside of texts in quotes a model is made of words, numbers and a few signs.",
    wrong: `command like\n  publish liked with likes = likes § 1`,
    right: `command like\n  publish liked with likes = likes + 1`,
  }),
  "wrong-quotes": error<FaultFacts["wrong-quotes"]>({
    says: ({ found }) => `Texts stand in straight quotes, but this is ${found}.`,
    help: () => `Write " before and after the text.`,
    why: "Word processors and chat programs replace straight quotes by curly ones. A text has one way to be written.",
    wrong: `command send on new message\n  text: text\n  reject “Text is missing.” when text is empty\n  publish sent with text`,
    right: `command send on new message\n  text: text\n  reject "Text is missing." when text is empty\n  publish sent with text`,
  }),
  "unclosed-text": error<FaultFacts["unclosed-text"]>({
    says: () => "This text is not closed on its line.",
    help: () => `Write " where it ends.`,
    why: "A text begins and ends on the same line, so that one forgotten quote cannot swallow what follows.",
    wrong: `command send on new message\n  text: text\n  reject "Text is missing. when text is empty\n  publish sent with text`,
    right: `command send on new message\n  text: text\n  reject "Text is missing." when text is empty\n  publish sent with text`,
  }),
  "unknown-escape": error<FaultFacts["unknown-escape"]>({
    says: ({ escape }) => `"${escape}" stands for nothing in a text.`,
    help: () => String.raw`Known are \", \\ and \n.`,
    why: "A backslash in a text gives the next letter another meaning, and only few have one.",
    wrong: String.raw`command send on new message
  text: text
  reject "100 \% text is missing." when text is empty
  publish sent with text`,
    right: `command send on new message\n  text: text\n  reject "100 % text is missing." when text is empty\n  publish sent with text`,
  }),
  "no-break-space": error<FaultFacts["no-break-space"]>({
    says: ({ character }) => `This looks like a space, but is another character (${character}).`,
    help: () => "Write an ordinary space.",
    why: "Texts that were copied from web pages or chats often bring such spaces along. Nobody sees them, and they would keep words from being recognised.",
    wrong: "command like\n  publish\u00a0liked with likes = likes + 1",
    right: "command like\n  publish liked with likes = likes + 1",
  }),
  "foreign-spelling": error<FaultFacts["foreign-spelling"]>({
    says: ({ found, write }) => `"${found}" is written "${write}" here.`,
    help: ({ write }) => `Write "${write}".`,
    why: "Each meaning has one spelling, in words where people use words, so that everybody can read every model.",
    wrong: `command send on new message\n  text: text\n  reject "Text is missing." when text == ""\n  publish sent with text`,
    right: `command send on new message\n  text: text\n  reject "Text is missing." when text is ""\n  publish sent with text`,
  }),
  "else-if": error<FaultFacts["else-if"]>({
    says: ({ found }) => `"${found}" is not written on one line here.`,
    help: () => `Write "otherwise", and "when" with its own lines below it.`,
    why: "A line says one thing. A second question belongs into the block below the first one's answer.",
    wrong: `command like\n  when likes < 10\n    publish liked with likes = likes + 1\n  else if likes < 20\n    publish liked with likes = likes + 2`,
    right: `command like\n  when likes < 10\n    publish liked with likes = likes + 1\n  otherwise\n    when likes < 20\n      publish liked with likes = likes + 2`,
  }),
  "needless-punctuation": error<FaultFacts["needless-punctuation"]>({
    says: ({ found }) => `"${found}" is not needed.`,
    help: ({ found }) => (/[{};]/.test(found) ? "Take it out: lines end by themselves, and indentation groups." : "Take it out."),
    why: "One line is one statement, and what is indented below a line belongs to it. Nothing else is needed to see it.",
    wrong: `command like\n  publish liked with likes = likes + 1;`,
    right: `command like\n  publish liked with likes = likes + 1`,
  }),
  "value-in-braces": error<FaultFacts["value-in-braces"]>({
    says: ({ found }) => `Values do not stand in braces: "${found}" cannot be read.`,
    help: () => `A value is written by its name, as in address(city = "Ulm"); of maps only the empty one can be written, as [].`,
    why: "What a map holds comes with the command of whoever sends it, or from code; a model says only that there is a map.",
    wrong: `command tag\n  publish tagged with tags = {first: "a"}`,
    right: `command tag\n  publish tagged with tags = []`,
  }),
};
