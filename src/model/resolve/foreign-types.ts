/** Names that types have in other languages, and what is written here. */
const spellings: { readonly [type: string]: string } = {
  integer: "int int32 int64 long short bigint whole uint",
  number: "float double real percentage",
  decimal: "money currency numeric bigdecimal amount price",
  boolean: "bool flag yesno bit",
  text: "string str char varchar nvarchar chars",
  timestamp: "datetime instant datetimeoffset moment time",
  date: "day localdate",
  duration: "interval timespan period",
  id: "uuid guid identifier key",
  url: "uri link href",
  email: "mail emailaddress",
  json: "any object unknown",
  "list of …": "array list set collection vector",
  "map of …": "map dict dictionary hash record",
  "optional …": "nullable maybe option",
};

const meant: ReadonlyMap<string, string> = new Map(
  Object.entries(spellings).flatMap(([type, names]) => names.split(" ").map((name) => [name, type] as const)),
);

/** What somebody who writes `int` or `DateTime` will have meant; with "…" where more has to be said. */
export const typeMeantBy = (name: string): string | undefined => meant.get(name.toLowerCase().replaceAll("_", ""));
