import type { PostgresAddress } from "../../store/postgres/address.ts";
import { arrayText } from "../../store/postgres/array-text.ts";
import { Connections, type Query, type TextRow } from "../../store/postgres/connections.ts";
import { StoreFailure } from "../../store/store-failure.ts";
import type { FlowStore, KeptInstance, NewCommand, OutgoingCommand, ParkedCommand, Progress, Step, Timer } from "../flow-store.ts";
import { migrate } from "./schema.ts";

const patience = 5_000;

/** The flows in the schema of the log, in tables that are made where they are missing. Throws a `StoreFailure` where it cannot be used. */
export async function openPostgresFlowStore(address: PostgresAddress): Promise<FlowStore> {
  const connections = new Connections(address, patience);
  try {
    await migrate(connections, address);
  } catch (error) {
    await connections.close();
    throw error;
  }
  return new PostgresFlowStore(connections, address);
}

class PostgresFlowStore implements FlowStore {
  readonly #connections: Connections;
  readonly #address: PostgresAddress;
  #closing: Promise<void> | undefined;

  constructor(connections: Connections, address: PostgresAddress) {
    this.#connections = connections;
    this.#address = address;
  }

  resume(
    flow: string,
    { incarnation, position }: { readonly incarnation: string; readonly position: number },
    begin: number,
    formerly: readonly string[] = [],
  ): Promise<Progress> {
    return this.#connections.transaction(async (query) => {
      const [head] = await query({ ...adoptLog, values: [incarnation] });
      await this.#rename(query, flow, formerly);
      await query({ ...addFlow, values: [flow, begin] });
      const progress = progressFrom((await query({ ...progressOf, values: [flow] }))[0]!);
      if (head?.[0] !== incarnation || progress.position > position) throw ofAnotherLog(this.#address);
      return progress;
    });
  }

  async instances(flow: string, ids: readonly string[]): Promise<ReadonlyMap<string, KeptInstance>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#connections.read({ ...instancesOf, values: [flow, arrayText(ids)] });
    return new Map(rows.map(([id, state]) => [id!, state == null ? "ended" : { state }]));
  }

  async due(flow: string, time: number, limit: number): Promise<readonly Timer[]> {
    return (await this.#connections.read({ ...dueTimers, values: [flow, time, limit] })).map(timerFrom);
  }

  async nextDue(flow: string): Promise<number | undefined> {
    const [row] = await this.#connections.read({ ...nextDue, values: [flow] });
    return row && Number(row[0]);
  }

  /** All of it in one round trip, and one more to commit. Where the connection is lost meanwhile, nobody knows whether it is stored: the flow has to look. */
  async commit(step: Step): Promise<void> {
    await this.#connections.transactionOnce(async (query) => {
      const { flow, from, position } = step;
      const [advanced] = await Promise.all([
        query({ ...advance, values: [position, flow, from.position, from.revision] }),
        ...timersAndInstances(query, step),
        ...commandsOf(query, step),
      ]);
      if (advanced.length !== 1) throw overtaken(flow, this.#address);
    });
  }

  async outgoing(after: number, limit: number): Promise<readonly OutgoingCommand[]> {
    return (await this.#connections.read({ ...outgoing, values: [after, limit] })).map(commandFrom);
  }

  async settle(numbers: readonly number[]): Promise<void> {
    await this.#connections.read({ ...settled, values: [arrayText(numbers)] });
  }

  async park(number: number, reason: string): Promise<void> {
    await this.#connections.read({ ...park, values: [number, reason.replaceAll("\0", "")] });
  }

  async parked(): Promise<readonly ParkedCommand[]> {
    return (await this.#connections.read(parked)).map((row) => ({ ...commandFrom(row), reason: row.at(-1)! }));
  }

  async retry(): Promise<number> {
    const [row] = await this.#connections.read(retryParked);
    return Number(row?.[0] ?? 0);
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#connections.close());
  }

  async #rename(query: Query, flow: string, formerly: readonly string[]): Promise<void> {
    const known = new Set((await query({ ...knownFlows, values: [arrayText([flow, ...formerly])] })).map(([name]) => name));
    const former = known.has(flow) ? undefined : formerly.find((name) => known.has(name));
    if (former === undefined) return;
    for (const table of ["flows", "flow_instances", "flow_timers", "flow_commands"])
      await query({ text: `UPDATE ${table} SET flow = $1 WHERE flow = $2`, values: [flow, former] });
  }
}

