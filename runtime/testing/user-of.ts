import { anonymous, type User } from "../protocol/user.ts";
import type { Person } from "./story.ts";

/** Who acts. A role that nobody in particular plays has its name for an id: who has a role is known. */
export function userOf(person: Person | undefined): User {
  if (person === undefined) return anonymous;
  const { name, role } = person;
  return { id: name ?? role ?? null, roles: role === undefined ? [] : [role] };
}
