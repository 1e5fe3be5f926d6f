import type { CommandRequest } from "../protocol/socket.ts";

/** A command as it is kept: JSON, with the id that makes it take effect once, however often it is sent. */
export type KeptCommand = CommandRequest;

/** Where commands are kept until they have their answer, so that closing the page loses none. Any of it may take its time. */
export interface CommandStorage {
  /** In the order in which they were sent. */
  load(): readonly KeptCommand[] | Promise<readonly KeptCommand[]>;
  save(command: KeptCommand): unknown;
  remove(id: string): unknown;
}

/**
 * Keeps commands in `localStorage` or `sessionStorage`, below a name of your own. Several pages may share it: each command has an entry to itself, and one that two pages
 * send takes effect once.
 */
export function commandsIn(storage: Storage, name: string): CommandStorage {
  const prefix = `${name}/`;

  return {
    load: () =>
      Object.keys(storage)
        .filter((key) => key.startsWith(prefix))
        // Ids sort by the time they were made.
        .sort()
        .map((key) => JSON.parse(storage.getItem(key)!) as KeptCommand),
    save: (command) => storage.setItem(prefix + command.id, JSON.stringify(command)),
    remove: (id) => storage.removeItem(prefix + id),
  };
}

/** A storage that fails is told of, and keeps nobody from working. */
export async function attempt<Result>(work: () => Result): Promise<Awaited<Result> | undefined> {
  try {
    return await work();
  } catch (error) {
    console.error("The storage of commands failed.", error);

    return undefined;
  }
}
