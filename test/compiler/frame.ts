/**
 * Puts the lines of an explanation into a small model that is whole, where they take the place of what has the same name: so the examples of
 * `wkgen explain` are held to be true.
 */
export function framed(excerpt: string): string {
  const blocks = blocksOf(excerpt);
  const contexts = blocks.filter(({ word }) => word === "context");
  const inAggregate = blocks.filter(({ word }) => isOfAggregate(word));
  const outside = blocks.filter(({ word }) => !isOfAggregate(word) && !["context", "domain", "list"].includes(word) && !isComment(word));
  const domains = blocks.filter(({ word }) => word === "domain" || isComment(word));
  const lists = blocks.filter(({ word }) => word === "list");
  const above = blocks
    .slice(
      0,
      Math.max(
        0,
        blocks.findIndex(({ word }) => word === "domain"),
      ),
    )
    .filter(({ word }) => word === "role");
  return [
    ...above.map(({ text }) => text),
    ...(domains.length > 0 ? domains.map(({ text }) => text) : ["domain demo"]),
    ...outside.filter(({ word }) => word === "import").map(({ text }) => text),
    `context communication\n\n${indented(aggregate(inAggregate), 1)}`,
    ...contexts.map(({ text }) => text),
    ...(lists.length > 0 ? lists.map(({ text }) => text) : [messages]),
    ...outside.filter((block) => block.word !== "import" && !above.includes(block)).map(({ text }) => text),
  ]
    .join("\n\n")
    .concat("\n");
}

const isComment = (word: string) => word === "#";

interface Block {
  readonly word: string;
  readonly name: string;
  readonly text: string;
}

/** A line that is not indented, and all below it. */
function blocksOf(excerpt: string): readonly Block[] {
  return excerpt
    .split(/\n(?=\S)/)
    .map((text) => text.trimEnd())
    .filter((text) => text !== "")
    .map((text) => {
      const [word = "", name = ""] = text.replace(/^retired /, "").split(/[\s:]+/);
      return { word: text.startsWith("#") ? "#" : /^\w+:/.test(text) ? "field" : word, name: /^\w+:/.test(text) ? word : name, text };
    });
}

const elsewhere = "context domain import list flow scenario role value choice type function table #".split(" ");

const isOfAggregate = (word: string) => !elsewhere.includes(word);

function aggregate(given: readonly Block[]): string {
  const replaced = new Set(given.map(({ word, name }) => `${word} ${name}`));
  const base = blocksOf(message).filter(({ word, name }) => word === "allow" || !replaced.has(`${word} ${name}`));
  const all = [...base.filter(({ word }) => word !== "allow"), ...given, ...base.filter(({ word }) => word === "allow")];
  const fields = all.filter(({ word }) => word === "field").map(({ text }) => text);
  const others = all.filter(({ word }) => word !== "field").map(({ text }) => text);
  return ["aggregate message", indented(fields.join("\n"), 1), "", indented(others.join("\n\n"), 1)].join("\n");
}

const message = `text: text
likes: integer
tags: list of text

command send on new message
  text: text
  publish sent with text

command like
  publish liked with likes = likes + 1

event sent
  text: text
  set text

event liked
  likes: integer
  set likes

command tag
  text: text
  publish tagged with tags = [text]

event tagged
  tags: list of text
  set tags

allow everyone to send, like, tag
allow everyone to see sent, liked, tagged`;

const messages = `list messages
  text: text
  likes: integer

  when message.sent
    add text

  when message.liked
    update likes

  allow everyone to read`;

const indented = (text: string, levels: number) => text.replaceAll(/^(?=.)/gm, "  ".repeat(levels));
