import type { Application } from "./application.ts";
import type { Options } from "./options.ts";
import type { WorkerData } from "./read/read-model-messages.ts";
import type { ReadModel } from "./read/read-model.ts";
import type { AnyList } from "./read/table.ts";
import { withMeanings } from "./read/with-meanings.ts";
import type { EventLog } from "./store/event-log.ts";

type Place = Pick<Options, "store" | "lists">;

/**
 * Opens an application's lists where they are kept: with the log, where that is in PostgreSQL; else in a file of their own, by the thread of a module, where one is
 * named, which is started while the log is still being opened. Throws `ListsUnavailable` or `StoreFailure` where that cannot be used.
 */
export async function openLists(
  { name, aggregates, lists }: Application,
  { store, lists: file }: Place,
  log: EventLog | Promise<EventLog>,
  module?: WorkerData["module"],
): Promise<ReadModel> {
  const all = withMeanings(lists, aggregates);
  if (store.kind === "postgres")
    return (await import("./read/postgres/read-model.ts")).openPostgresReadModel(store.address, all, await log);

  const source = module !== undefined && { source: { module, application: name, log: store.file } };
  return (await import("./read/open-read-model.ts")).openReadModel({ file, lists: all, log, ...source });
}

/** Opens one of the lists to make it anew, whoever else has it open. */
export async function openToReplay(application: Application, list: AnyList, place: Place, log: EventLog): Promise<ReadModel> {
  const only = { ...application, lists: [list] };
  if (place.store.kind === "sqlite") {
    const { ListsFile } = await import("./read/lists-file.ts");
    const file = new ListsFile(place.lists);
    file.replace(list.name);
    file.close();
    return openLists(only, place, log);
  }
  const { openPostgresReadModel } = await import("./read/postgres/read-model.ts");
  const model = await openPostgresReadModel(place.store.address, withMeanings([list], application.aggregates), log);
  await model.replace(list.name);
  return model;
}
