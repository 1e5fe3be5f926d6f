import type { EventLog } from "../event-log.ts";
import { GroupCommit } from "../group-commit.ts";
import { repeatedFrom } from "../outcome-row.ts";
import type { PostgresAddress } from "./address.ts";
import { Appender } from "./appender.ts";
import { postgresClaims } from "./claims.ts";
import { Connections } from "./connections.ts";
import { Growth } from "./growth.ts";
import { eventColumns, eventFrom, outcomeColumns, outcomeFrom } from "./rows.ts";
import { migrate } from "./schema.ts";

export interface PostgresWorld {
  newId(): string;
  /** How many milliseconds to try where the server cannot be reached; 5000 by default. */
  readonly patience?: number;
}

const patienceByDefault = 5_000;

/**
 * The log in a schema of a PostgreSQL database, which is made where it is missing; the database has to be there. Any number of processes may share it: whoever appends
 * holds the head's lock until the commit is durable. Throws a `StoreFailure` where it cannot be used.
 */
export async function openPostgresLog(address: PostgresAddress, world: PostgresWorld): Promise<EventLog> {
  const connections = new Connections(address, world.patience ?? patienceByDefault);
  try {
    await migrate(connections, address, world.newId());
  } catch (error) {
    await connections.close();
    throw error;
  }
  return logOver(connections, address);
}

function logOver(connections: Connections, address: PostgresAddress): EventLog {
  const appender = new Appender(connections, address);
  const growth = new Growth(connections, address.schema);
  const commits = new GroupCommit(
    async (batch) => {
      const start = performance.now();
      const appended = await appender.append(batch);
      return { appended, flush: performance.now() - start };
    },
    (position) => growth.committed(position),
  );
  let closing: Promise<void> | undefined;
  const events = async (statement: Parameters<Connections["read"]>[0]) => (await connections.read(statement)).map(eventFrom);
  const history: EventLog["history"] = ({ context, aggregate, id }, after) =>
    events({ ...historyOf, values: [id, aggregate, context, after] });

  return {
    append: (batch) => commits.append(batch),
    history,
    async recall(address, shape) {
      const [row] = await connections.read({ ...snapshotOf, values: [address.id, address.aggregate, address.context, shape] });
      if (row === undefined) return { events: await history(address, 0) };
      const snapshot = { shape, revision: Number(row[0]), state: row[1]! };
      return { snapshot, events: await history(address, snapshot.revision) };
    },
    async keepSnapshot({ context, aggregate, id }, { shape, revision, state }) {
      await connections.read({ ...keepSnapshot, values: [context, aggregate, id, shape, revision, state] });
    },
    histories: ({ context, aggregate }, after, limit) =>
      events({ ...historiesOf, values: [context, aggregate, after?.id ?? "", after?.revision ?? 0, limit] }),
    read: (after, limit) => events({ ...readAfter, values: [after, limit] }),
    async names(after, to) {
      const rows = (await connections.read({ ...namesBetween, values: [after, to] })) as readonly (readonly string[])[];
      return rows.map(([context, aggregate, name, version, count, first]) => ({
        ...{ context: context!, aggregate: aggregate!, name: name! },
        ...{ version: Number(version), count: Number(count), first: Number(first) },
      }));
    },
    async outcome(commandId) {
      const [row] = await connections.read({ ...outcomeOf, values: [commandId] });
      return row && repeatedFrom(outcomeFrom(row));
    },
    async head() {
      const [row] = await connections.read({ name: "head", text: "SELECT position, incarnation FROM head" });
      const [position, incarnation] = row as readonly [string, string];
      return { position: Number(position), incarnation };
    },
    claims: postgresClaims(connections, (rules) => appender.adopt(rules)),
    onGrown: (listener) => growth.listen(listener),
    close: () =>
      (closing ??= commits.settled().then(async () => {
        await growth.close();
        await connections.close();
      })),
  };
}

const historyOf = {
  name: "history",
  text: `SELECT ${eventColumns} FROM events WHERE aggregate_id = $1 AND aggregate = $2 AND context = $3 AND revision > $4 ORDER BY revision`,
};

const historiesOf = {
  name: "histories",
  text: `SELECT ${eventColumns} FROM events
    WHERE context = $1 AND aggregate = $2 AND (aggregate_id, aggregate, context, revision) > ($3, $2, $1, $4)
    ORDER BY aggregate_id, aggregate, context, revision LIMIT $5`,
};

const readAfter = { name: "read", text: `SELECT ${eventColumns} FROM events WHERE position > $1 ORDER BY position LIMIT $2` };

const namesBetween = {
  name: "names",
  text: `SELECT context, aggregate, name, version, count(*), min(position) FROM events
    WHERE position > $1 AND position <= $2 GROUP BY context, aggregate, name, version`,
};

const outcomeOf = { name: "outcome", text: `SELECT ${outcomeColumns} FROM commands WHERE id = $1` };

const snapshotOf = {
  name: "snapshot",
  text: "SELECT revision, state FROM snapshots WHERE aggregate_id = $1 AND aggregate = $2 AND context = $3 AND shape = $4",
};

/** It can be lost without any harm, so nobody waits until the disk has it. */
const keepSnapshot = {
  name: "keep_snapshot",
  text: `WITH hurry AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))
    INSERT INTO snapshots (context, aggregate, aggregate_id, shape, revision, state)
    SELECT $1, $2, $3, $4, $5, $6 FROM hurry
    ON CONFLICT (aggregate_id, aggregate, context) DO UPDATE SET shape = excluded.shape, revision = excluded.revision, state = excluded.state
    WHERE snapshots.shape <> excluded.shape OR snapshots.revision < excluded.revision`,
};