function timersAndInstances(query: Query, { flow, instances, scheduled, cancelled }: Step): readonly Promise<unknown>[] {
  const kept = [...instances];
  const ended = kept.flatMap(([id, state]) => (state === "ended" ? [id] : []));
  return [
    cancelled.length > 0 &&
      query({ ...cancel, values: [flow, ...texts(cancelled.map(({ instance }) => instance), cancelled.map(({ name }) => name))] }),
    scheduled.length > 0 && query({ ...schedule, values: [flow, ...timerColumns(scheduled)] }),
    kept.length > 0 &&
      query({ ...keep, values: [flow, ...texts(kept.map(([id]) => id), kept.map(([, state]) => (state === "ended" ? null : state.state)))] }),
    ended.length > 0 && query({ ...cancelAll, values: [flow, arrayText(ended)] }),
  ].filter((sent) => sent !== false);
}

function commandsOf(query: Query, { flow, commands, answered }: Step): readonly Promise<unknown>[] {
  return [
    commands.length > 0 && query({ ...addCommands, values: [commands.length, flow, ...commandColumns(commands)] }),
    answered.length > 0 && query({ ...forget, values: [arrayText(answered)] }),
  ].filter((sent) => sent !== false);
}

const texts = (...columns: readonly (readonly (string | number | null)[])[]): readonly string[] => columns.map(arrayText);

function timerColumns(timers: readonly Timer[]): readonly string[] {
  return texts(
    timers.map(({ instance }) => instance),
    timers.map(({ name }) => name),
    timers.map(({ id }) => id),
    timers.map(({ due }) => due),
    timers.map(({ userId }) => userId),
    timers.map(({ correlationId }) => correlationId),
    timers.map(({ causationId }) => causationId),
  );
}

function commandColumns(commands: readonly NewCommand[]): readonly string[] {
  return texts(
    commands.map(({ instance }) => instance),
    commands.map(({ id }) => id),
    commands.map(({ context }) => context),
    commands.map(({ aggregate }) => aggregate),
    commands.map(({ aggregateId }) => aggregateId),
    commands.map(({ name }) => name),
    commands.map(({ data }) => data),
    commands.map(({ userId }) => userId),
    commands.map(({ correlationId }) => correlationId),
    commands.map(({ causationId }) => causationId),
  );
}

const progressFrom = ([position, revision]: TextRow): Progress => ({ position: Number(position), revision: Number(revision) });

function timerFrom([instance, name, id, due, userId, correlationId, causationId]: TextRow): Timer {
  return {
    ...{ instance: instance!, name: name!, id: id!, due: Number(due) },
    ...{ userId: userId ?? null, correlationId: correlationId!, causationId: causationId! },
  };
}

function commandFrom(row: TextRow): OutgoingCommand {
  const [number, flow, instance, id, context, aggregate, aggregateId, name, data, userId, correlationId, causationId] = row;
  return {
    ...{ number: Number(number), flow: flow!, instance: instance!, id: id! },
    ...{ context: context!, aggregate: aggregate!, aggregateId: aggregateId!, name: name!, data: data! },
    ...{ userId: userId ?? null, correlationId: correlationId!, causationId: causationId! },
  };
}

const columnsOfCommands = "flow, instance, id, context, aggregate, aggregate_id, name, data, user_id, correlation_id, causation_id";

const adoptLog = {
  name: "flows_adopt_log",
  text: "UPDATE flow_head SET incarnation = coalesce(incarnation, $1) RETURNING incarnation",
};
const knownFlows = { name: "flows_known", text: "SELECT flow FROM flows WHERE flow = ANY ($1::text[])" };
const addFlow = { name: "flows_add", text: "INSERT INTO flows VALUES ($1, $2, 0) ON CONFLICT DO NOTHING" };
const progressOf = { name: "flows_progress", text: "SELECT position, revision FROM flows WHERE flow = $1" };
const instancesOf = { name: "flows_instances", text: "SELECT id, state FROM flow_instances WHERE flow = $1 AND id = ANY ($2::text[])" };
const dueTimers = {
  name: "flows_due",
  text: `SELECT instance, name, id, due, user_id, correlation_id, causation_id FROM flow_timers
    WHERE flow = $1 AND due <= $2 ORDER BY due, instance, name LIMIT $3`,
};
const nextDue = { name: "flows_next_due", text: "SELECT due FROM flow_timers WHERE flow = $1 ORDER BY due LIMIT 1" };

