import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compile } from "../../src/compile.ts";
import { catalogue } from "../../src/diagnostics/catalogue.ts";
import { codes } from "../../src/diagnostics/explain.ts";
import { memoryHost } from "../../src/host/memory-host.ts";
import { framed } from "./frame.ts";
import { mutationsOf } from "./mutations.ts";

const conditions = [
  "likes + 1 > 3 and not (text is empty)",
  "tags is empty or tags contains text",
  "text is in tags",
  "note is none or note is empty",
  '(note otherwise "") is "a"',
  "likes / likes is none",
  "share > likes",
  "total > 5",
  "total + likes > 1",
  "-total < 0",
  "due - now > 3 days",
  "due is 2026-01-31",
  "due < today",
  "wait is 3 days",
  "wait > 3 days",
  "text matches /a+/",
  'text starts with "a" and text ends with "b" and text contains "c"',
  "if likes > 1 then true else text is empty",
  "tags is [text]",
  "data is none",
  "other is message.id",
  "user.id is none",
  "count of tags > 1",
  "any of tags where it is text",
  "length of text > 1",
  "round(total, 2) is 1",
  "everything contains 1",
];

const fields = `note: optional text
share: number
total: decimal
due: optional date
wait: optional duration
data: optional json
other: optional message
everything: list of decimal
`;

const rows = [
  'update where likes > 1\n      text = "a"',
  "update where text is event.text\n      likes = 1",
  "update where text is event.text and likes > 1 or id is message.id\n      likes = 1",
  'update where text starts with "a"\n      likes = 1',
  'update where text ends with "a"\n      likes = 1',
  "update where text is empty\n      likes = 1",
  'update where likes < row.likes\n      text = "a"',
  'update where not likes > 1\n      text = "a"',
  "update where event.text is empty\n      likes = 1",
  "remove where likes + 1 > 2",
  "remove",
  "add or update where text is event.text\n      likes = row.likes + 1",
  "add or update likes = row.likes + 1",
  "let one = likes\n    update likes = 1",
  "when text is empty\n      remove\n    otherwise\n      update text",
];

const models = [
  ...codes.flatMap((code) => [catalogue[code].right, catalogue[code].wrong].map(framed)),
  ...mutationsOf(readFileSync(join(import.meta.dirname, "../../examples/chat/chat.domain"), "utf8")).map(({ text }) => text),
  ...conditions.map((condition) =>
    framed(`${fields}\ncommand send on any message\n  text: text\n  reject "No." when ${condition}\n  publish sent with text`),
  ),
  ...conditions.map((condition) => framed(`${fields}\nallow authenticated to send where ${condition}`)),
  ...rows.map((row) =>
    framed(
      `list messages\n  text: text\n  likes: integer\n\n  when message.sent\n    ${row}\n\n  when message.liked\n    add or update likes\n\n  allow everyone to read`,
    ),
  ),
];

test("a model that is found to be right can be generated, and one that cannot be is never found to be right", async () => {
  let generated = 0;
  for (const text of models) {
    const { diagnostics, files } = await compile(memoryHost({ "/m.domain": text }), ["/m.domain"]);
    expect(files === undefined).toBe(diagnostics.some(({ severity }) => severity === "error"));
    if (files !== undefined) generated++;
  }
  expect(generated).toBeGreaterThan(150);
});
