import { existsSync } from "node:fs";
import type { ParkedCommand } from "./flows/flow-store.ts";
import { openFlowsAt } from "./flows/open-flow-store.ts";
import type { StoreAddress } from "./store/store-address.ts";

/** Says which commands of flows are parked, and why; with `retry`, puts them back. A running application takes them up by itself. */
export async function tellParked(place: StoreAddress, retry: boolean, print: (line: string) => void): Promise<void> {
  if (place.kind === "sqlite" && !existsSync(place.file)) return print("No flow has run yet.");
  const store = await openFlowsAt(place);
  try {
    const parked = await store.parked();
    for (const command of parked) print(inWords(command));
    if (parked.length === 0) print("No command is parked.");
    else if (retry) print(`${amount(await store.retry())} put back; the application tries again.`);
  } finally {
    await store.close();
  }
}

const amount = (count: number): string => (count === 1 ? "1 command is" : `${count} commands are`);

const inWords = ({ flow, instance, context, aggregate, name, aggregateId, reason }: ParkedCommand): string =>
  `${flow} of ${instance}: ${context}.${aggregate}.${name} on ${aggregateId}: ${reason}`;
