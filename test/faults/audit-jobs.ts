import type { Event } from "../../runtime/protocol/event.ts";
import type { Note } from "./jobs.ts";

const hour = 3_600_000;

/** Everything that a flow did to the jobs of a log that it should not have, or should have and did not. The flow has to have come to its rest. */
export function auditJobs(events: readonly Event[]): readonly string[] {
  const tickets = Map.groupBy(
    events.filter(({ name }) => name === "opened"),
    ({ data }) => (data as { readonly job: string }).job,
  );
  const jobs = Map.groupBy(
    events.filter(({ aggregate }) => aggregate.name === "job"),
    ({ aggregate }) => aggregate.id,
  );
  return [...jobs].flatMap(([id, history]) => [...wrongWith(history, tickets.get(id)?.length ?? 0)].map((what) => `${id}: ${what}`));
}

function* wrongWith(history: readonly Event[], tickets: number): Iterable<string> {
  const notes = history.filter(({ name }) => name === "noted");
  const whats = notes.map(({ data }) => (data as Note).what);
  const has = (what: Note["what"]) => whats.includes(what);
  const isPaid = history.some(({ name }) => name === "paid");

  for (const what of new Set(whats)) {
    const times = whats.filter((other) => other === what).length;
    if (times !== 1) yield `${what} ${times} times`;
  }
  for (const [index, { data }] of notes.entries()) {
    if ((data as Note).count !== index + 1) yield `${(data as Note).what} is what it did as number ${(data as Note).count}, and stands as ${index + 1}`;
  }
  if (whats[0] !== "welcome") yield "no welcome at first";
  yield* wrongTimes(history, notes);
  yield* wrongOrder(whats);

  if (!isPaid && whats.join() !== "welcome,due,final,refused") yield `was never paid, and had ${whats.join()}`;
  if (isPaid && !has("thanks") && !has("refused")) yield "was paid, and the flow did not take it";
  if (!isPaid && has("thanks")) yield "was thanked for nothing";
  if (tickets !== (has("thanks") ? 1 : 0)) yield `has ${tickets} tickets`;
}

/** Timers are never early. */
function* wrongTimes(history: readonly Event[], notes: readonly Event[]): Iterable<string> {
  const started = Date.parse(history[0]!.metadata.timestamp);
  for (const { data, metadata } of notes) {
    const { what } = data as Note;
    const after = what === "due" ? 2 * hour : what === "final" ? 3 * hour : 0;
    if (Date.parse(metadata.timestamp) < started + after) yield `${what} was early`;
  }
}

/** What is noted stands in the order in which the flow did it: after a cancel no timer fires, and after the end nothing happens. */
function* wrongOrder(whats: readonly Note["what"][]): Iterable<string> {
  const place = (what: Note["what"]) => whats.indexOf(what);
  const isAfter = (later: Note["what"], earlier: Note["what"]) => place(earlier) >= 0 && place(later) > place(earlier);
  if (isAfter("due", "thanks")) yield "due fired after it was cancelled";
  if (isAfter("final", "thanks")) yield "final fired after it was cancelled";
  if (place("final") >= 0 && !isAfter("final", "due")) yield "final fired before due";
  if (place("refused") >= 0 && !isAfter("refused", "final")) yield "was refused before it was final";
  if (isAfter("thanks", "refused")) yield "was thanked after the end";
}
