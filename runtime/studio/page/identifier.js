import { element } from "./element.js";

const ids = document.querySelector("#ids");
const known = new Set();
const longest = 200;

/** An id in short, as a button: whoever clicks it uses it in the forms. */
export function identifier(id) {
  return element(
    "button",
    { type: "button", className: "identifier", title: `${id}\nClick to use it in the forms.`, onclick: () => use(id) },
    short(id),
  );
}

export function short(id) {
  return id.length > 12 ? `…${id.slice(-8)}` : id;
}

/** Offers an id wherever one is to be typed. */
export function remember(id) {
  if (known.has(id)) return;

  known.add(id);
  ids.prepend(element("option", { value: id }));
  if (ids.children.length > longest) ids.lastElementChild.remove();
}

function use(id) {
  for (const input of document.querySelectorAll("input.aggregate-id[data-takes=existing]")) input.value = id;
}
