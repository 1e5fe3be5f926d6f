import type { Services } from "../http/services.ts";
import { Audience } from "./audience.ts";
import { Facts } from "./facts.ts";
import { ListPages } from "./list-pages.ts";
import { ListWatches, type Making } from "./list-watches.ts";
import { openTo } from "./wire-event.ts";

/** What all connections of old clients have in common. */
export interface Hall extends Making {
  readonly services: Services;
  readonly facts: Facts;
  readonly watches: ListWatches;
  readonly audience: Audience;
  readonly pages: ListPages;
}

export function openHall(services: Services): Hall {
  const stamp = () => ({ id: services.newId(), timestamp: Date.now() });
  const open = new Map(services.application.lists.map(({ name, isAuthorized }) => [name, openTo(isAuthorized.read, null)]));
  const making = { stamp, openTo: (list: string) => open.get(list)! };

  return {
    services,
    facts: new Facts(services),
    watches: new ListWatches(services.lists, making),
    audience: new Audience(),
    pages: new ListPages(services.lists, making.openTo),
    ...making,
  };
}
