// Sends commands until the disk takes no more, then some more of them, and ends. Every answer goes to a file on another disk, with the command; what was reported
// to the operator goes to the standard output. What is on the full disk is copied to the other one. Arguments: the full folder, the other folder.

import { copyFileSync, openSync, readdirSync, writeSync } from "node:fs";
import { join } from "node:path";
import { message } from "../../examples/chat/server/writeModel/communication/message.ts";
import { timeOrderedId } from "../../runtime/protocol/time-ordered-id.ts";
import { anonymous } from "../../runtime/protocol/user.ts";
import { openSqliteLog } from "../../runtime/store/sqlite/log.ts";
import { StoreFailure } from "../../runtime/store/store-failure.ts";
import { createWriteModel } from "../../runtime/write/write-model.ts";

const [full, other] = process.argv.slice(2) as [string, string];
const answers = openSync(join(other, "answers"), "w");
const mostCommands = 2_000;
const refusalsToSee = 40;
const newId = () => timeOrderedId();

let refusals = 0;
const told = new Set<string>();
const log = await openSqliteLog(join(full, "log.db"), { newId });
const model = createWriteModel([message], log, { now: Date.now, newId, report });
await Promise.all(Array.from({ length: 8 }, sender));
await log.close();
for (const name of readdirSync(full)) copyFileSync(join(full, name), join(other, name));

async function sender(): Promise<void> {
  for (let count = 0; count < mostCommands && refusals < refusalsToSee; count++) {
    const aggregateId = newId();
    await send(aggregateId, "send", { text: "hey".repeat(1000) });
    await send(aggregateId, "like", {});
  }
}

async function send(aggregateId: string, name: string, data: unknown): Promise<void> {
  const request = { id: newId(), context: "communication", aggregate: "message", aggregateId, name, data };
  const answer = await model.handle(request, anonymous);
  if (answer.kind === "refused") refusals++;
  writeSync(answers, `${JSON.stringify({ request, answer })}\n`);
}

function report(fault: unknown): void {
  const line = fault instanceof StoreFailure ? `${fault.trouble}: ${fault.message} ${fault.cure}` : String(fault);
  if (!told.has(line)) console.log(line);
  told.add(line);
}
