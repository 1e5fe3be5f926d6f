import { DatabaseSync, type StatementSync } from "node:sqlite";
import { StoreFailure } from "../../store/store-failure.ts";
import type { FlowStore, KeptInstance, NewCommand, OutgoingCommand, ParkedCommand, Progress, Step, Timer } from "../flow-store.ts";
import { migrate } from "./schema.ts";

/** What a `FlowStore` promises, at once and in this thread. */
export type BlockingFlowStore = {
  readonly [Kind in keyof FlowStore]: (...asked: Parameters<FlowStore[Kind]>) => Awaited<ReturnType<FlowStore[Kind]>>;
};

/** Flows as SQLite sees them: on one connection, one durable transaction for each step. */
export class FlowTables implements BlockingFlowStore {
  readonly #database: DatabaseSync;
  readonly #sql: ReturnType<typeof prepareAll>;
  readonly #file: string;

  /** The file is made where it is missing; `:memory:` is one, too. */
  constructor(file: string) {
    this.#file = file;
    this.#database = new DatabaseSync(file, { timeout: 5_000 });
    // FULL, as the log is: a command may only be sent when it cannot be forgotten any more that it was.
    this.#database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA wal_autocheckpoint = 4000");
    migrate(this.#database, file);
    this.#sql = prepareAll(this.#database);
  }

  resume(
    flow: string,
    { incarnation, position }: { readonly incarnation: string; readonly position: number },
    begin: number,
    formerly: readonly string[] = [],
  ): Progress {
    return this.#inTransaction(() => {
      this.#rename(flow, formerly);
      this.#sql.adoptLog.run(incarnation);
      const { incarnation: known } = this.#sql.log.get() as { incarnation: string };
      this.#sql.addFlow.run(flow, begin);
      const progress = this.#sql.progress.get(flow) as unknown as Progress;
      if (known !== incarnation || progress.position > position) throw ofAnotherLog(this.#file);
      return { ...progress };
    });
  }

  instances(flow: string, ids: readonly string[]): ReadonlyMap<string, KeptInstance> {
    const found = new Map<string, KeptInstance>();
    for (const id of ids) {
      const row = this.#sql.instance.get(flow, id) as { readonly state: string | null } | undefined;
      if (row !== undefined) found.set(id, row.state === null ? "ended" : { state: row.state });
    }
    return found;
  }

  due(flow: string, time: number, limit: number): readonly Timer[] {
    return this.#sql.due.all(flow, time, limit).map((row) => ({ ...row })) as unknown as readonly Timer[];
  }

  nextDue(flow: string): number | undefined {
    return (this.#sql.nextDue.get(flow) as { readonly due: number } | undefined)?.due;
  }

  commit({ flow, from, position, instances, scheduled, cancelled, commands, answered }: Step): void {
    this.#inTransaction(() => {
      if (this.#sql.advance.run(position, flow, from.position, from.revision).changes !== 1) throw overtaken(flow, this.#file);
      for (const { instance, name } of cancelled) this.#sql.cancel.run(flow, instance, name);
      for (const timer of scheduled) this.#schedule(flow, timer);
      for (const [id, kept] of instances) this.#keep(flow, id, kept);
      for (const command of commands) this.#addCommand(flow, command);
      for (const number of answered) this.#sql.forget.run(number);
    });
  }

  outgoing(after: number, limit: number): readonly OutgoingCommand[] {
    return this.#sql.outgoing.all(after, limit).map((row) => ({ ...row })) as unknown as readonly OutgoingCommand[];
  }

