import type { StoredCommand, StoredLog } from "../stored-log.ts";
import type { PostgresAddress } from "./address.ts";
import { Connections, type TextRow } from "./connections.ts";
import { noLog } from "./no-log.ts";
import { eventColumns, eventFrom, outcomeColumns, outcomeFrom } from "./rows.ts";

const patience = 5_000;

export async function openStoredPostgres(address: PostgresAddress): Promise<StoredLog> {
  const connections = new Connections(address, patience);
  const log: StoredLog = {
    async head() {
      const [row] = await connections.read({ text: "SELECT position, incarnation FROM head" });
      const [position, incarnation] = row as readonly [string, string];
      return { position: Number(position), incarnation };
    },
    events: async (after, limit) => (await connections.read({ ...eventsAfter, values: [after, limit] })).map(eventFrom),
    commands: async (after, upTo, limit) => (await connections.read({ ...commandsAfter, values: [after, upTo, limit] })).map(commandFrom),
    close: () => connections.close(),
  };
  try {
    const [row] = await connections.read({ text: "SELECT to_regclass($1)", values: [`${address.schema}.head`] });
    if (row?.[0] == null) throw noLog(address);
    return log;
  } catch (error) {
    await connections.close();
    throw error;
  }
}

const eventsAfter = { name: "events", text: `SELECT ${eventColumns} FROM events WHERE position > $1 ORDER BY position LIMIT $2` };

const commandsAfter = {
  name: "commands",
  text: `SELECT id, ${outcomeColumns} FROM commands WHERE id > $1 AND position <= $2 ORDER BY id LIMIT $3`,
};

function commandFrom([id, ...outcome]: TextRow): StoredCommand {
  const { events, problem, ...rest } = outcomeFrom(outcome);
  return { id: id!, ...rest, events: JSON.parse(events), problem: problem === null ? null : JSON.parse(problem) };
}
