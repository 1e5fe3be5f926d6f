import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Cause } from "./verdict.ts";

/** What code threw, and where in code that a person wrote. What was generated is not for people to mend. */
export function faultOf(error: unknown): Cause {
  const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  const [, url, line] = /(file:\/\/[^\s()]+\.code\.ts):(\d+):\d+/.exec(stack) ?? [];
  return { kind: "fault", message, ...(url !== undefined && { at: `${relative(process.cwd(), fileURLToPath(url))}:${line}` }) };
}
