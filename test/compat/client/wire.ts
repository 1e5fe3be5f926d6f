import type { EventEmitter } from "node:events";

export type Json = Readonly<Record<string, unknown>>;

/** Where the application is, and by which certificate it is known. */
export interface Place {
  readonly host: string;
  readonly port: number;
  readonly ca: string;
}

/** How a user shows who they are. */
export interface Authentication {
  getToken(): string | undefined;
  login(): void;
}

/** Emits `start`, `data`, `end` and `error`. */
export interface Stream extends EventEmitter {
  cancel(): void;
}

export interface Query {
  readonly where?: Json;
  readonly orderBy?: Json;
  readonly skip?: unknown;
  readonly take?: unknown;
}

/** One of the two ways in which the old clients spoke with a server. Emits `authentication-required` and `error`. */
export interface Wire extends EventEmitter {
  sendCommand(command: Json): Promise<void>;
  subscribeToEvents(filter: Json): Stream;
  readList(list: string, query: Query): Stream;
  close(): void;
}

/** What is falsy was never sent. */
export function sentOf({ where, orderBy, skip, take }: Query): Query {
  return Object.fromEntries(Object.entries({ where, orderBy, skip, take }).filter(([, value]) => Boolean(value)));
}
