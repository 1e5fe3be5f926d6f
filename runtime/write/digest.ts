import { hash } from "node:crypto";
import type { Command } from "../protocol/command.ts";

/** What was asked, by whom, of which aggregate: a repetition has the same digest, another command under the same id has not. */
export function digestOf({ context, aggregate, name, data, user }: Command): string {
  return hash("sha256", JSON.stringify([context.name, aggregate.name, aggregate.id, name, user.id, data]), "base64url").slice(0, 22);
}
