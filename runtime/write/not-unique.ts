import { mostSharedValues, type SharedValue } from "../store/claim.ts";
import { inWords } from "./vocabulary.ts";

/** The model says that a field is unique, but the log has aggregates that share values of it. For the operator: which, and what to do. */
export class NotUnique extends Error {
  override readonly name = "NotUnique";
  readonly cure =
    "Start the application with the model as it was before, change or end all but one of those that share a value, then start with this model again.";

  constructor(values: readonly SharedValue[]) {
    super(values.map(sentence).join(" ") + (values.length < mostSharedValues ? "" : " There may be more."));
  }
}

function sentence({ aggregate, field, value, first, last, count }: SharedValue): string {
  const shown = value.length > 80 ? `${value.slice(0, 80)}…` : value;
  const who = count === 2 ? `${first} and ${last}` : `${first}, ${last} and ${count - 2} more`;
  return `The ${inWords(field)} ${shown} is not unique: each ${inWords(aggregate)} of ${who} has it.`;
}
