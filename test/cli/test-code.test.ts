import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inFolder, run, type Ended } from "./cli.ts";

const model = readFileSync(join(import.meta.dirname, "../emitters/golden/coded/coded.domain"), "utf8");
const code = "server/writeModel/communication/message.code.ts";
const notWritten = 'return mark.asRejected("Like is not written yet.");';

const scenarios = `
scenario "By code"
  given message.sent with text = "hey"
  when message.like
  then message.liked with likes = 1

scenario "Another one"
  when message.send with text = "hey"
  then message.sent
`;

/** What `wkgen test` says with this in the place of what is not written yet. */
async function testing(body: string, more: readonly string[] = []): Promise<Ended> {
  return inFolder(async (cwd) => {
    writeFileSync(join(cwd, "coded.domain"), model + scenarios);
    expect((await run(["build"], { cwd })).code).toBe(0);
    const file = join(cwd, code);
    writeFileSync(file, readFileSync(file, "utf8").replace(notWritten, body).replace("_aggregate, _command", "aggregate, _command"));
    return run(["test", ...more], { cwd });
  });
}

test("code is played as it will run", async () => {
  const { code, out } = await testing('aggregate.events.publish("liked", { likes: aggregate.state.likes + 1 });\n  return mark.asDone();');
  expect([code, out]).toEqual([0, expect.stringContaining("✓ By code")]);
});

test("what code throws is told with its place, and the others are played", async () => {
  const { code, out, err } = await testing('throw new Error("Not today.");');
  expect([code, err]).toEqual([1, ""]);
  expect(out).toMatch(/coded\.domain:\d+:3 The code failed: Not today\. \(server\/writeModel\/communication\/message\.code\.ts:4\)/);
  expect(out).toContain("✓ Another one");
});

test("what code prints does not get into what machines read", async () => {
  const { out, err } = await testing('console.log("Here I am.");\n  throw new Error("Not today.");', ["--json"]);
  expect(JSON.parse(out)).toMatchObject({ scenarios: [{ passed: false }, { passed: true }] });
  expect(err).toBe("Here I am.\n");
});

test("code that does not come to an end costs its own scenario only", async () => {
  const { code, out } = await testing("for (;;) aggregate.id;");
  expect(code).toBe(1);
  expect(out).toContain("The code failed: It does not come to an end.");
  expect(out).toContain("✓ Another one");
});

test("code that cannot be loaded is told without a stack", async () => {
  const { code, out, err } = await testing('return mark.asDone();\n};\nthrow new Error("At once.");\nexport const rest = () => {');
  expect([code, out]).toEqual([1, ""]);
  expect(err).toMatch(/^The generated application cannot be loaded: At once\.\nserver\/.*message\.code\.ts:\d+\n$/);
});
