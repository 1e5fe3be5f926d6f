import { hash } from "node:crypto";
import type { Command } from "../protocol/command.ts";

/**
 * What was asked, by whom, of which aggregate: a repetition has the same digest, another command under the same id has not. The command goes by its
 * oldest names, so that one that is repeated after it was renamed is still known.
 */
export function digestOf(oldest: string, { aggregate, data, user }: Command): string {
  return hash("sha256", JSON.stringify([oldest, aggregate.id, user.id, data]), "base64url").slice(0, 22);
}
