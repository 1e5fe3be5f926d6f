import type { Event } from "../protocol/event.ts";
import type { Row } from "../protocol/query.ts";
import type { User } from "../protocol/user.ts";
import type { CommandRequest } from "../protocol/socket.ts";
import type { Json } from "../protocol/is-record.ts";

/** An event as the old clients know it. Times are milliseconds since 1970. */
export interface WireEvent {
  readonly context: { readonly name: string };
  readonly aggregate: { readonly name: string; readonly id: string };
  readonly name: string;
  readonly id: string;
  readonly type: "domain" | "readModel";
  readonly data: unknown;
  readonly custom: Json;
  readonly user: { readonly id: string };
  readonly metadata: {
    readonly timestamp: number;
    readonly published: false;
    readonly correlationId: string;
    readonly causationId: string;
    readonly revision?: number;
    readonly position?: number;
  };
}

/** For whom something is. It is told, and not what decides: the model's permissions do. */
export interface IsAuthorized {
  readonly owner: string;
  readonly forAuthenticated: boolean;
  readonly forPublic: boolean;
}

/** What nobody is called. */
const anonymous = "anonymous";
const noAggregate = "00000000-0000-0000-0000-000000000000";

export const nameOfUser = (id: string | null): string => id ?? anonymous;

/** Something that happened. The first event of an aggregate has revision 2: the old server began each of them with one of its own. */
export function factEvent({ context, aggregate, name, id, data, user, metadata }: Event): WireEvent {
  const { timestamp, correlationId, commandId, revision, position } = metadata;

  return {
    ...{ context, aggregate, name, id, type: "domain", data, custom: {}, user: { id: nameOfUser(user.id) } },
    metadata: {
      ...{ timestamp: Date.parse(timestamp), published: false, correlationId, causationId: commandId },
      ...{ revision: revision + 1, position },
    },
  };
}

/** A command's rejection, or that it failed for a reason that is not its sender's. */
export interface Rejection {
  readonly ending: "Rejected" | "Failed";
  readonly reason: string;
}

export function rejectionEvent({ id, timestamp }: Stamp, command: CommandRequest, user: User, { ending, reason }: Rejection): WireEvent {
  return {
    ...{ context: { name: command.context }, aggregate: { name: command.aggregate, id: command.aggregateId } },
    ...{ name: `${command.name}${ending}`, id, type: "domain", data: { reason }, custom: {}, user: { id: nameOfUser(user.id) } },
    metadata: { timestamp, published: false, correlationId: command.id, causationId: command.id },
  };
}

/** What happened to a row, as far as those know who may see it. Which event led to it they may not be allowed to know. */
export interface RowChange {
  readonly name: "added" | "updated" | "removed";
  readonly list: string;
  readonly rowId: string;
  readonly row?: Row;
}

export function rowEvent({ id, timestamp }: Stamp, { name, list, rowId, row }: RowChange): WireEvent {
  const data = { ...(name !== "added" && { selector: { id: rowId } }), ...(row && { payload: row }) };

  return {
    ...{ context: { name: "lists" }, aggregate: { name: list, id: noAggregate } },
    ...{ name, id, type: "readModel", data, custom: {}, user: { id: anonymous } },
    metadata: { timestamp, published: false, correlationId: id, causationId: id },
  };
}

/** When something came to be, and its id. */
export interface Stamp {
  readonly id: string;
  readonly timestamp: number;
}

/** Writes an event as JSON text, with whom it is for. */
export type WriteEvent = (event: WireEvent, isAuthorized: IsAuthorized) => string;

export const writeEvent: WriteEvent = (event, isAuthorized) => JSON.stringify({ ...event, metadata: { ...event.metadata, isAuthorized } });

/** For whom something is that these rules show, as far as that does not depend on anything else. */
export function openTo(
  rules: readonly { readonly who: unknown; readonly where?: unknown; readonly rows?: unknown }[],
  owner: string | null,
): IsAuthorized {
  const isFor = (...whom: readonly string[]) => rules.some(({ who, where, rows }) => whom.includes(who as string) && !where && !rows);

  return { owner: nameOfUser(owner), forAuthenticated: isFor("authenticated", "everyone"), forPublic: isFor("everyone") };
}
