import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { Trouble } from "./http/trouble.ts";

/** Makes the folder for an application's data, and those above it. Throws `Trouble` where it cannot. */
export function makeDataFolder(folder: string): void {
  const missing: string[] = [];
  for (let current = folder; !existsSync(current) && dirname(current) !== current; current = dirname(current)) missing.unshift(current);

  try {
    // One by one: Node's recursive mkdir never returns where a file system has room for no folders, such as /proc.
    for (const one of missing) if (!existsSync(one)) mkdirSync(one);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Trouble(
      `The folder ${folder} cannot be made (${code}).`,
      "Give the user that runs this process the right to write there, or choose another place with --store.",
    );
  }
}
