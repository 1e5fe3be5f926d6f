type Claims = Readonly<Record<string, unknown>>;

/**
 * The roles that a token's claims grant, of those that the model knows. `path` is a claim's name, or names joined by dots; it holds a list, or a text of words. What is not there
 * grants nothing.
 */
export function rolesIn(claims: Claims, path: string, known: readonly string[] | undefined): readonly string[] {
  const value = valueAt(claims, path);
  const granted =
    typeof value === "string" ? value.split(/[\s,]+/) : Array.isArray(value) ? value.filter((role) => typeof role === "string") : [];
  const roles = new Set(known === undefined ? granted : known.filter((role) => granted.includes(role)));
  roles.delete("");

  return [...roles];
}

/** A claim may have dots in its own name, as those that are named by a URL. */
function valueAt(claims: Claims, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path];
  let value: unknown = claims;
  for (const name of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Claims)[name];
  }

  return value;
}
