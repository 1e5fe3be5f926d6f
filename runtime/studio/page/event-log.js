import { moment } from "./cell.js";
import { element, spelledOut } from "./element.js";
import { identifier, remember, short } from "./identifier.js";

const log = document.querySelector("#events");
const longest = 200;
const seen = new Map();

/** Shows events as they happen, the latest first, each with what led to it. */
export async function showEvents(events) {
  for await (const event of events) {
    document.querySelector("#no-events").hidden = true;
    remember(event.aggregate.id);
    seen.set(event.id, event);
    log.prepend(item(event));
    if (log.children.length > longest) forgetOldest();
  }
}

function forgetOldest() {
  seen.delete(log.lastElementChild.dataset.id);
  log.lastElementChild.remove();
}

function item(event) {
  const { timestamp, position, correlationId } = event.metadata;
  const title = element(
    "span",
    { className: "title" },
    element("span", { className: "context" }, spelledOut(event.aggregate.name)),
    " ",
    spelledOut(event.name),
  );
  const node = element(
    "li",
    { onmouseenter: () => light(correlationId, true), onmouseleave: () => light(correlationId, false) },
    element(
      "header",
      {},
      element("span", { className: "position" }, String(position)),
      title,
      element("time", { dateTime: timestamp }, moment(timestamp)),
    ),
    element(
      "dl",
      {},
      Object.entries(event.data).map(([field, value]) => [element("dt", {}, spelledOut(field)), element("dd", {}, text(value))]),
    ),
    element(
      "footer",
      {},
      identifier(event.aggregate.id),
      element("span", {}, cause(event)),
      element("span", {}, event.user.id === null ? "anonymous" : event.user.id),
    ),
  );
  node.dataset.id = event.id;
  node.dataset.story = correlationId;

  return node;
}

function cause({ metadata: { causationId, commandId } }) {
  const before = seen.get(causationId);
  if (before) return `because of ${spelledOut(before.name)} at ${before.metadata.position}`;

  return `by command ${short(commandId)}`;
}

/** Events of one story belong together, whatever lies between them. */
function light(story, isOn) {
  for (const node of log.querySelectorAll(`[data-story="${CSS.escape(story)}"]`)) node.classList.toggle("lit", isOn);
}

function text(value) {
  return typeof value === "string" ? value : JSON.stringify(value);
}
