import { setTimeout } from "node:timers/promises";
import type { Journal } from "./journal.ts";
import { StoreFailure } from "./store/store-failure.ts";

const betweenLooks = 500;

/** While the database is away, all that needs it fails again and again. This journal tells so once, and once that it is back, by when `ask` is answered. */
export function tellOutage(journal: Journal, ask: () => Promise<unknown>, closing: AbortSignal): Journal {
  let isAway = false;

  async function awaitReturn(): Promise<void> {
    while (!closing.aborted) {
      try {
        await ask();
        isAway = false;

        return journal.info("The database is back.");
      } catch {
        await setTimeout(betweenLooks, undefined, { signal: closing }).catch(() => undefined);
      }
    }
  }

  return {
    info: (sentence) => journal.info(sentence),
    error(sentence, fault) {
      if (!isOutage(fault)) return journal.error(sentence, fault);
      if (isAway) return;
      isAway = true;
      journal.error(`${fault.message} ${fault.cure} Until it is back, what needs it is answered "unavailable".`);
      void awaitReturn();
    },
  };
}

function isOutage(fault: unknown): fault is StoreFailure {
  return fault instanceof StoreFailure && fault.trouble === "unreachable";
}
