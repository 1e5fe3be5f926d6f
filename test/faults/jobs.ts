import type { FlowDefinition } from "../../runtime/flows/flow.ts";
import type { AggregateDefinition } from "../../runtime/write/aggregate.ts";

// A job is started, and paid for or not. What its flow does about it is noted, so that the log tells what the flow did, in the order it did it.

interface JobCommands {
  readonly start: {};
  readonly pay: {};
  readonly note: Note;
  readonly refuse: {};
}

interface JobEvents {
  readonly started: {};
  readonly paid: {};
  readonly noted: Note;
}

export interface Note {
  readonly what: "welcome" | "thanks" | "due" | "final" | "refused";
  /** How many inputs the flow had taken by then, this one included. */
  readonly count: number;
}

const nothing = { fields: {} };
const note = { fields: { what: { type: "text" }, count: { type: "integer" } } } as const;

export const job: AggregateDefinition<{}, JobCommands, JobEvents> = {
  context: "work",
  name: "job",
  fields: {},
  initialState: {},
  commands: {
    start: { ...nothing, on: "new", handle: (job, _command, mark) => (job.events.publish("started", {}), mark.asDone()) },
    pay: { ...nothing, on: "existing", handle: (job, _command, mark) => (job.events.publish("paid", {}), mark.asDone()) },
    note: { ...note, on: "existing", handle: (job, { data }, mark) => (job.events.publish("noted", data), mark.asDone()) },
    refuse: { ...nothing, on: "existing", handle: (_job, _command, mark) => mark.asRejected("Never.") },
  },
  events: {
    started: { ...nothing, version: 1, apply() {} },
    paid: { ...nothing, version: 1, apply() {} },
    noted: { ...note, version: 1, apply() {} },
  },
  isAuthorized: { commands: { start: [{ who: "everyone" }], pay: [{ who: "everyone" }] }, events: {} },
};

/** One is opened for every job that is paid. */
export const ticket: AggregateDefinition<{}, { readonly open: { readonly job: string } }, { readonly opened: { readonly job: string } }> = {
  context: "work",
  name: "ticket",
  fields: {},
  initialState: {},
  commands: {
    open: {
      on: "new",
      fields: { job: { type: "id" } },
      handle: (ticket, { data }, mark) => (ticket.events.publish("opened", data), mark.asDone()),
    },
  },
  events: { opened: { version: 1, fields: { job: { type: "id" } }, apply() {} } },
  isAuthorized: { commands: {}, events: {} },
};

interface FlowCommands {
  readonly "work.job.note": Note;
  readonly "work.job.refuse": {};
  readonly "work.ticket.open": { readonly job: string };
}

interface FlowEvents {
  readonly "work.job.started": {};
  readonly "work.job.paid": {};
}

type Watching = FlowDefinition<{ readonly count: number }, FlowEvents, FlowCommands, "due" | "final">;

/** After a job has been started it is due in two hours, and an hour later refused for good, unless it is paid before. */
export const watching: Watching = {
  name: "watching",
  identity: { "work.job.started": (event) => event.aggregate.id, "work.job.paid": (event) => event.aggregate.id },
  initialState: { count: 0 },
  when: {
    "work.job.started"(flow, _event, mark) {
      tell(flow, "welcome");
      flow.schedule("due", { in: "PT1H" });
      flow.schedule("due", { in: "PT2H" });

      return mark.asDone();
    },
    "work.job.paid"(flow, event, mark) {
      flow.cancel("due");
      flow.cancel("final");
      tell(flow, "thanks");
      flow.run("work.ticket.open", { on: flow.newId(), data: { job: event.aggregate.id } });

      return mark.asDone();
    },
  },
  whenRejected: {
    "work.job.refuse"(flow, _command, _rejection, mark) {
      tell(flow, "refused");
      flow.end();

      return mark.asDone();
    },
  },
  whenDue: {
    due(flow, mark) {
      tell(flow, "due");
      flow.schedule("final", { in: "PT1H" });

      return mark.asDone();
    },
    final(flow, mark) {
      tell(flow, "final");
      flow.run("work.job.refuse", { on: flow.id, data: {} });

      return mark.asDone();
    },
  },
};

function tell(flow: Parameters<Watching["when"]["work.job.started"]>[0], what: Note["what"]): void {
  const count = flow.state.count + 1;
  flow.setState({ count });
  flow.run("work.job.note", { on: flow.id, data: { what, count } });
}
