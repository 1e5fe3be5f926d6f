import { setTimeout } from "node:timers/promises";
import pg from "pg";
import { StoreFailure } from "../store-failure.ts";
import type { PostgresAddress } from "./address.ts";
import { storeFailureOf } from "./trouble.ts";

/** The values of a row in the order of the columns, as the texts that the server sends. */
export type TextRow = readonly (string | null)[];

export interface Statement {
  /** Under this name it is prepared once for each connection. */
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[];
}

export type Query = (statement: Statement) => Promise<readonly TextRow[]>;

type Work<Result> = (query: Query) => Promise<Result>;

const mostReaders = 4;
const longestConnecting = 5_000;
const longestStatement = 30_000;
const asText = { getTypeParser: () => (text: string) => text };

/**
 * The connections of one process: one to append through, which sends the next batch while the last is being stored; some to read through. Those that were lost are made
 * anew, and what had no answer is tried again as long as patience lasts: whoever uses them has to see to it that twice is once.
 */
export class Connections {
  readonly #address: PostgresAddress;
  readonly #patience: number;
  readonly #pool: pg.Pool;
  #writer: Promise<pg.Client> | undefined;
  #closed: StoreFailure | undefined;

  constructor(address: PostgresAddress, patience: number) {
    this.#address = address;
    this.#patience = patience;
    this.#pool = new pg.Pool({ ...this.#config(), max: mostReaders, idleTimeoutMillis: 60_000 });
    // A connection that breaks while nobody uses it is no trouble of anybody's.
    this.#pool.on("error", () => undefined);
  }

  /** One after the other, in the order of the calls. */
  write(statement: Statement): Promise<readonly TextRow[]> {
    return this.#persist(async () => rowsOf(await this.#writing(), statement));
  }

  read(statement: Statement): Promise<readonly TextRow[]> {
    return this.#persist(() => rowsOf(this.#pool, statement));
  }

  /** Commits what the work has done, or undoes all of it. The work may be done more than once. */
  transaction<Result>(work: Work<Result>): Promise<Result> {
    return this.#persist(() => this.#transact(work));
  }

  /** The same for work that cannot be done again: where the connection is lost, it fails. */
  transactionOnce<Result>(work: Work<Result>): Promise<Result> {
    return this.#explain(() => this.#transact(work));
  }

  /** A connection of its own for whoever listens; it is theirs to end. */
  async listener(): Promise<pg.Client> {
    return this.#connect();
  }

  async close(): Promise<void> {
    this.#closed = new StoreFailure("closed", "The event log is closed.", "Open it again.");
    const writer = await this.#writer?.catch(() => undefined);
    await Promise.all([writer?.end(), this.#pool.end()]);
  }

  async #persist<Result>(attempt: () => Promise<Result>): Promise<Result> {
    const end = performance.now() + this.#patience;
    for (let pause = 20; ; pause = Math.min(2 * pause, 500)) {
      try {
        return await this.#explain(attempt);
      } catch (error) {
        const isPassing = error instanceof StoreFailure && (error.trouble === "unreachable" || error.trouble === "crowded");
        if (!isPassing || performance.now() + pause > end) throw error;
        await setTimeout(pause);
      }
    }
  }

  async #explain<Result>(attempt: () => Promise<Result>): Promise<Result> {
    if (this.#closed !== undefined) throw this.#closed;
    try {
      return await attempt();
    } catch (error) {
      throw storeFailureOf(error, this.#address) ?? error;
    }
  }

  async #transact<Result>(work: Work<Result>): Promise<Result> {
    const client = await this.#pool.connect();
    client.on("error", heardElsewhere);
    try {
      const [, result] = await Promise.all([client.query("BEGIN"), work((statement) => rowsOf(client, statement))]);
      await client.query("COMMIT");
      client.off("error", heardElsewhere);
      client.release();
      return result;
    } catch (error) {
      // Closing it undoes whatever it has done, whatever state it is in.
      client.release(true);
      throw error;
    }
  }

  #writing(): Promise<pg.Client> {
    if (this.#writer !== undefined) return this.#writer;
    const connecting = this.#connect();
    const forget = () => {
      if (this.#writer === connecting) this.#writer = undefined;
    };
    this.#writer = connecting;
    connecting.then((client) => client.on("error", forget).on("end", forget), forget);
    return connecting;
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client(this.#config());
    client.on("error", heardElsewhere);
    await client.connect();
    return client;
  }

  #config(): pg.ClientConfig {
    return {
      connectionString: this.#address.connectionString,
      pipeline: true,
      keepAlive: true,
      connectionTimeoutMillis: longestConnecting,
      query_timeout: longestStatement,
      application_name: "wkgen",
      types: asText,
    };
  }
}

/** Without a listener an error of a connection would end the process; whoever waits for an answer hears of it anyway. */
const heardElsewhere = (): void => undefined;

async function rowsOf(client: pg.Client | pg.Pool | pg.PoolClient, { name, text, values = [] }: Statement): Promise<readonly TextRow[]> {
  const { rows } = await client.query<(string | null)[]>({
    ...(name !== undefined && { name }),
    text,
    values: [...values],
    rowMode: "array",
  });
  return rows;
}
