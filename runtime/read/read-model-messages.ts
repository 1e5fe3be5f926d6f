import type { LocalReadModel } from "./local-read-model.ts";
import type { Applied } from "./read-model.ts";

export interface WorkerData {
  readonly file: string;
  /** The URL of the module that exports the application, and the application's name. */
  readonly module: string;
  readonly application: string;
  /** The file of the event log, where it is one that the thread can read by itself. */
  readonly log?: string;
}

/** What the thread is asked: all that its read model can do, and to follow the log by itself. */
export interface Asks extends Pick<
  LocalReadModel,
  "attach" | "attachWithin" | "apply" | "build" | "read" | "count" | "observe" | "current" | "forget" | "close"
> {
  follow(after: number, most: number): Applied;
  buildOn(after: number, most: number): Applied;
}

export type Kind = keyof Asks;

export type Asked<K extends Kind> = Parameters<Asks[K]>;

export type Answered<K extends Kind> = ReturnType<Asks[K]>;

export interface Request {
  readonly kind: Kind;
  /** As JSON text: for events, copying text and parsing it there costs this thread a fraction of having the objects cloned. */
  readonly ask: string;
}

/** Replies come in the order of the requests; the first is about the opening of the file. */
export type Reply =
  | { readonly kind: "answer"; readonly answer: unknown }
  | { readonly kind: "unavailable"; readonly sentence: string; readonly cure: string }
  /** The module has no application of that name. */
  | { readonly kind: "not-there" }
  | { readonly kind: "failed"; readonly error: Error };
