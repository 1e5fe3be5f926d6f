const shelf = document.querySelector(".shelf");
const template = document.querySelector("#spine");

/** The spines in the order of the rows; `taken` hears which one was pulled out. */
export function renderShelf(copies, taken) {
  shelf.replaceChildren(...copies.map((copy) => spineOf(copy, taken)));
}

function spineOf(copy, taken) {
  const item = template.content.firstElementChild.cloneNode(true);
  const spine = item.querySelector(".spine");
  const [stamp, does] = copy.lent ? [copy.waiting > 0 ? `out, ${copy.waiting} waiting` : "out", "Wait for"] : ["in", "Borrow"];
  item.querySelector(".title").textContent = copy.title;
  item.querySelector(".stamp").textContent = stamp;
  spine.dataset.lent = copy.lent;
  spine.title = `${does} ${copy.title} (ISBN ${copy.isbn})`;
  spine.style.setProperty("--hue", hueOf(copy.title));
  spine.style.setProperty("--height", `${11 + (hueOf(copy.isbn) % 5)}rem`);
  spine.addEventListener("click", () => taken(copy));

  return item;
}

/** The same colour for the same book, always. */
function hueOf(text) {
  return [...text].reduce((hash, letter) => (hash * 31 + letter.codePointAt(0)) % 360, 7);
}