const advance = {
  name: "flows_advance",
  text: "UPDATE flows SET position = $1, revision = revision + 1 WHERE flow = $2 AND position = $3 AND revision = $4 RETURNING revision",
};
const cancel = {
  name: "flows_cancel",
  text: `DELETE FROM flow_timers AS t USING unnest($2::text[], $3::text[]) AS c (instance, name)
    WHERE t.flow = $1 AND t.instance = c.instance AND t.name = c.name`,
};
const cancelAll = { name: "flows_cancel_all", text: "DELETE FROM flow_timers WHERE flow = $1 AND instance = ANY ($2::text[])" };
const schedule = {
  name: "flows_schedule",
  text: `INSERT INTO flow_timers
    SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::text[])
    ON CONFLICT (flow, instance, name) DO UPDATE SET id = excluded.id, due = excluded.due, user_id = excluded.user_id,
      correlation_id = excluded.correlation_id, causation_id = excluded.causation_id`,
};
const keep = {
  name: "flows_keep",
  text: `INSERT INTO flow_instances SELECT $1, * FROM unnest($2::text[], $3::text[])
    ON CONFLICT (flow, id) DO UPDATE SET state = excluded.state`,
};

/** Numbers are given while the head is locked, so that who reads on after a number misses none that was stored later with a smaller one. */
const addCommands = {
  name: "flows_add_commands",
  text: `WITH head AS (UPDATE flow_head SET commands = commands + $1 RETURNING commands - $1 AS before)
    INSERT INTO flow_commands (number, ${columnsOfCommands})
    SELECT head.before + c.at, $2, c.instance, c.id, c.context, c.aggregate, c.aggregate_id, c.name, c.data, c.user_id, c.correlation_id, c.causation_id
    FROM head, unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[])
      WITH ORDINALITY AS c (instance, id, context, aggregate, aggregate_id, name, data, user_id, correlation_id, causation_id, at)`,
};
const forget = { name: "flows_forget", text: "DELETE FROM flow_commands WHERE number = ANY ($1::bigint[])" };

/** Whoever is not forgotten is sent again, and takes no effect a second time: nobody has to wait for the disk. */
const settled = {
  name: "flows_settle",
  text: `WITH hurry AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))
    DELETE FROM flow_commands USING hurry WHERE number = ANY ($1::bigint[])`,
};
const outgoing = {
  name: "flows_outgoing",
  text: `SELECT number, ${columnsOfCommands} FROM flow_commands WHERE number > $1 AND parked IS NULL ORDER BY number LIMIT $2`,
};
const park = { name: "flows_park", text: "UPDATE flow_commands SET parked = $2 WHERE number = $1" };
const parked = {
  name: "flows_parked",
  text: `SELECT number, ${columnsOfCommands}, parked FROM flow_commands WHERE parked IS NOT NULL ORDER BY number`,
};
const retryParked = {
  name: "flows_retry",
  text: `WITH due AS (SELECT number, row_number() OVER (ORDER BY number) AS at FROM flow_commands WHERE parked IS NOT NULL),
    head AS (UPDATE flow_head SET commands = commands + (SELECT count(*) FROM due) RETURNING commands - (SELECT count(*) FROM due) AS before),
    again AS (UPDATE flow_commands AS c SET number = head.before + due.at, parked = NULL FROM head, due WHERE c.number = due.number RETURNING 1)
    SELECT count(*) FROM again`,
};

function ofAnotherLog({ schema, database }: PostgresAddress): StoreFailure {
  return new StoreFailure(
    "another-log",
    `The schema ${schema} of the database ${database} has the flows of another event log, or of one that knew more.`,
    "Restore the log that they belong to; or empty the tables whose names begin with flow, and the flows begin anew, at the present.",
  );
}

function overtaken(flow: string, { schema }: PostgresAddress): StoreFailure {
  return new StoreFailure("locked", `Another process runs the flow ${flow} of the schema ${schema} by now.`, "It goes on there; nothing is to be done.");
}
