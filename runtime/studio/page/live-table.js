import { cell } from "./cell.js";
import { element, spelledOut } from "./element.js";
import { remember } from "./identifier.js";

const take = 50;

/** A list as a table that stays up to date, the latest rows first where they have a time. A click on a column orders by it, a second one the other way around. */
export function liveTable({ name, description, fields }, list) {
  const columns = Object.entries({ id: { type: "id" }, ...fields });
  const count = element("span", { className: "count" });
  const body = element("tbody");
  const nothing = element("p", { className: "hint" }, "No rows.");
  const headings = columns.map(([field, { type }]) =>
    element(
      "th",
      { scope: "col", className: type },
      element("button", { type: "button", onclick: () => orderBy(field) }, spelledOut(field)),
    ),
  );
  let direction = "";
  let ordered = "";
  let live;

  function orderBy(field, otherwise = "ascending") {
    direction = ordered === field && direction === "ascending" ? "descending" : otherwise;
    ordered = field;
    headings.forEach((heading, index) => (heading.ariaSort = columns[index][0] === field ? direction : null));
    observe({ take, orderBy: { [field]: direction } });
  }

  function observe(query) {
    live?.cancel();
    live = list
      .readAndObserve(query)
      .failed((error) => nothing.replaceChildren(error.message))
      .started((rows) => show(rows, new Set()))
      .updated((rows, _cancel, { put }) => show(rows, new Set(put.map(({ row }) => row.id))));
  }

  function show(rows, changed) {
    for (const { id } of rows) remember(id);
    body.replaceChildren(...rows.map((row) => tableRow(row, columns, changed.has(row.id))));
    count.textContent = rows.length < take ? `${rows.length}` : `first ${take}`;
    nothing.hidden = rows.length > 0;
  }

  const time = columns.find(([, { type }]) => type === "timestamp");
  if (time) orderBy(time[0], "descending");
  else observe({ take });

  return element(
    "article",
    { className: "list" },
    element("h3", {}, spelledOut(name), " ", count),
    description ? element("p", { className: "hint" }, description) : [],
    element(
      "div",
      { className: "scroll", tabIndex: 0, role: "group", ariaLabel: name },
      element("table", {}, element("thead", {}, element("tr", {}, headings)), body),
    ),
    nothing,
  );
}

function tableRow(row, columns, isChanged) {
  return element(
    "tr",
    { className: isChanged ? "changed" : "" },
    columns.map(([field, type]) => element("td", { className: type.type }, cell(row[field], type))),
  );
}
