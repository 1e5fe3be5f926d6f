/** A column as PostgreSQL reads arrays. The driver can do so, too, but looks at each value for kinds that never occur here, which takes several times as long. */
export function arrayText(column: readonly (string | number | null)[]): string {
  let text = "";
  for (const value of column) {
    if (text !== "") text += ",";
    text += typeof value === "string" ? quoted(value) : value === null ? "NULL" : value;
  }
  return `{${text}}`;
}

function quoted(value: string): string {
  return value.includes('"') || value.includes("\\") ? `"${value.replaceAll(/["\\]/g, "\\$&")}"` : `"${value}"`;
}
