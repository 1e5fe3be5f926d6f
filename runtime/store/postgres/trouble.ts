import { StoreFailure } from "../store-failure.ts";
import type { PostgresAddress } from "./address.ts";

type Explanation = (address: PostgresAddress) => StoreFailure;

const unreachable: Explanation = ({ server }) =>
  new StoreFailure(
    "unreachable",
    `PostgreSQL at ${server} cannot be reached.`,
    "Start it, or correct the host and the port in the address of the store.",
  );
const crowded: Explanation = ({ server }) =>
  new StoreFailure(
    "crowded",
    `PostgreSQL at ${server} takes no more connections.`,
    "Raise max_connections there, or run fewer processes; each takes up to twenty.",
  );
const denied: Explanation = ({ server, user }) =>
  new StoreFailure(
    "denied",
    `PostgreSQL at ${server} does not let ${user === "" ? "this user" : `the user ${user}`} in.`,
    "Correct the user and the password in the address of the store, or allow the connection in pg_hba.conf.",
  );
const missing: Explanation = ({ server, database }) =>
  new StoreFailure(
    "missing",
    `PostgreSQL at ${server} has no database ${database}.`,
    `Make it: createdb ${database}. Or correct the address of the store.`,
  );
const forbidden: Explanation = ({ database, schema, user }) =>
  new StoreFailure(
    "not-writable",
    `${user === "" ? "This user" : `The user ${user}`} may not write the schema ${schema} of the database ${database}.`,
    `Give it the right to: GRANT CREATE ON DATABASE ${database} TO …; or make it the owner of the schema.`,
  );
const readOnly: Explanation = ({ server, database }) =>
  new StoreFailure(
    "not-writable",
    `The database ${database} of PostgreSQL at ${server} is read-only.`,
    "Give the store the address of the primary server, or end default_transaction_read_only.",
  );
const full: Explanation = ({ server }) =>
  new StoreFailure(
    "full",
    `PostgreSQL at ${server} has no space left.`,
    "Free some disk space there; what was being stored was not acknowledged.",
  );
const locked: Explanation = ({ database, schema }) =>
  new StoreFailure(
    "locked",
    `The log in the schema ${schema} of the database ${database} is locked by another process.`,
    "Find out in pg_stat_activity who holds a lock on its tables, and end that.",
  );
const damaged: Explanation = ({ database }) =>
  new StoreFailure("damaged", `The database ${database} is damaged.`, "Restore the last backup; keep the damaged database.");
const unreadable: Explanation = ({ server }) =>
  new StoreFailure(
    "unreadable",
    `The disk of PostgreSQL at ${server} failed.`,
    "Check that the disk is sound; restore a backup where it is not.",
  );

/** By SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html; two characters stand for their whole class. */
const bySqlState: { readonly [code: string]: Explanation } = {
  "08": unreachable,
  "28": denied,
  "3D": missing,
  "25006": readOnly,
  "25P03": unreachable,
  "42501": forbidden,
  "53100": full,
  "53300": crowded,
  "55P03": locked,
  "57P01": unreachable,
  "57P02": unreachable,
  "57P03": unreachable,
  "57P05": unreachable,
  "58030": unreadable,
  XX001: damaged,
  XX002: damaged,
};

/** What Node says where there is no connection, or not any more. */
const bySystemCode = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ENOTFOUND", "EAI_AGAIN", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"]);

/** The driver has no codes for these. */
const lostConnection = /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout e|Query read timeout)/i;

/** What an error of the driver means to an operator; undefined where it is none of those, and so our own bug. */
export function storeFailureOf(error: unknown, address: PostgresAddress): StoreFailure | undefined {
  if (error instanceof StoreFailure) return error;
  if (error instanceof AggregateError) return storeFailureOf(error.errors[0], address);
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { readonly code?: unknown };
  if (lostConnection.test(error.message)) return unreachable(address);
  if (typeof code !== "string") return undefined;
  return (
    bySqlState[code] ?? (bySystemCode.has(code) ? unreachable : /^[0-9A-Z]{5}$/.test(code) ? bySqlState[code.slice(0, 2)] : undefined)
  )?.(address);
}
