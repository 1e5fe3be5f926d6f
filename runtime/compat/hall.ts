import type { Services } from "../http/services.ts";
import { Audience } from "./audience.ts";
import { Facts } from "./facts.ts";
import { FlowAliases } from "./flow-aliases.ts";
import { ListPages, type WriteRow } from "./list-pages.ts";
import { ListWatches } from "./list-watches.ts";
import { openTo, writeEvent, type Stamp, type WriteEvent } from "./wire-event.ts";

/** What all connections of old clients have in common. */
export interface Hall {
  readonly services: Services;
  readonly facts: Facts;
  readonly watches: ListWatches;
  readonly audience: Audience;
  readonly pages: ListPages;
  readonly aliases: FlowAliases;
  /** The id and the time of something that is made up now. */
  stamp(): Stamp;
}

export function openHall(services: Services): Hall {
  const { application, lists, newId } = services;
  const aliases = new FlowAliases();
  const open = new Map(application.lists.map(({ name, isAuthorized }) => [name, openTo(isAuthorized.read, null)]));
  const stamp = () => ({ id: newId(), timestamp: Date.now() });
  const write: WriteEvent = (event, isAuthorized) => aliases.outwards(writeEvent(event, isAuthorized));
  const writeRow: WriteRow = (list, row) => aliases.outwards(JSON.stringify({ isAuthorized: open.get(list), ...row }));

  return {
    services,
    facts: new Facts(services, write),
    watches: new ListWatches(lists, { stamp, write, openTo: (list) => open.get(list)! }),
    audience: new Audience(write),
    pages: new ListPages(lists, writeRow),
    aliases,
    stamp,
  };
}
