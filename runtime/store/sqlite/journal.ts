import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Replaced } from "../claim.ts";
import type { StoredName } from "../event-log.ts";
import { makeFolder } from "../make-folder.ts";
import type { OutcomeRow } from "../outcome-row.ts";
import type { Snapshot } from "../snapshot.ts";
import { StoreFailure } from "../store-failure.ts";
import { ClaimTable, type ClaimRow } from "./claim-table.ts";
import type { EventRow } from "./event-row.ts";
import { layOut } from "./lay-out.ts";
import { claimLength, claimsAt, eventLength, headLength, type Packed, type Settled } from "./packed-append.ts";
import { migrate } from "./schema.ts";

interface Last {
  readonly revision: number;
  readonly commandId: string | null;
}

const untouched: Last = { revision: 0, commandId: null };
const mostRemembered = 50_000;
/** So many pages of 4 KiB the write-ahead file has before it is written from its beginning again; they and their headers have room in so many bytes. */
const pagesAhead = 4_000;
const lengthAhead = 18 * 1024 * 1024;
/** Where less is appended, the write-ahead file is not worth laying out. */
const commitsOfBusyLog = 20;

/** The event log as SQLite sees it: blocking, on one connection, one transaction for each batch. */
export class Journal {
  readonly #database: DatabaseSync;
  readonly #sql: ReturnType<typeof prepareAll>;
  readonly #claims: ClaimTable;
  readonly #file: string;
  readonly #patience: number;
  /** Where aggregates stood after our last commit; forgotten as soon as another process has written. */
  readonly #last = new Map<string, Last>();
  #version = -1;
  #position = 0;
  /** What the claims have to be complete by, as long as we append. */
  #rules: string | undefined;
  /** Where the log was when claims began to be collected. */
  #claimedFrom = 0;
  #commits = 0;

