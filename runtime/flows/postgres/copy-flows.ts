import type { PostgresAddress } from "../../store/postgres/address.ts";
import { arrayText } from "../../store/postgres/array-text.ts";
import { Connections, type Query, type TextRow } from "../../store/postgres/connections.ts";
import { atOnce, beforeAll, columnsOf, keyOf, kinds, pageOf, valuesOf, type FlowRow, type FlowRows, type Kept } from "../flow-copy.ts";
import { migrate } from "./schema.ts";

const patience = 5_000;
const tables = { flow: "flows", instance: "flow_instances", timer: "flow_timers", command: "flow_commands" } as const satisfies {
  readonly [K in Kept]: string;
};
const numbers: ReadonlySet<string> = new Set(["position", "revision", "due", "number"]);

export async function copyPostgresFlows<Result>(address: PostgresAddress, use: (rows: FlowRows) => Promise<Result>): Promise<Result> {
  const connections = new Connections(address, patience);
  try {
    const [known] = await connections.read({ text: "SELECT to_regclass($1)", values: [`${address.schema}.flow_head`] });
    if (known?.[0] == null) return await use(none());
    return await connections.transactionOnce(async (query) => {
      await query({ text: "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY" });
      // The first look is the moment that all others see.
      await query({ text: "SELECT version FROM flow_head" });
      return use(rowsBy(query));
    });
  } finally {
    await connections.close();
  }
}

export async function fillPostgresFlows(address: PostgresAddress, rows: FlowRows, incarnation: string): Promise<void> {
  const connections = new Connections(address, patience);
  try {
    await migrate(connections, address);
    await connections.transactionOnce(async (query) => {
      await query({ text: "UPDATE flow_head SET incarnation = $1", values: [incarnation] });
      for await (const some of rows)
        for (const kept of kinds)
          await add(
            query,
            kept,
            some.filter((row) => row.kept === kept),
          );
      await query({ text: "UPDATE flow_head SET commands = (SELECT coalesce(max(number), 0) FROM flow_commands)" });
    });
  } finally {
    await connections.close();
  }
}

async function* none(): FlowRows {}

async function* rowsBy(query: Query): FlowRows {
  for (const kept of kinds) {
    const text = pageOf(kept, tables[kept], (number) => `$${number}`);
    let after: readonly (string | number)[] = beforeAll[kept];
    for (let count = atOnce; count === atOnce;) {
      const rows = (await query({ text, values: after })).map((row) => rowFrom(kept, row));
      yield rows;
      count = rows.length;
      if (count > 0) after = keyOf(rows.at(-1)!);
    }
  }
}

function rowFrom(kept: Kept, row: TextRow): FlowRow {
  const columns = columnsOf[kept].map((column, index) => [column, numbers.has(column) ? Number(row[index]) : (row[index] ?? null)]);
  return { kept, ...Object.fromEntries(columns) } as FlowRow;
}

async function add(query: Query, kept: Kept, rows: readonly FlowRow[]): Promise<void> {
  if (rows.length === 0) return;
  const values = rows.map(valuesOf);
  const parameters = columnsOf[kept].map((column, index) => `$${index + 1}::${numbers.has(column) ? "bigint" : "text"}[]`);
  await query({
    text: `INSERT INTO ${tables[kept]} (${columnsOf[kept].join(", ")}) SELECT * FROM unnest(${parameters.join(", ")})`,
    values: columnsOf[kept].map((_column, index) => arrayText(values.map((row) => row[index] ?? null))),
  });
}
