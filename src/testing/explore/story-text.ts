import { aggregatesOf } from "../../checker/aggregates-of.ts";
import { isReason, reasonsOf } from "../../checker/reasons.ts";
import type { Domain } from "../../model/domain.ts";
import type { Field } from "../../model/field.ts";
import { fullName } from "../../model/names.ts";
import type { Pass, Story, When } from "../story.ts";
import { durationText, quoted, valuesText } from "../value-text.ts";
import type { Refusal, Verdict } from "../verdict.ts";
import { instanceNames, people } from "./cast.ts";

/** A story as a scenario to paste into the model. What was turned down is said to be. */
export function storyText({ title, steps }: Story, { turnedDown }: Pick<Verdict, "turnedDown">, domain: Domain): string {
  const lines = steps.flatMap((step, index) => {
    const refusal = turnedDown.find((one) => one.step === index)?.refusal;
    return [
      stepText(step, domain),
      ...(refusal === undefined || refusal.type === "internal" || refusal.isUnforeseen ? [] : [refusalText(refusal, domain)]),
    ];
  });
  return `scenario ${quoted(title)}\n${lines.map((line) => `  ${line}\n`).join("")}`;
}

function stepText(step: When | Pass, domain: Domain): string {
  if (step.kind === "pass") return `given ${durationText(step.duration)} pass`;
  const { command, on, as, data } = step;
  const who = as === undefined ? "" : ` as ${[as.role, as.name].filter((name) => name !== undefined).join(" ")}`;
  const values = valuesText(data, fieldsOf(command, domain), domain, castOf(domain));
  return `when ${nameIn(domain, command)} on ${on}${who}${values === "" ? "" : ` with ${values}`}`;
}

function refusalText({ type, detail }: Refusal, domain: Domain): string {
  if (type === "not-allowed") return "then not allowed";
  if (type === "not-valid") return "then not valid";
  const isOfModel = aggregatesOf(domain).some((aggregate) => reasonsOf(aggregate).some(({ reason }) => isReason(detail, reason)));
  return isOfModel ? `then rejected ${quoted(detail)}` : "then rejected";
}

/** `message.send`, or with its context where two have a `message`; the same for an event. */
export function nameIn(domain: Domain, command: string): string {
  const [, aggregate = ""] = command.split(".");
  const isUnique = aggregatesOf(domain).filter(({ name }) => name === aggregate).length === 1;
  return isUnique ? command.slice(command.indexOf(".") + 1) : command;
}

const fieldsOf = (name: string, domain: Domain): readonly Field[] =>
  aggregatesOf(domain)
    .flatMap(({ context, name: aggregate, commands }) =>
      commands.map((command) => ({ name: fullName({ context, aggregate, command: command.name }), fields: command.fields })),
    )
    .find((command) => command.name === name)?.fields ?? [];

/** All names that stories give to aggregates and people. */
export const castOf = (domain: Domain): ReadonlySet<string> =>
  new Set([...people, ...aggregatesOf(domain).flatMap(({ name }) => instanceNames(name))]);
