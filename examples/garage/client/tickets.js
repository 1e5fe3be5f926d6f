const key = "tickets";

/** The tickets in this browser's pocket, the last one first. */
export const remembered = () => JSON.parse(localStorage.getItem(key) ?? "[]");

export const remember = (ticket) => keep([ticket, ...remembered()]);

export const forget = (stay) => keep(remembered().filter((ticket) => ticket.stay !== stay));

function keep(tickets) {
  localStorage.setItem(key, JSON.stringify(tickets));
}
