// Renames its own accounts to handles of which there are fewer than accounts, several at a time, then ends. Arguments: the log's file, the process's
// name, honest or not. Without claims the log does not watch over what is unique; the test must notice.

import { anonymous } from "../../runtime/protocol/user.ts";
import type { EventLog } from "../../runtime/store/event-log.ts";
import { openSqliteLog } from "../../runtime/store/sqlite/log.ts";
import { openWriteModel } from "../../runtime/write/write-model.ts";
import { uniqueAccount } from "./account.ts";

const [file, name, honesty] = process.argv.slice(2) as [string, string, "honest" | "without claims"];
const accounts = 8;
const handles = 10;
const rounds = 60;

let ids = 0;
const newId = () => `${name}-${++ids}`;
const log = await openSqliteLog(file, { newId });
const model = await openWriteModel([uniqueAccount], honesty === "honest" ? log : withoutClaims(log), { now: Date.now, newId, report });

await Promise.all(Array.from({ length: accounts }, (_, index) => use(`${name}${index}`)));
await log.close();

async function use(aggregateId: string): Promise<void> {
  await send(aggregateId, "open", { handle: null, balance: 0 });
  for (let round = 0; round < rounds; round++) {
    const handle = Math.random() < 0.2 ? null : `h${Math.floor(Math.random() * handles)}`;
    await send(aggregateId, "rename", { handle });
  }
}

async function send(aggregateId: string, command: string, data: unknown): Promise<void> {
  const answer = await model.handle({ id: newId(), context: "bank", aggregate: "account", aggregateId, name: command, data }, anonymous);
  if (answer.kind === "refused" && !answer.problem.detail.endsWith("is taken.")) throw new Error(answer.problem.detail);
}

function report(fault: unknown): void {
  console.error(fault);
}

function withoutClaims(honest: EventLog): EventLog {
  return { ...honest, append: (batch) => honest.append(batch.map(({ claims: _claims, ...append }) => append)) };
}
