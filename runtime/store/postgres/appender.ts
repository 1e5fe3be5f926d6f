import type { Append, Appended } from "../event-log.ts";
import { appendedAt } from "../outcome-row.ts";
import { StoreFailure } from "../store-failure.ts";
import type { PostgresAddress } from "./address.ts";
import { appendEvent } from "./append-event.ts";
import { arrayText } from "./array-text.ts";
import { batchColumns, standingColumns } from "./batch-columns.ts";
import type { Connections, Statement } from "./connections.ts";
import { plainBatch } from "./plain-batch.ts";
import { readFacts } from "./read-facts.ts";
import { settleBatch } from "./settle-batch.ts";

const parameters = (count: number) => Array.from({ length: count }, (_, index) => `$${index + 1}`).join(", ");
const appendBatch = { name: "append_batch", text: `SELECT append_batch(${parameters(30)})` };
const writeBatch = { name: "write_batch", text: `SELECT write_batch(${parameters(25)})` };

/**
 * Appends batches, in one round trip where everything in them fits. Where something does not, it looks at what the log has, decides append by
 * append, and writes that in a second round trip, while nobody else appends.
 */
export class Appender {
  readonly #connections: Connections;
  readonly #address: PostgresAddress;
  /** What the claims have to be complete by, as long as we append. */
  #rules: string | undefined;

  constructor(connections: Connections, address: PostgresAddress) {
    this.#connections = connections;
    this.#address = address;
  }

  adopt(rules: string): void {
    this.#rules = rules;
  }

  async append(batch: readonly Append[]): Promise<readonly Appended[]> {
    const statement = appendEvent(batch, this.#rules ?? null) ?? this.#appendAll(batch);
    if (statement === undefined) return this.#settle(batch);
    const [row] = await this.#connections.write(statement);
    const before = row?.[0] ?? null;
    if (before === null) return this.#settle(batch);

    let position = Number(before);
    return batch.map((append) => appendedAt((position += append.events.length), append));
  }

  /** Undefined where the appends have to be decided one by one. */
  #appendAll(batch: readonly Append[]): Statement | undefined {
    const plain = plainBatch(batch);
    const columns = plain && [...standingColumns(plain.standings), ...batchColumns(batch, plain.claims)];

    return columns && { ...appendBatch, values: [this.#rules ?? null, ...columns.map(arrayText)] };
  }

  #settle(batch: readonly Append[]): Promise<readonly Appended[]> {
    return this.#connections.transaction(async (query) => {
      const facts = await readFacts(query, batch);
      if (this.#rules !== undefined && this.#rules !== facts.rules) throw superseded(this.#address);
      const { appended, written, claims } = settleBatch(batch, facts);
      if (written.length > 0) await query({ ...writeBatch, values: [facts.position, ...batchColumns(written, claims).map(arrayText)] });
      return appended;
    });
  }
}

function superseded({ database, schema }: PostgresAddress): StoreFailure {
  return new StoreFailure(
    "superseded",
    `Another process began to use the log in the schema ${schema} of the database ${database} with a model whose unique fields are others, or come about otherwise.`,
    "Start this process again with that model.",
  );
}
