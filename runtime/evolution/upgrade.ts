import type { Event } from "../protocol/event.ts";

/** The data of an event as an older version of it had them, under the names that its fields have now. */
export type OldData = { readonly [field: string]: unknown };

/** Makes the data of one version of an event those of the next. The rest of the event is there to be read; it stays as it is. */
export type Upgrade<Data = OldData> = (data: OldData, event: Omit<Event, "data">) => Data;
