import { hash } from "node:crypto";
import type { Command } from "../protocol/command.ts";

/**
 * What was asked, by whom, of which aggregate: a repetition has the same digest, another command under the same id has not. The command goes by its
 * oldest names, and its data by those of the fields, so that one that is repeated after something was renamed is still known.
 */
export function digestOf(oldest: string, { aggregate, user }: Command, data: unknown): string {
  return hash("sha256", JSON.stringify([oldest, aggregate.id, user.id, data]), "base64url").slice(0, 22);
}
