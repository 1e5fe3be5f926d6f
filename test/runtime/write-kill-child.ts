// Sends commands until it is killed, and writes a line for each answer, to a file because what was written to a file outlives the process: a
// command's id and the answer as JSON. Arguments: the log's file, the answers' file, honest or lying.
// A lying log answers before it stores; the test must notice.

import { openSync, writeSync } from "node:fs";
import { message } from "../../examples/chat/server/writeModel/communication/message.ts";
import { timeOrderedId } from "../../runtime/protocol/time-ordered-id.ts";
import { anonymous } from "../../runtime/protocol/user.ts";
import type { Append, Appended, EventLog } from "../../runtime/store/event-log.ts";
import { openSqliteLog } from "../../runtime/store/sqlite/log.ts";
import { createWriteModel } from "../../runtime/write/write-model.ts";

const [file, answers, honesty] = process.argv.slice(2) as [string, string, "honest" | "lying"];
const answersFile = openSync(answers, "w");
const newId = () => timeOrderedId();
const report = (fault: unknown) => console.error(fault);

const log = await openSqliteLog(file, { newId });
const model = createWriteModel([message], honesty === "lying" ? await lying(log) : log, { now: Date.now, newId, report });
const known: string[] = [];

async function sender(): Promise<void> {
  for (let count = 0; ; count++) {
    const isNew = count % 4 === 0;
    const aggregateId = isNew ? newId() : known[Math.floor(Math.random() * known.length)]!;
    const [name, data] = isNew ? ["send", { text: "hey" }] : ["like", {}];
    const id = newId();
    const answer = await model.handle({ id, context: "communication", aggregate: "message", aggregateId, name, data }, anonymous);
    if (isNew) known.push(aggregateId);
    writeSync(answersFile, `${id} ${JSON.stringify(answer)}\n`);
  }
}

await Promise.all(Array.from({ length: 32 }, sender));

async function lying(honest: EventLog): Promise<EventLog> {
  let { position } = await honest.head();
  const promise = (append: Append): Appended => {
    position += append.events.length;
    const revision = append.expectedRevision + append.events.length;
    return { kind: "appended", handled: { position, revision, events: append.events.map(({ name }) => name) } };
  };
  return {
    ...honest,
    async append(batch) {
      // So late that no disk is fast enough to make it true.
      setTimeout(() => void honest.append(batch), 50);
      await new Promise(setImmediate);
      return batch.map(promise);
    },
  };
}
