import { appendFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * Keeps advice, one sentence a line, in the folder of an application's data, where `wkgen doctor` reads it. What an earlier process was advised of is forgotten. Advice
 * that cannot be kept is no trouble: it is in the log as well.
 */
export function adviceFile(data: string): (sentence: string) => void {
  const file = join(data, "advice.txt");
  quietly(() => rmSync(file, { force: true }));
  return (sentence) => quietly(() => appendFileSync(file, `${sentence}\n`));
}

function quietly(work: () => void): void {
  try {
    work();
  } catch {
    return;
  }
}
