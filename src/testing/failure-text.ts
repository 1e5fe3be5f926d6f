import type { Domain } from "../model/domain.ts";
import type { Field } from "../model/field.ts";
import { fullName } from "../model/names.ts";
import type { Scenario, Step } from "../model/scenario.ts";
import { valueText } from "./value-text.ts";
import type { Cause, Failure, Happened, Values } from "./verdict.ts";

/** What is said about one failure: what is wrong, and what happened, line by line. Marks lie under the values that are others than claimed. */
export interface FailureText {
  readonly sentence: string;
  /** What stands above the lines. */
  readonly heading: string;
  readonly happened: readonly Line[];
}

export interface Line {
  readonly text: string;
  readonly marks: readonly { readonly from: number; readonly length: number }[];
}

const mostLines = 8;

export function failureText(failure: Failure, { steps }: Pick<Scenario, "steps">, domain: Domain): FailureText {
  const step = steps[failure.step];
  const sentence = causeSentence(failure, step, namesIn(steps));
  const heading = failure.happened.rows === undefined ? "What happened:" : "What is there:";
  return { sentence, heading, happened: showsWhatHappened.has(failure.cause.kind) ? happenedLines(failure, steps, domain) : [] };
}

const showsWhatHappened: ReadonlySet<Cause["kind"]> = new Set(["untrue", "turned down", "broken"]);

/** Of aggregates. */
const namesIn = (steps: readonly Step[]): ReadonlySet<string> =>
  new Set(steps.flatMap((one) => ("instance" in one ? (one.instance ?? []) : [])));

function causeSentence({ cause, happened }: Failure, step: Step | undefined, names: ReadonlySet<string>): string {
  switch (cause.kind) {
    case "impossible":
      return `This cannot have happened. ${cause.sentence}`;
    case "untrue":
      return step === undefined ? "This is not so." : untrueSentence(step, happened, names);
    case "turned down":
      return "This was turned down, and nothing below says that it would be.";
    case "unforeseen":
      return `This was turned down for a reason that the model does not give: ${cause.sentence}`;
    case "fault":
      return `The code failed: ${cause.message}`;
    case "list stopped":
      return `The list "${cause.list}" stopped at ${shortName(cause.event)}: ${cause.reason}`;
    case "flow stopped":
      return `The flow "${cause.flow}" stopped at ${shortName(cause.before)}: ${cause.reason}`;
    case "command parked":
      return `The flow "${cause.flow}" ran a command that cannot be carried out: ${cause.reason}`;
    case "list differs":
      return `The list "${cause.list}" comes out differently each time that it is made from the same events.`;
    case "broken":
      return `The ${cause.aggregate.split(".").at(-1)} ${cause.id} is not as it always has to be. ${cause.sentence}`;
  }
}

function untrueSentence(step: Step, happened: Happened, names: ReadonlySet<string>): string {
  switch (step.kind) {
    case "then-event":
      return eventSentence(step, happened, names);
    case "then-run":
      return "No flow ran this.";
    case "then-list":
      return step.has ? `"${step.list}" has no such row.` : `"${step.list}" has such a row.`;
    case "then-empty":
      return `"${step.list}" is not empty.`;
    case "then-rejected":
      return step.reason === undefined ? "Nothing was rejected." : "Nothing was rejected for this reason.";
    case "then-not":
      return `Nothing was turned down as not ${step.what}.`;
    default:
      return "Something happened.";
  }
}

/** An event that happened, but elsewhere than it was told, differs in nothing that is seen but the place. */
function eventSentence({ event, instance }: ThenEvent, { events }: Happened, names: ReadonlySet<string>): string {
  const nameless = `the ${event.aggregate} without a name`;
  const expected = instance ?? nameless;
  const places = events.filter((one) => one.event === fullName(event)).map(({ id }) => (names.has(id) ? id : nameless));
  if (places.length === 0 || places.includes(expected)) return "This did not happen.";
  return `This did not happen on ${expected}; it happened on ${[...new Set(places)].join(", ")}.`;
}

type ThenEvent = Extract<Step, { readonly kind: "then-event" }>;

