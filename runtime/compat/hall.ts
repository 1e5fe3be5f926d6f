import type { Services } from "../http/services.ts";
import { Audience } from "./audience.ts";
import { Facts } from "./facts.ts";
import { ListWatches, type Making } from "./list-watches.ts";
import { openTo } from "./wire-event.ts";

/** What all connections of old clients have in common. */
export interface Hall extends Making {
  readonly services: Services;
  readonly facts: Facts;
  readonly watches: ListWatches;
  readonly audience: Audience;
  /** Somebody has heard of what happened at this position of the log. */
  told(position: number): void;
  /** The last position that anybody has heard of: whoever reads a list has to find it there. */
  readonly lastTold: number;
}

export function openHall(services: Services): Hall {
  const stamp = () => ({ id: services.newId(), timestamp: Date.now() });
  const open = new Map(services.application.lists.map(({ name, isAuthorized }) => [name, openTo(isAuthorized.read, null)]));
  const making = { stamp, openTo: (list: string) => open.get(list)! };
  let last = 0;

  return {
    services,
    facts: new Facts(services),
    watches: new ListWatches(services.lists, making),
    audience: new Audience(),
    ...making,
    told: (position) => (last = Math.max(last, position)),
    get lastTold() {
      return last;
    },
  };
}
