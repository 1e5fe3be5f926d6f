/** Who sends a command or asks a question. Without a token everything about a user is unknown, and `id` is null. */
export interface User {
  /** The token's subject; null for an anonymous user. */
  readonly id: string | null;
  /** The roles that the token grants; empty for an anonymous user. */
  readonly roles: readonly string[];
}

export const anonymous: User = { id: null, roles: [] };
