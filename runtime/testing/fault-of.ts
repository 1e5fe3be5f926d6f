import { fileURLToPath } from "node:url";
import type { Cause } from "./verdict.ts";

/** What code threw, and where in the application. */
export function faultOf(error: unknown): Cause {
  const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  const [, url, line] =
    /\((file:\/\/\S+?\/server\/\S+?):(\d+):\d+\)|at (file:\/\/\S+?\/server\/\S+?):(\d+):\d+/.exec(stack)?.filter(Boolean) ?? [];
  return { kind: "fault", message, ...(url !== undefined && { at: `${fileURLToPath(url)}:${line}` }) };
}
