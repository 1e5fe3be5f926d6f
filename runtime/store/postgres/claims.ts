import { mostSharedValues, type Claim, type Claims, type Replaced } from "../claim.ts";
import type { Connections, Query, TextRow } from "./connections.ts";

/** The claims of a log as a whole; `adopted` hears by which rules they are complete. */
export function postgresClaims(connections: Connections, adopted: (rules: string) => void): Claims {
  return {
    async adopt(rules) {
      const [row] = await connections.read({ text: "SELECT rules FROM head" });
      const isSo = row?.[0] === rules;
      if (isSo) adopted(rules);
      return isSo;
    },
    async replace(rules, claims) {
      const [before] = await connections.read({ text: "SELECT position FROM head" });
      return connections.transactionOnce((query) => replace(query, rules, claims, before?.[0]));
    },
  };
}

/** Collects beside the claims that hold, while others append; then looks whether any did, and puts what was collected in their place. */
async function replace(
  query: Query,
  rules: string,
  claims: AsyncIterable<readonly Claim[]>,
  before: TextRow[0] | undefined,
): Promise<Replaced> {
  await query({
    text: "CREATE TEMP TABLE next_claims (context text, aggregate text, field text, value text, hash bytea, aggregate_id text) ON COMMIT DROP",
  });
  for await (const some of claims) if (some.length > 0) await query({ ...addClaims, values: columnsOf(some) });

  const [head] = await query({ text: "SELECT position FROM head FOR UPDATE" });
  if (head?.[0] !== before) return { kind: "overtaken" };
  const shared = await query({ text: sharedValues });
  if (shared.length > 0) return { kind: "shared", values: shared.map(sharedFrom) };

  await query({ text: "DELETE FROM claims" });
  await query({ text: "INSERT INTO claims SELECT * FROM next_claims ORDER BY hash" });
  await query({ text: "UPDATE head SET rules = $1", values: [rules] });
  return { kind: "replaced" };
}

const addClaims = {
  text: `INSERT INTO next_claims
    SELECT context, aggregate, field, value, sha256(convert_to(value, 'UTF8')), aggregate_id
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) AS c (context, aggregate, field, value, aggregate_id)`,
};

const sharedValues = `
  SELECT context, aggregate, field, min(value), min(aggregate_id COLLATE "C"), max(aggregate_id COLLATE "C"), count(*)
  FROM next_claims GROUP BY hash, field, aggregate, context HAVING count(*) > 1 ORDER BY min(value) COLLATE "C" LIMIT ${mostSharedValues}`;

function columnsOf(claims: readonly Claim[]): readonly (readonly string[])[] {
  return [
    claims.map(({ context }) => context),
    claims.map(({ aggregate }) => aggregate),
    claims.map(({ field }) => field),
    claims.map(({ value }) => value),
    claims.map(({ aggregateId }) => aggregateId),
  ];
}

function sharedFrom(row: TextRow) {
  const [context, aggregate, field, value, first, last, count] = row as readonly [string, string, string, string, string, string, string];
  return { context, aggregate, field, value, first, last, count: Number(count) };
}
