import type { EventLog } from "../store/event-log.ts";
import type { EvolvingKind } from "./kind.ts";
import { unreadableIn, type Unreadable } from "./unreadable.ts";

/** Whether the model can read what is in the log; found out while the application runs already. */
export interface LogCheck {
  readonly isDone: boolean;
  readonly unreadable: readonly Unreadable[];
}

export interface LogCheckReport {
  unreadable(found: Unreadable): void;
  failed(error: unknown): void;
}

/** Begins to look through the log as the model sees it, and tells what it cannot read. What it can read goes on as ever. */
export function checkLog(
  log: Pick<EventLog, "head" | "names" | "read">,
  kinds: readonly EvolvingKind[],
  closing: AbortSignal,
  report: LogCheckReport,
): LogCheck {
  const check = { isDone: false, unreadable: [] as readonly Unreadable[] };
  unreadableIn(log, kinds, closing).then(
    (unreadable) => {
      Object.assign(check, { isDone: true, unreadable });
      if (!closing.aborted) for (const found of unreadable) report.unreadable(found);
    },
    (error: unknown) => {
      if (!closing.aborted) report.failed(error);
    },
  );
  return check;
}
