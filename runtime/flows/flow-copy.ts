/** One row of what flows keep, as a backup holds it: how far a flow has come, an instance, a timer, or a command that is not carried out yet. */
export type FlowRow =
  | { readonly kept: "flow"; readonly flow: string; readonly position: number; readonly revision: number }
  /** Without a state it has ended. */
  | { readonly kept: "instance"; readonly flow: string; readonly id: string; readonly state: string | null }
  | {
      readonly kept: "timer";
      readonly flow: string;
      readonly instance: string;
      readonly name: string;
      readonly id: string;
      readonly due: number;
      readonly user_id: string | null;
      readonly correlation_id: string;
      readonly causation_id: string;
    }
  | {
      readonly kept: "command";
      readonly number: number;
      readonly flow: string;
      readonly instance: string;
      readonly id: string;
      readonly context: string;
      readonly aggregate: string;
      readonly aggregate_id: string;
      readonly name: string;
      readonly data: string;
      readonly user_id: string | null;
      readonly correlation_id: string;
      readonly causation_id: string;
      /** Why it is parked; null where it is not. */
      readonly parked: string | null;
    };

/** Many of them, some at a time. */
export type FlowRows = AsyncIterable<readonly FlowRow[]>;

export type Kept = FlowRow["kept"];

/** The columns of each kind, those first by which its rows are told apart. */
export const columnsOf = {
  flow: ["flow", "position", "revision"],
  instance: ["flow", "id", "state"],
  timer: ["flow", "instance", "name", "id", "due", "user_id", "correlation_id", "causation_id"],
  command: [
    ...["number", "flow", "instance", "id", "context", "aggregate", "aggregate_id", "name", "data"],
    ...["user_id", "correlation_id", "causation_id", "parked"],
  ],
} as const satisfies { readonly [K in Kept]: readonly string[] };

/** Before the first row of a kind, in the order of its key. */
export const beforeAll = { flow: [""], instance: ["", ""], timer: ["", "", ""], command: [0] } as const satisfies {
  readonly [K in Kept]: readonly (string | number)[];
};

export const kinds = Object.keys(columnsOf) as readonly Kept[];

/** The values of a row in the order of its columns. */
export const valuesOf = (row: FlowRow): readonly (string | number | null)[] =>
  columnsOf[row.kept].map((column) => (row as unknown as Readonly<Record<string, string | number | null>>)[column] ?? null);

export const keyOf = (row: FlowRow): readonly (string | number)[] =>
  valuesOf(row).slice(0, beforeAll[row.kept].length) as readonly (string | number)[];

/** The next rows of a kind after a key; `parameter` writes the one of this number, from 1. */
export function pageOf(kept: Kept, table: string, parameter: (number: number) => string): string {
  const key = columnsOf[kept].slice(0, beforeAll[kept].length);
  const parameters = key.map((_column, index) => parameter(index + 1));
  return `SELECT ${columnsOf[kept].join(", ")} FROM ${table} WHERE (${key.join(", ")}) > (${parameters.join(", ")})
    ORDER BY ${key.join(", ")} LIMIT ${atOnce}`;
}

export const atOnce = 1_000;
