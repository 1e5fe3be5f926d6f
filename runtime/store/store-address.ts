import { isAbsolute, resolve } from "node:path";
import { readPostgresAddress, type PostgresAddress } from "./postgres/address.ts";

/** Which event log: the file of an SQLite database, or a schema of a PostgreSQL one. */
export type StoreAddress =
  { readonly kind: "sqlite"; readonly file: string } | { readonly kind: "postgres"; readonly address: PostgresAddress };

/** Reads `sqlite:FILE`, which is looked for from the root on, or `postgres://…`; undefined where it is neither. */
export function readStoreAddress(text: string, root: string): StoreAddress | undefined {
  const file = /^sqlite:(.+)$/.exec(text)?.[1];
  if (file !== undefined) return { kind: "sqlite", file: isAbsolute(file) ? file : resolve(root, file) };

  const address = readPostgresAddress(text);
  return address && { kind: "postgres", address };
}
