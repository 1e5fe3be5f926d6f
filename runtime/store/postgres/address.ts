/** Where a log is: which server, which database, which schema of it. */
export interface PostgresAddress {
  /** For the driver, with the schema as the search path. */
  readonly connectionString: string;
  readonly schema: string;
  readonly database: string;
  readonly user: string;
  /** Without the password: for sentences. */
  readonly server: string;
}

const defaultSchema = "wkgen";

/**
 * What every connection is told: where the tables are, to wait for the disk whatever the server's habit is, and to let go of what it holds soon after its process has gone
 * without a word.
 */
const settings = {
  synchronous_commit: "on",
  lock_timeout: "10s",
  idle_in_transaction_session_timeout: "10s",
  jit: "off",
};

/** Reads `postgres://user:password@host:5432/database?schema=NAME`; undefined where it is none. */
export function readPostgresAddress(text: string): PostgresAddress | undefined {
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const database = decodeURIComponent(url.pathname.slice(1));
  const schema = url.searchParams.get("schema") ?? defaultSchema;
  if (database === "" || !/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) return undefined;

  const asked = url.searchParams.get("options");
  const options = Object.entries({ ...settings, search_path: schema }).map(([name, value]) => `-c ${name}=${value}`);
  url.searchParams.delete("schema");
  url.searchParams.set("options", [...(asked === null ? [] : [asked]), ...options].join(" "));

  return {
    connectionString: url.href.replaceAll("+", "%20"),
    schema,
    database,
    user: decodeURIComponent(url.username),
    server: `${url.hostname || "localhost"}:${url.port || "5432"}`,
  };
}
