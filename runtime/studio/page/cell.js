import { element } from "./element.js";
import { identifier } from "./identifier.js";

/** One value for people, by the type of its field. */
export function cell(value, { type }) {
  if (value === null || value === undefined) return element("span", { className: "none" }, "–");
  if (type === "id" || type === "reference") return identifier(value);
  if (type === "boolean") return value ? "yes" : "no";
  if (type === "timestamp") return element("time", { dateTime: value, title: value }, moment(value));
  if (typeof value === "number") return value.toLocaleString();

  return typeof value === "string" ? value : JSON.stringify(value);
}

const today = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const before = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

export function moment(timestamp) {
  const date = new Date(timestamp);

  return (date.toDateString() === new Date().toDateString() ? today : before).format(date);
}
