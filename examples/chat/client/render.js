const messages = document.querySelector(".messages");
const nothingYet = document.querySelector(".nothing-yet");
const template = document.querySelector("#message");
const newMessage = document.querySelector(".new-message");
const problem = document.querySelector(".problem");
const connection = document.querySelector(".connection");

const shown = new Map();

/** Brings the page to these rows. What stays, stays the same element, so that nobody loses their focus or their place. */
export function render(rows) {
  const present = new Set(rows.map((row) => row.id));
  for (const [id, element] of shown) {
    if (present.has(id)) continue;
    element.remove();
    shown.delete(id);
  }

  rows.forEach((row, index) => {
    const element = shown.get(row.id) ?? create(row);
    showLikes(element, row.likes);
    if (messages.children[index] !== element) messages.insertBefore(element, messages.children[index] ?? null);
  });

  nothingYet.hidden = rows.length > 0;
  messages.classList.add("live");
}

function create({ id, text, timestamp }) {
  const element = template.content.firstElementChild.cloneNode(true);
  const time = element.querySelector("time");
  element.querySelector(".text").textContent = text;
  element.querySelector(".likes").dataset.messageId = id;
  time.dateTime = timestamp;
  time.title = new Date(timestamp).toLocaleString();
  time.textContent = ago(timestamp);
  shown.set(id, element);

  return element;
}

function showLikes(element, likes) {
  const button = element.querySelector(".likes");
  if (button.dataset.likes === String(likes)) return;

  button.dataset.likes = likes;
  button.ariaLabel = likes === 0 ? "Like" : `Like. ${likes} ${likes === 1 ? "like" : "likes"} so far`;
  button.querySelector(".count").textContent = likes === 0 ? "" : likes.toLocaleString();
}

/** One sentence about what went wrong; an empty one takes it away. */
export function showProblem(sentence) {
  problem.textContent = sentence;
  newMessage.ariaInvalid = String(sentence !== "");
}

const states = { connected: "Connected", disconnected: "Connection lost, trying again …" };

export function showConnection(state) {
  connection.dataset.state = state;
  connection.textContent = states[state];
}

const units = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];
const words = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });

function ago(timestamp) {
  const seconds = Math.max(0, (Date.now() - Date.parse(timestamp)) / 1000);
  const [unit, length] = units.find(([, length]) => seconds >= length) ?? ["second", 1];
  if (unit === "second") return "just now";

  return words.format(-Math.floor(seconds / length), unit);
}

setInterval(() => {
  for (const time of messages.querySelectorAll("time")) time.textContent = ago(time.dateTime);
}, 15_000);