  constructor(file: string, incarnation: string, patience: number) {
    this.#file = file;
    this.#patience = patience;
    makeFolder(dirname(file));
    this.#database = new DatabaseSync(file, { timeout: patience });
    beginWriteAhead(this.#database, patience);
    this.#database.exec(`PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA wal_autocheckpoint = ${pagesAhead}`);
    migrate(this.#database, file, incarnation);
    this.#sql = prepareAll(this.#database);
    this.#claims = new ClaimTable(this.#database);
  }

  /** Returns after the commit is durable, with the milliseconds that the disk took. Where it throws, nothing of the batch is stored. */
  append(batch: Packed): { settled: Settled[]; flush: number } {
    let start = 0;
    const settled = this.#inTransaction(() => {
      // Within a transaction nobody else writes to that file.
      if (++this.#commits === commitsOfBusyLog) layOut(`${this.#file}-wal`, lengthAhead);
      this.#catchUp();
      const before = this.#position;
      const settled = this.#appendEach(batch);
      if (this.#position > before) this.#sql.setHead.run(this.#position);
      start = performance.now();
      return settled;
    });
    return { settled, flush: performance.now() - start };
  }

  history(context: string, aggregate: string, aggregateId: string, after: number): EventRow[] {
    return this.#sql.history.all(aggregateId, aggregate, context, after) as unknown as EventRow[];
  }

  recall(context: string, aggregate: string, aggregateId: string, shape: string): { snapshot: Snapshot | undefined; events: EventRow[] } {
    const snapshot = this.#sql.snapshot.get(aggregateId, aggregate, context, shape) as Snapshot | undefined;
    return { snapshot: snapshot && { ...snapshot }, events: this.history(context, aggregate, aggregateId, snapshot?.revision ?? 0) };
  }

  /** Without waiting: the disk is flushed by the next append, which has to do so anyway; and where another process writes, there will be another time. */
  keepSnapshot(context: string, aggregate: string, aggregateId: string, shape: string, revision: number, state: string): void {
    this.#database.exec("PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 0");
    try {
      this.#sql.keepSnapshot.run(context, aggregate, aggregateId, shape, revision, state);
    } finally {
      this.#database.exec(`PRAGMA synchronous = FULL; PRAGMA busy_timeout = ${this.#patience}`);
    }
  }

  histories(context: string, aggregate: string, afterId: string, afterRevision: number, limit: number): EventRow[] {
    return this.#sql.histories.all(context, aggregate, afterId, aggregate, context, afterRevision, limit) as unknown as EventRow[];
  }

  read(after: number, limit: number): EventRow[] {
    return this.#sql.read.all(after, limit) as unknown as EventRow[];
  }

  names(after: number, to: number): StoredName[] {
    return this.#sql.names.all(after, to).map((row) => ({ ...row })) as unknown as StoredName[];
  }

  outcome(commandId: string): OutcomeRow | undefined {
    return this.#sql.outcome.get(commandId) as unknown as OutcomeRow | undefined;
  }

  head(): { position: number; incarnation: string } {
    return this.#sql.head.get() as unknown as { position: number; incarnation: string };
  }

  /** Whether the claims are complete by these rules; whatever is appended from here on rests on it. */
  adoptClaims(rules: string): boolean {
    const isSo = this.#rulesInForce() === rules;
    if (isSo) this.#rules = rules;
    this.#version = -1;
    return isSo;
  }

  beginClaims(): void {
    this.#claimedFrom = this.head().position;
    this.#claims.begin();
  }

  addClaims(rows: readonly ClaimRow[]): void {
    this.#claims.add(rows);
  }

  finishClaims(rules: string): Replaced {
    return this.#inTransaction(() => {
      if (this.head().position !== this.#claimedFrom) return { kind: "overtaken" };
      const replaced = this.#claims.finish();
      if (replaced.kind === "replaced") this.#sql.setRules.run(rules);
      return replaced;
    });
  }

  close(): void {
    this.#database.close();
  }

  #inTransaction<Result>(work: () => Result): Result {
    this.#sql.begin.run();
    try {
      const result = work();
      this.#sql.commit.run();
      return result;
    } catch (error) {
      this.#version = -1;
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  #rulesInForce(): string {
    return (this.#sql.rules.get() as { rules: string }).rules;
  }

  /** Within a transaction nobody else writes, so what was true after our last commit still is, unless the data version changed since. */
  #catchUp(): void {
    const { data_version: version } = this.#sql.dataVersion.get() as { data_version: number };
    if (version === this.#version) return;
    if (this.#rules !== undefined && this.#rules !== this.#rulesInForce()) throw superseded(this.#file);
    this.#last.clear();
    this.#position = this.head().position;
    this.#version = version;
  }

  #appendEach(batch: Packed): Settled[] {
    const settled: Settled[] = [];
    for (let at = 0; at < batch.length; at = claimsAt(batch, at) + (batch[at + 13] as number) * claimLength) {
      settled.push(this.#appendOne(batch, at));
    }
    return settled;
  }

  #appendOne(batch: Packed, at: number): Settled {
    const context = batch[at] as string;
    const aggregate = batch[at + 1] as string;
    const aggregateId = batch[at + 2] as string;
    const expected = batch[at + 3] as number;
    const basedOn = batch[at + 4] as string | null;
    const commandId = batch[at + 9] as string;
    const count = batch[at + 12] as number;
    const claims = batch[at + 13] as number;
    const key = `${aggregateId} ${aggregate} ${context}`;

    // Whether an aggregate is new, the index of histories says by itself when its first event is added; a claim needs to know before.
    const kept = this.#last.get(key);
    const isToBeNew = kept === undefined && expected === 0 && basedOn === null && count > 0 && claims === 0;
    const last = kept ?? (isToBeNew ? untouched : this.#lookUp(context, aggregate, aggregateId));
    const isExpected = last.revision === expected && (basedOn === null || basedOn === last.commandId);
    if (!isExpected) return this.outcome(commandId) ?? { conflict: last.revision };

    const taken = claims === 0 ? -1 : this.#claims.firstTaken(batch, at);
    if (taken >= 0) return this.#reject(batch, at, taken);
    if (!this.#addCommand(batch, at, count, batch[at + 11] as string | null)) return this.outcome(commandId)!;
    for (let index = 0; index < count; index++) {
      if (this.#addEvent(batch, at, index, expected + 1 + index)) continue;
      this.#sql.removeCommand.run(commandId);
      return { conflict: this.#lookUp(context, aggregate, aggregateId).revision };
    }
    if (claims > 0) this.#claims.claim(batch, at);
    this.#remember(key, count === 0 ? last : { revision: expected + count, commandId });
    return this.#position;
  }

  #reject(batch: Packed, at: number, taken: number): Settled {
    const problem = batch[claimsAt(batch, at) + taken * claimLength + 2] as string;
    return this.#addCommand(batch, at, 0, problem) ? { taken } : this.outcome(batch[at + 9] as string)!;
  }

  /** False where the id was used before. */
  #addCommand(batch: Packed, at: number, count: number, problem: string | null): boolean {
    const revision = (batch[at + 3] as number) + count;
    const names: string[] = [];
    for (let index = 0; index < count; index++) names.push(batch[at + headLength + index * eventLength + 1] as string);
    const outcome = [this.#position + count, revision, JSON.stringify(names), problem] as const;
    return this.#sql.addCommand.run(batch[at + 9]!, batch[at + 10]!, ...outcome).changes === 1;
  }

  /** False where the aggregate has an event of this revision, which can only happen to the first one. */
  #addEvent(batch: Packed, at: number, index: number, revision: number): boolean {
    const event = at + headLength + index * eventLength;
    const { changes } = this.#sql.addEvent.run(
      this.#position + 1,
      batch[event]!,
      batch[at]!,
      batch[at + 1]!,
      batch[at + 2]!,
      revision,
      batch[event + 1]!,
      batch[event + 2]!,
      batch[event + 3]!,
      batch[at + 6]!,
      batch[at + 5]!,
      batch[at + 9]!,
      batch[at + 7]!,
      batch[at + 8]!,
    );
    this.#position += Number(changes);
    return changes === 1;
  }

  #lookUp(context: string, aggregate: string, aggregateId: string): Last {
    return (this.#sql.last.get(aggregateId, aggregate, context) as Last | undefined) ?? untouched;
  }

  #remember(key: string, last: Last): void {
    if (this.#last.size >= mostRemembered) this.#last.clear();
    this.#last.set(key, last);
  }
}

function prepareAll(database: DatabaseSync) {
  const prepare = (sql: string): StatementSync => database.prepare(sql);
  const history = prepare(
    "SELECT * FROM events WHERE aggregate_id = ? AND aggregate = ? AND context = ? AND revision > ? ORDER BY revision",
  );
  const read = prepare("SELECT * FROM events WHERE position > ? ORDER BY position LIMIT ?");
  // The plus signs keep SQLite from dropping the two from the order, which then would not be the order of the index any more.
  const histories = prepare(
    `SELECT * FROM events
     WHERE +context = ? AND +aggregate = ? AND (aggregate_id, aggregate, context, revision) > (?, ?, ?, ?)
     ORDER BY aggregate_id, aggregate, context, revision LIMIT ?`,
  );
  history.setReturnArrays(true);
  histories.setReturnArrays(true);
  read.setReturnArrays(true);

  return {
    begin: prepare("BEGIN IMMEDIATE"),
    commit: prepare("COMMIT"),
    dataVersion: prepare("PRAGMA data_version"),
    head: prepare("SELECT position, incarnation FROM head"),
    snapshot: prepare(
      "SELECT shape, revision, state FROM snapshots WHERE aggregate_id = ? AND aggregate = ? AND context = ? AND shape = ?",
    ),
    keepSnapshot: prepare(
      `INSERT INTO snapshots VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET shape = excluded.shape, revision = excluded.revision, state = excluded.state
       WHERE shape <> excluded.shape OR revision < excluded.revision`,
    ),
    rules: prepare("SELECT rules FROM head"),
    setRules: prepare("UPDATE head SET rules = ?"),
    setHead: prepare("UPDATE head SET position = ?"),
    addCommand: prepare("INSERT INTO commands VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"),
    removeCommand: prepare("DELETE FROM commands WHERE id = ?"),
    addEvent: prepare(
      `INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (aggregate_id, aggregate, context, revision) DO NOTHING`,
    ),
    last: prepare(
      `SELECT revision, command_id AS commandId FROM events
       WHERE aggregate_id = ? AND aggregate = ? AND context = ? ORDER BY revision DESC LIMIT 1`,
    ),
    names: prepare(
      `SELECT context, aggregate, name, version, count(*) AS count, min(position) AS first FROM events
       WHERE position > ? AND position <= ? GROUP BY context, aggregate, name, version`,
    ),
    outcome: prepare("SELECT digest, position, revision, events, problem FROM commands WHERE id = ?"),
    history,
    histories,
    read,
  };
}

/** For the change of the journal's mode SQLite does not wait by itself where another process opens the same new file at the same time. */
function beginWriteAhead(database: DatabaseSync, patience: number): void {
  const lastTry = performance.now() + patience;
  for (;;) {
    try {
      return database.exec("PRAGMA journal_mode = WAL");
    } catch (error) {
      const isBusy = error instanceof Error && "errcode" in error && Number(error.errcode) % 256 === 5;
      if (!isBusy || performance.now() > lastTry) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function superseded(file: string): StoreFailure {
  return new StoreFailure(
    "superseded",
    `Another process began to use ${file} with a model whose unique fields are others, or come about otherwise.`,
    "Start this process again with that model.",
  );
}
