import type { Fields } from "../protocol/field.ts";
import type { Cast } from "./cast.ts";
import { kindOf, partsOf } from "./full-name.ts";
import { has, normal } from "./has.ts";
import type { Stage } from "./stage.ts";
import type { Claim, Step, Values } from "./story.ts";
import type { Happened, Refusal } from "./verdict.ts";

/** A claim with the values that it names, in the form in which they are kept. */
export type Told<C extends Claim = Claim> = C & { readonly claimed: Values };

type IsTrue = {
  readonly [Kind in Claim["kind"]]: (claim: Told<Extract<Claim, { readonly kind: Kind }>>, happened: Happened, cast: Cast) => boolean;
};

/** Whether a claim holds of what happened. */
export function isTrue(claim: Told, happened: Happened, cast: Cast): boolean {
  return (table[claim.kind] as (claim: Told, happened: Happened, cast: Cast) => boolean)(claim, happened, cast);
}

export function tell(claim: Claim, stage: Stage, cast: Cast): Told {
  return { ...claim, claimed: "data" in claim ? normal(fieldsOf(claim, stage), cast.values(claim.data)) : {} };
}

function fieldsOf(claim: Extract<Claim, { readonly data: unknown }>, stage: Stage): Fields {
  if ("list" in claim) return stage.list(claim.list).fields;
  if (claim.kind === "event") return stage.kind(kindOf(claim.event)).definition.events[partsOf(claim.event).name]!.fields;
  return stage.kind(kindOf(claim.command)).definition.commands[partsOf(claim.command).name]!.fields;
}

export function isClaim(step: Step): step is Claim {
  return step.kind !== "given" && step.kind !== "when" && step.kind !== "pass";
}

/** Whether one of the claims expects that a command was turned down. */
export function saysTurnedDown(claims: readonly Claim[]): boolean {
  return claims.some(({ kind }) => kind === "rejected" || kind === "not");
}

const table: IsTrue = {
  event: ({ event, on, claimed }, { events }, cast) =>
    events.some((one) => one.event === event && cast.isMeant({ kind: kindOf(event), id: one.id }, on) && has(one.data, claimed)),
  run: ({ command, claimed }, { runs }) => runs.some((one) => one.command === command && has(one.data, claimed)),
  has: ({ claimed }, { rows = [] }) => rows.some((row) => has(row, claimed)),
  "has no": ({ claimed }, { rows = [] }) => !rows.some((row) => has(row, claimed)),
  empty: (_, { rows = [] }) => rows.length === 0,
  rejected: ({ reason }, { refusals }) => refusals.some((refusal) => isRejection(refusal) && (reason ?? refusal.detail) === refusal.detail),
  not: ({ what }, { refusals }) => refusals.some(({ type }) => type === `not-${what}`),
  nothing: (_, { events, runs }) => events.length === 0 && runs.length === 0,
};

/** For the teller of a story, what is there no more, or there already, rejects a command as well as a rule of the model. */
function isRejection({ type }: Refusal): boolean {
  return type === "rejected" || type === "does-not-exist" || type === "exists-already" || type === "has-ended";
}
