const signs = document.querySelector(".signs");
const nothingYet = document.querySelector(".nothing-yet");
const garages = document.querySelector(".barrier [name=garage]");
const tickets = document.querySelector(".tickets");
const noTickets = document.querySelector(".no-tickets");
const problem = document.querySelector(".problem");
const connection = document.querySelector(".connection");

/** The signs in the streets, and the same garages at the barrier. */
export function renderSigns(rows) {
  signs.replaceChildren(...rows.map(sign));
  nothingYet.hidden = rows.length > 0;

  const chosen = garages.value;
  garages.replaceChildren(...rows.map(({ id, title }) => new Option(title, id)));
  if (rows.some(({ id }) => id === chosen)) garages.value = chosen;
}

function sign({ id, title, spaces, taken, isClosed }) {
  const element = copyOf("#sign");
  const free = spaces - taken;
  element.dataset.state = isClosed || free === 0 ? "full" : "free";
  element.querySelector(".title").textContent = title;
  element.querySelector("output").textContent = isClosed ? "closed" : free === 0 ? "full" : free;
  element.querySelector("button").addEventListener("click", () => (garages.value = id));

  return element;
}

export function renderTickets(all, { pay, leave }) {
  tickets.replaceChildren(...all.map((ticket) => ticketElement(ticket, { pay, leave })));
  noTickets.hidden = all.length > 0;
}

function ticketElement(ticket, { pay, leave }) {
  const element = copyOf("#ticket");
  const answer = element.querySelector(".answer");
  const time = element.querySelector("time");
  const tell = (work) =>
    work.then(
      (sentence) => show(answer, sentence ?? "", "fine"),
      (error) => show(answer, error.message, "trouble"),
    );

  element.querySelector(".plate").textContent = ticket.plate;
  element.querySelector(".where").textContent = ticket.where;
  time.dateTime = ticket.since;
  time.textContent = `since ${new Date(ticket.since).toLocaleTimeString([], { timeStyle: "short" })}`;
  element.querySelector(".leave").addEventListener("click", () => tell(leave(ticket)));
  element.querySelector(".pay").addEventListener("submit", (event) => {
    event.preventDefault();
    tell(pay(ticket, new FormData(event.target).get("amount").replace(",", ".")));
  });

  return element;
}

function show(element, sentence, state) {
  element.textContent = sentence;
  element.dataset.state = state;
}

/** One sentence about what went wrong; an empty one takes it away. */
export function showProblem(sentence) {
  problem.textContent = sentence;
}

const states = { connected: "Connected", disconnected: "Connection lost, trying again …" };

export function showConnection(state) {
  connection.dataset.state = state;
  connection.textContent = states[state];
}

const copyOf = (template) => document.querySelector(template).content.firstElementChild.cloneNode(true);
