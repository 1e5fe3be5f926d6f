import { ClaimMap } from "../claim-map.ts";
import type { Append } from "../event-log.ts";
import { repeatedFrom } from "../outcome-row.ts";
import type { Query, TextRow } from "./connections.ts";
import { outcomeColumns, outcomeFrom } from "./rows.ts";
import { aggregateKey, type Facts } from "./settle-batch.ts";

/** Locks the head, so that what is read stays so until the transaction ends; all in one round trip. */
export async function readFacts(query: Query, batch: readonly Append[]): Promise<Facts & { readonly rules: string }> {
  const [[head], outcomes, lasts, claims] = await Promise.all([
    query({ name: "lock_head", text: "SELECT position, rules FROM head FOR UPDATE" }),
    query({ ...outcomesOf, values: [batch.map(({ command }) => command.id)] }),
    query({ ...lastsOf, values: addresses(batch) }),
    query({ ...claimsAround, values: [...addresses(batch), ...claimed(batch)] }),
  ]);
  const [position, rules] = head as readonly [string, string];

  return {
    position: Number(position),
    rules,
    outcomes: new Map(outcomes.map(([id, ...outcome]) => [id!, repeatedFrom(outcomeFrom(outcome))])),
    lasts: new Map(
      lasts.map(([context, aggregate, aggregateId, revision, commandId]) => [
        aggregateKey({ context: context!, aggregate: aggregate!, aggregateId: aggregateId! }),
        { revision: Number(revision), commandId: commandId! },
      ]),
    ),
    claims: claimMapOf(claims),
  };
}

const outcomesOf = { name: "outcomes", text: `SELECT id, ${outcomeColumns} FROM commands WHERE id = ANY ($1)` };

const lastsOf = {
  name: "lasts",
  text: `SELECT a.context, a.aggregate, a.id, last.revision, last.command_id
    FROM unnest($1::text[], $2::text[], $3::text[]) AS a (context, aggregate, id)
    CROSS JOIN LATERAL (
      SELECT e.revision, e.command_id FROM events AS e
      WHERE e.aggregate_id = a.id AND e.aggregate = a.aggregate AND e.context = a.context
      ORDER BY e.revision DESC LIMIT 1
    ) AS last`,
};

/** What the aggregates of a batch hold, and who holds the values that it claims. */
const claimsAround = {
  name: "claims_around",
  text: `SELECT c.context, c.aggregate, c.field, c.value, c.aggregate_id
    FROM unnest($1::text[], $2::text[], $3::text[]) AS a (context, aggregate, id)
    JOIN claims AS c ON c.aggregate_id = a.id AND c.aggregate = a.aggregate AND c.context = a.context
    UNION
    SELECT c.context, c.aggregate, c.field, c.value, c.aggregate_id
    FROM unnest($4::text[], $5::text[], $6::text[], $7::text[]) AS a (context, aggregate, field, value)
    JOIN claims AS c
      ON c.hash = sha256(convert_to(a.value, 'UTF8')) AND c.field = a.field AND c.aggregate = a.aggregate AND c.context = a.context`,
};

function addresses(batch: readonly Append[]): readonly string[][] {
  return [batch.map(({ context }) => context), batch.map(({ aggregate }) => aggregate), batch.map(({ aggregateId }) => aggregateId)];
}

function claimed(batch: readonly Append[]): readonly string[][] {
  const all = batch.flatMap(({ context, aggregate, claims = [] }) =>
    claims.flatMap(({ field, value }) => (value === null ? [] : [{ context, aggregate, field, value }])),
  );
  return [
    all.map(({ context }) => context),
    all.map(({ aggregate }) => aggregate),
    all.map(({ field }) => field),
    all.map(({ value }) => value),
  ];
}

function claimMapOf(rows: readonly TextRow[]): ClaimMap {
  const claims = new ClaimMap();
  for (const [context, aggregate, field, value, aggregateId] of rows as readonly (readonly string[])[]) {
    claims.hold({ context: context!, aggregate: aggregate!, field: field!, value: value!, aggregateId: aggregateId! });
  }
  return claims;
}
