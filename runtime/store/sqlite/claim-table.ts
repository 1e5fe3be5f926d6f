import type { DatabaseSync, StatementSync } from "node:sqlite";
import { mostSharedValues, type Replaced, type SharedValue } from "../claim.ts";
import { claimLength, claimsAt, type Packed } from "./packed-append.ts";

export type ClaimRow = readonly [context: string, aggregate: string, field: string, value: string, aggregateId: string];

/** Who holds which unique value. Everything but `begin` and `add` runs inside of a write transaction. */
export class ClaimTable {
  readonly #database: DatabaseSync;
  readonly #sql: ReturnType<typeof prepareAll>;
  #addNext: StatementSync | undefined;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#sql = prepareAll(database);
  }

  /** The index of the append's first claim that another aggregate is ahead of, or -1. */
  firstTaken(batch: Packed, at: number): number {
    const claims = claimsAt(batch, at);
    for (let index = 0; index < (batch[at + 13] as number); index++) {
      const field = batch[claims + index * claimLength]!;
      const value = batch[claims + index * claimLength + 1]!;
      const holder = value === null ? undefined : this.#sql.holder.get(value, field, batch[at + 1]!, batch[at]!);
      if (holder !== undefined && holder["aggregate_id"] !== batch[at + 2]) return index;
    }
    return -1;
  }

  /** Gives up what the aggregate held of each field before it takes the new value. */
  claim(batch: Packed, at: number): void {
    const claims = claimsAt(batch, at);
    for (let index = 0; index < (batch[at + 13] as number); index++) {
      const field = batch[claims + index * claimLength]!;
      const value = batch[claims + index * claimLength + 1]!;
      this.#sql.giveUp.run(batch[at + 2]!, batch[at + 1]!, batch[at]!, field);
      if (value !== null) this.#sql.take.run(batch[at]!, batch[at + 1]!, field, value, batch[at + 2]!);
    }
  }

  /** Collects beside the claims that hold, in a table of this connection, which goes to disk where it is large. */
  begin(): void {
    this.#database.exec(
      "DROP TABLE IF EXISTS temp.next_claims; CREATE TEMP TABLE next_claims (context, aggregate, field, value, aggregate_id)",
    );
    this.#addNext = this.#database.prepare("INSERT INTO temp.next_claims VALUES (?, ?, ?, ?, ?)");
  }

  add(rows: readonly ClaimRow[]): void {
    this.#database.exec("SAVEPOINT adding");
    for (const row of rows) this.#addNext!.run(...row);
    this.#database.exec("RELEASE adding");
  }

  /** Puts what was collected in the place of the claims. */
  finish(): Exclude<Replaced, { kind: "overtaken" }> {
    const values = this.#database
      .prepare(
        `SELECT context, aggregate, field, value, min(aggregate_id) AS first, max(aggregate_id) AS last, count(*) AS count
         FROM temp.next_claims GROUP BY value, field, aggregate, context HAVING count > 1 LIMIT ${mostSharedValues}`,
      )
      .all() as unknown as SharedValue[];
    if (values.length > 0) return { kind: "shared", values: values.map((value) => ({ ...value })) };

    this.#database.exec("DELETE FROM claims; INSERT INTO claims SELECT * FROM temp.next_claims ORDER BY value, field");
    return { kind: "replaced" };
  }
}

function prepareAll(database: DatabaseSync) {
  return {
    holder: database.prepare("SELECT aggregate_id FROM claims WHERE value = ? AND field = ? AND aggregate = ? AND context = ?"),
    giveUp: database.prepare("DELETE FROM claims WHERE aggregate_id = ? AND aggregate = ? AND context = ? AND field = ?"),
    take: database.prepare("INSERT INTO claims VALUES (?, ?, ?, ?, ?)"),
  };
}