function happenedLines({ step: index, happened, claimed = {} }: Failure, steps: readonly Step[], domain: Domain): readonly Line[] {
  const step = steps[index];
  const names = namesIn(steps);
  const lines =
    happened.rows === undefined ? actLines(happened, { step, names }, claimed, domain) : rowLines(happened.rows, step, claimed, domain);
  const more = lines.length - mostLines;
  return more > 1 ? [...lines.slice(0, mostLines), plain(`… and ${more} more`)] : lines;
}

const plain = (text: string): Line => ({ text, marks: [] });

interface Story {
  /** The step that failed. */
  readonly step: Step | undefined;
  /** Of aggregates. */
  readonly names: ReadonlySet<string>;
}

function actLines({ events, runs, refusals }: Happened, { step, names }: Story, claimed: Values, domain: Domain): readonly Line[] {
  const wanted = step?.kind === "then-event" ? fullName(step.event) : step?.kind === "then-run" ? fullName(step.command) : undefined;
  const claimedOf = (name: string) => (name === wanted ? claimed : {});
  const lines = [
    ...events.map(({ event, id, data }) =>
      valuesLine(`${shortName(event)}${on(id, names)}`, data, claimedOf(event), fieldsOfEvent(event, domain), domain),
    ),
    ...runs.map(({ command, data }) =>
      valuesLine(`run ${shortName(command)}`, data, claimedOf(command), fieldsOfCommand(command, domain), domain),
    ),
    ...refusals.map(({ command, type, detail }) => plain(`${shortName(command)} was ${wordFor(type)}: "${detail}"`)),
  ];
  return lines.length === 0 ? [plain("nothing")] : lines;
}

/** Only names that the scenario gave mean something to its reader. */
const on = (id: string, names: ReadonlySet<string>): string => (names.has(id) ? ` on ${id}` : "");

const wordFor = (type: string): string => (type === "not-allowed" ? "not allowed" : type === "not-valid" ? "not valid" : "rejected");

/** Rows that are nearest to what was claimed come first. */
function rowLines(rows: readonly Values[], step: Step | undefined, claimed: Values, domain: Domain): readonly Line[] {
  if (rows.length === 0) return [plain("no rows")];
  const list = domain.lists.find(({ name }) => step !== undefined && "list" in step && name === step.list);
  const fits = (row: Values) => Object.keys(claimed).filter((field) => isSame(row[field], claimed[field])).length;
  const isDenied = step?.kind === "then-list" && !step.has;
  return rows
    .filter((row) => !isDenied || fits(row) === Object.keys(claimed).length)
    .toSorted((a, b) => fits(b) - fits(a))
    .map(({ id, ...row }) => valuesLine("", "id" in claimed ? { id, ...row } : row, claimed, list?.fields ?? [], domain));
}

/** `message.liked with likes = 2` */
function valuesLine(head: string, values: Values, claimed: Values, fields: readonly Field[], domain: Domain): Line {
  const marks: { from: number; length: number }[] = [];
  let text = head;
  for (const [index, [name, value]] of Object.entries(values).entries()) {
    const written = valueText(value, fields.find((field) => field.name === name)?.type, domain);
    text += `${index > 0 ? ", " : head === "" ? "" : " with "}${name} = `;
    if (name in claimed && !isSame(value, claimed[name])) marks.push({ from: text.length, length: written.length });
    text += written;
  }
  return { text, marks };
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** `message.sent`: contexts are rarely needed to know what is meant. */
const shortName = (name: string) => name.split(".").slice(-2).join(".");

const fieldsOfEvent = (name: string, domain: Domain) => membersOf(domain).find(({ event }) => event === name)?.fields ?? [];
const fieldsOfCommand = (name: string, domain: Domain) => membersOf(domain).find(({ command }) => command === name)?.fields ?? [];

interface Member {
  readonly event?: string;
  readonly command?: string;
  readonly fields: readonly Field[];
}

const membersOf = ({ contexts }: Domain): readonly Member[] =>
  contexts.flatMap(({ name: context, aggregates }) =>
    aggregates.flatMap(({ name: aggregate, events, commands }) => [
      ...events.map(({ name, fields }) => ({ event: fullName({ context, aggregate, event: name }), fields })),
      ...commands.map(({ name, fields }) => ({ command: fullName({ context, aggregate, command: name }), fields })),
    ]),
  );