  settle(numbers: readonly number[]): void {
    this.#inTransaction(() => {
      for (const number of numbers) this.#sql.forget.run(number);
    });
  }

  park(number: number, reason: string): void {
    this.#sql.park.run(reason, number);
  }

  parked(): readonly ParkedCommand[] {
    return this.#sql.parked.all().map((row) => ({ ...row })) as unknown as readonly ParkedCommand[];
  }

  retry(): number {
    return this.#inTransaction(() => {
      const { changes } = this.#sql.retry.run();
      this.#sql.forgetParked.run();
      return Number(changes);
    });
  }

  close(): void {
    this.#database.close();
  }

  #rename(flow: string, formerly: readonly string[]): void {
    if (this.#sql.progress.get(flow) !== undefined) return;
    const former = formerly.find((name) => this.#sql.progress.get(name) !== undefined);
    if (former !== undefined) for (const rename of this.#sql.rename) rename.run(flow, former);
  }

  #keep(flow: string, id: string, kept: KeptInstance): void {
    this.#sql.keep.run(flow, id, kept === "ended" ? null : kept.state);
    if (kept === "ended") this.#sql.cancelAll.run(flow, id);
  }

  #schedule(flow: string, { instance, name, id, due, userId, correlationId, causationId }: Timer): void {
    this.#sql.schedule.run(flow, instance, name, id, due, userId, correlationId, causationId);
  }

  #addCommand(flow: string, command: NewCommand): void {
    const { instance, id, context, aggregate, aggregateId, name, data, userId, correlationId, causationId } = command;
    this.#sql.addCommand.run(flow, instance, id, context, aggregate, aggregateId, name, data, userId, correlationId, causationId);
  }

  #inTransaction<Result>(work: () => Result): Result {
    this.#sql.begin.run();
    try {
      const result = work();
      this.#sql.commit.run();
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw error;
    }
  }
}

const columnsOfCommands = "flow, instance, id, context, aggregate, aggregate_id, name, data, user_id, correlation_id, causation_id";
const asCommand = `number, flow, instance, id, context, aggregate, aggregate_id AS aggregateId, name, data, user_id AS userId,
  correlation_id AS correlationId, causation_id AS causationId`;

function prepareAll(database: DatabaseSync) {
  const prepare = (sql: string): StatementSync => database.prepare(sql);

  return {
    begin: prepare("BEGIN IMMEDIATE"),
    commit: prepare("COMMIT"),
    adoptLog: prepare("INSERT INTO log VALUES (1, ?) ON CONFLICT DO NOTHING"),
    log: prepare("SELECT incarnation FROM log"),
    addFlow: prepare("INSERT INTO flows VALUES (?, ?, 0) ON CONFLICT DO NOTHING"),
    progress: prepare("SELECT position, revision FROM flows WHERE flow = ?"),
    rename: ["flows", "instances", "timers", "commands"].map((table) => prepare(`UPDATE ${table} SET flow = ? WHERE flow = ?`)),
    advance: prepare("UPDATE flows SET position = ?, revision = revision + 1 WHERE flow = ? AND position = ? AND revision = ?"),
    instance: prepare("SELECT state FROM instances WHERE flow = ? AND id = ?"),
    keep: prepare("INSERT INTO instances VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET state = excluded.state"),
    due: prepare(
      `SELECT instance, name, id, due, user_id AS userId, correlation_id AS correlationId, causation_id AS causationId
       FROM timers WHERE flow = ? AND due <= ? ORDER BY due LIMIT ?`,
    ),
    nextDue: prepare("SELECT due FROM timers WHERE flow = ? ORDER BY due LIMIT 1"),
    schedule: prepare("INSERT OR REPLACE INTO timers VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
    cancel: prepare("DELETE FROM timers WHERE flow = ? AND instance = ? AND name = ?"),
    cancelAll: prepare("DELETE FROM timers WHERE flow = ? AND instance = ?"),
    addCommand: prepare(`INSERT INTO commands (${columnsOfCommands}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    forget: prepare("DELETE FROM commands WHERE number = ?"),
    outgoing: prepare(`SELECT ${asCommand} FROM commands WHERE number > ? AND parked IS NULL ORDER BY number LIMIT ?`),
    park: prepare("UPDATE commands SET parked = ? WHERE number = ?"),
    parked: prepare(`SELECT ${asCommand}, parked AS reason FROM commands WHERE parked IS NOT NULL ORDER BY number`),
    retry: prepare(
      `INSERT INTO commands (${columnsOfCommands}) SELECT ${columnsOfCommands} FROM commands WHERE parked IS NOT NULL ORDER BY number`,
    ),
    forgetParked: prepare("DELETE FROM commands WHERE parked IS NOT NULL"),
  };
}

function ofAnotherLog(file: string): StoreFailure {
  return new StoreFailure(
    "another-log",
    `${file} has the flows of another event log, or of one that knew more.`,
    "Put back the log that it belongs to; or move it away, and the flows begin anew, at the present.",
  );
}

function overtaken(flow: string, file: string): StoreFailure {
  return new StoreFailure("locked", `Another process runs the flow ${flow} of ${file}.`, "Stop one of the two.");
}
