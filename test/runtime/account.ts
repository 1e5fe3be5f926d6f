import type { AggregateDefinition } from "../../runtime/write/aggregate.ts";

export interface Account {
  readonly balance: number;
  readonly limit: number;
  readonly handle: string | null;
}

export interface AccountCommands {
  readonly open: { readonly handle: string | null; readonly balance: number };
  readonly move: { readonly amounts: readonly number[] };
  readonly limitTo: { readonly limit: number };
  readonly rename: { readonly handle: string | null };
  readonly look: {};
  readonly close: {};
}

export interface AccountEvents {
  readonly opened: { readonly handle: string | null; readonly balance: number };
  readonly moved: { readonly amount: number };
  readonly limited: { readonly limit: number };
  readonly renamed: { readonly handle: string | null };
  readonly closed: {};
}

type Definition = AggregateDefinition<Account, AccountCommands, AccountEvents>;

const everyone = [{ who: "everyone" }] as const;
const handle = { type: "text", optional: true } as const;
const integer = { type: "integer" } as const;

/** An account with a limit that may be lowered below the balance, and a handle that is nobody else's. */
export const account = {
  context: "bank",
  name: "account",
  fields: { balance: { type: "integer", atMost: 1_000_000 }, limit: integer, handle: { type: "text", maxLength: 10, optional: true } },
  initialState: { balance: 0, limit: 100, handle: null },
  commands: {
    open: {
      on: "new",
      fields: { handle, balance: integer },
      handle(aggregate, { data }, mark) {
        aggregate.events.publish("opened", data);
        return mark.asDone();
      },
    },
    move: {
      on: "existing",
      fields: { amounts: { type: "list", of: integer } },
      handle(aggregate, { data }, mark) {
        for (const amount of data.amounts) aggregate.events.publish("moved", { amount });
        return mark.asDone();
      },
    },
    limitTo: {
      on: "existing",
      fields: { limit: integer },
      handle(aggregate, { data }, mark) {
        aggregate.events.publish("limited", data);
        return mark.asDone();
      },
    },
    rename: {
      on: "existing",
      fields: { handle },
      handle(aggregate, { data }, mark) {
        aggregate.events.publish("renamed", data);
        return mark.asDone();
      },
    },
    look: { on: "existing", fields: {}, handle: (_aggregate, _command, mark) => mark.asDone() },
    close: {
      on: "existing",
      fields: {},
      handle(aggregate, _command, mark) {
        aggregate.events.publish("closed", {});
        return mark.asDone();
      },
    },
  },
  events: {
    opened: { version: 1, fields: { handle, balance: integer }, apply: (aggregate, { data }) => aggregate.setState(data) },
    moved: {
      version: 1,
      fields: { amount: integer },
      apply: (aggregate, { data }) => aggregate.setState({ balance: aggregate.state.balance + data.amount }),
    },
    limited: { version: 1, fields: { limit: integer }, apply: (aggregate, { data }) => aggregate.setState(data) },
    renamed: { version: 1, fields: { handle }, apply: (aggregate, { data }) => aggregate.setState(data) },
    closed: { version: 1, fields: {}, apply: (aggregate) => aggregate.end() },
  },
  invariants: [
    { reason: "The balance never goes below zero.", holds: ({ state }) => state.balance >= 0 },
    {
      reason: ({ state }) => `Only ${state.limit} are allowed, not ${state.balance}.`,
      holds: ({ state }) => state.balance <= state.limit,
    },
  ],
  isAuthorized: {
    commands: { open: everyone, move: everyone, limitTo: everyone, rename: everyone, look: everyone, close: everyone },
    events: {},
  },
} satisfies Definition;

export const uniqueAccount: Definition = { ...account, unique: [{ field: "handle", reason: ({ state }) => `${state.handle} is taken.` }] };
