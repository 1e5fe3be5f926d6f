import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { message } from "../../examples/chat/server/writeModel/communication/message.ts";
import { anonymous } from "../../runtime/protocol/user.ts";
import type { CommandRequest } from "../../runtime/protocol/socket.ts";
import { openSqliteLog } from "../../runtime/store/sqlite/log.ts";
import type { Answer } from "../../runtime/write/answer.ts";
import { createWriteModel } from "../../runtime/write/write-model.ts";
import { append, appendOne } from "./store-append.ts";
import { audit } from "./write-audit.ts";

let folder: string;
let full: string;
let other: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wkgen-full-"));
  [full, other] = [join(folder, "full"), join(folder, "other")];
  for (const one of [full, other]) mkdirSync(one);
});

afterEach(() => rmSync(folder, { recursive: true }));

const child = new URL("./write-full-child.ts", import.meta.url).pathname;
const mount = `mount -t tmpfs -o size=1m tmpfs "$0"`;
const canMount = spawnSync("unshare", ["--map-root-user", "--mount", "sh", "-c", mount, tmpdir()]).status === 0;

interface Told {
  readonly request: CommandRequest;
  readonly answer: Answer;
}

/** Runs the child where the shell has made space scarce; what it told the operator, and what it answered. */
function sendUntilFull(shell: readonly string[], scarcity: string): { readonly reports: string; readonly told: readonly Told[] } {
  const command = `${scarcity} && exec "$1" "$2" "$0" "$3"`;
  const [file, ...before] = [...shell, "sh", "-c", command, full, process.execPath, child, other];
  const reports = execFileSync(file!, before, { encoding: "utf8" });
  const lines = readFileSync(join(other, "answers"), "utf8").split("\n").slice(0, -1);
  return { reports, told: lines.map((line) => JSON.parse(line) as Told) };
}

/** With space again: all that was acknowledged is there, once, and all that was not can be sent again under its id. */
async function nothingIsLost(told: readonly Told[]): Promise<void> {
  const log = await openSqliteLog(join(other, "log.db"), { newId: () => "id" });
  const acknowledged = told.map(({ request, answer }) => ({ commandId: request.id, answer }));
  const handled = acknowledged.filter(({ answer }) => answer.kind === "handled");
  expect(handled.length).toBeGreaterThan(20);
  expect(acknowledged.length - handled.length).toBeGreaterThan(20);
  expect(audit(await log.read(0, 1_000_000), acknowledged)).toEqual([]);

  let ids = 0;
  const model = createWriteModel([message], log, { now: Date.now, newId: () => `again-${++ids}`, report() {} });
  const again: typeof acknowledged = [];
  for (const { request } of told) again.push({ commandId: request.id, answer: await model.handle(request, anonymous) });
  expect(new Set(again.map(({ answer }) => answer.kind))).toEqual(new Set(["handled"]));
  expect(audit(await log.read(0, 1_000_000), [...handled, ...again])).toEqual([]);
  await log.close();
}

type Scarcity = readonly [what: string, shell: readonly string[], scarcity: string, trouble: string];

const noMore: Scarcity = ["where files may not grow any more", [], "ulimit -f 1000", "unreadable: The disk failed while using"];
const noSpace: Scarcity = [
  "on a disk that is full",
  ["unshare", "--map-root-user", "--mount"],
  mount,
  "full: There is no space left to write",
];

test.each(canMount ? [noMore, noSpace] : [noMore])(
  "%s, nothing acknowledged is lost, and the operator is told once what to do",
  async (_what, shell, scarcity, trouble) => {
    const { reports, told } = sendUntilFull(shell, scarcity);
    expect(reports.split("\n")).toEqual([expect.stringMatching(/^[^.]+\/log\.db\. [^\n]+\.$/), ""]);
    expect(reports.slice(0, trouble.length)).toBe(trouble);
    const refused = told.find(({ answer }) => answer.kind === "refused");
    expect(refused).toMatchObject({ answer: { problem: { type: "unavailable" } } });
    await nothingIsLost(told);
  },
);

test("a log that may only be read is not opened, is explained in a sentence, and keeps what it has", async () => {
  const file = join(full, "log.db");
  const before = await openSqliteLog(file, { newId: () => "id" });
  await before.append([append("a", 0)]);
  await before.close();

  chmodSync(file, 0o444);
  chmodSync(full, 0o555);
  const code = `import { openSqliteLog } from ${JSON.stringify(new URL("../../runtime/store/sqlite/log.ts", import.meta.url))};
    await openSqliteLog(${JSON.stringify(file)}, { newId: () => "id" }).catch(({ trouble, message, cure }) => console.log(trouble, message, cure));`;
  const node = [process.execPath, "--eval", code];
  const [command, ...more] = [...bound(), ...node];
  const said = execFileSync(command!, more, { encoding: "utf8" });
  expect(said).toBe(
    `not-writable ${file} cannot be written. Give the user that runs this process the right to write the file and its folder.\n`,
  );

  chmodSync(full, 0o755);
  chmodSync(file, 0o644);
  const after = await openSqliteLog(file, { newId: () => "id" });
  expect((await appendOne(after, append("a", 1))).kind).toBe("appended");
  await after.close();
});

/** Root may write everything; like this it may no more than others. */
function bound(): readonly string[] {
  return process.getuid?.() === 0 ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"] : [];
}
