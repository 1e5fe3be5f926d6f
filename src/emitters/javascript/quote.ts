/** A string literal with the quotes that need fewer escapes, double ones in doubt. */
export function quote(value: string): string {
  const doubles = value.split('"').length;
  const singles = value.split("'").length;
  const literal = JSON.stringify(value).replace(/[\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16)}`);
  if (doubles <= singles) return literal;
  return `'${literal.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** The text of a template literal, between its holes. */
export const templateText = (value: string): string =>
  value
    .replace(/[\\`]|\$(?=\{)/g, "\\$&")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r");

const plainName = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** The key of a property, in quotes only where it has to be. */
export const key = (name: string): string => (plainName.test(name) ? name : quote(name));
