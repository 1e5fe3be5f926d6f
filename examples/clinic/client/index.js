import { connect } from "./clinic.ts";
import { renderDay } from "./day.js";

const token = localStorage.getItem("wkgen-token");
const clinic = await connect(undefined, { timeout: Infinity, token: () => token });
const { id: me, roles } = bearerOf(token);
const says = document.querySelector(".says");
const day = document.querySelector(".day");
const employ = document.querySelector(".employ");

const rows = { physicians: [], taken: [], agenda: [] };
const say = (sentence) => (says.textContent = sentence);
const failed = (error) => say(error.message);
const today = new Date().toISOString().slice(0, 10);

day.value = nextWorkday(today);
day.min = today;
day.addEventListener("change", render);
employ.hidden = !roles.includes("receptionist");

follow("physicians", { orderBy: { name: "ascending" } });
follow("taken", { where: { start: { atLeast: `${today}T00:00:00.000Z` } }, take: 1000 });
if (token) follow("agenda", { where: { day: { atLeast: today } }, take: 1000 });

function follow(list, query) {
  const show = (current) => {
    rows[list] = current;
    render();
  };
  clinic.lists[list].readAndObserve(query).failed(failed).started(show).updated(show);
}

function render() {
  renderDay({ ...rows, day: day.value, actions: { book, actionsFor } });
}

const appointment = (id) => clinic.schedule.appointment(id);
const tell = (sending, sentence) => sending.failed(failed).delivered(() => say(sentence));

function book(doctor, start) {
  tell(appointment().book({ doctor, start }), "The time is yours. You may cancel until a day before.");
}

/** What one may do about an appointment that one sees; the clinic's rules have the last word. */
function actionsFor({ id, attendance, patient }) {
  const isAt = (wanted) => attendance === wanted;
  return [
    patient === me && isAt("booked") && ["Cancel", () => tell(appointment(id).cancel(), "Cancelled.")],
    roles.includes("receptionist") && isAt("booked") && ["Is here", () => tell(appointment(id).checkIn(), "Checked in.")],
    roles.includes("doctor") && isAt("arrived") && ["Treated", () => tell(appointment(id).treat(), "Done.")],
  ].filter(Boolean);
}

employ.addEventListener("submit", (event) => {
  event.preventDefault();
  const { name } = Object.fromEntries(new FormData(employ));
  tell(clinic.staff.physician().employ({ name }), `${name} works here now.`);
  employ.reset();
});

/** What the token says about its bearer; the server decides by itself. */
function bearerOf(jwt) {
  const body = jwt?.split(".")[1];
  const { sub, roles = [] } = body ? JSON.parse(atob(body.replaceAll("-", "+").replaceAll("_", "/"))) : {};
  return { id: sub, roles };
}

function nextWorkday(from) {
  const date = new Date(`${from}T00:00:00Z`);
  do date.setUTCDate(date.getUTCDate() + 1);
  while ([0, 6].includes(date.getUTCDay()));
  return date.toISOString().slice(0, 10);
}
