import { statSync } from "node:fs";
import { Trouble } from "./http/trouble.ts";
import { makeFolder } from "./store/make-folder.ts";

/** Makes the folder for an application's data, and those above it. Throws `Trouble` where it cannot. */
export function makeDataFolder(folder: string): void {
  try {
    makeFolder(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Trouble(
      `The folder ${folder} cannot be made (${code}).`,
      "Give the user that runs this process the right to write there, or choose another place with --store.",
    );
  }
  if (!statSync(folder).isDirectory())
    throw new Trouble(
      `${folder} is a file, and has to be a folder: the application keeps its data there.`,
      "Move that file away, or choose another place with --store or --data.",
    );
}
