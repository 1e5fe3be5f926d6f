const doctors = document.querySelector(".doctors");
const hours = document.querySelector(".hours");
const nobody = document.querySelector(".nobody");
const halfHours = [8, 9, 10, 11, 14, 15, 16, 17].flatMap((hour) => [`${hour}:00`, `${hour}:30`]).map((time) => time.padStart(5, "0"));

/** A column for each doctor, a row for each half hour. */
export function renderDay({ physicians, taken, agenda, day, actions }) {
  nobody.hidden = physicians.length > 0;
  doctors.replaceChildren(cell("th", ""), ...physicians.map(({ name }) => cell("th", name)));
  hours.replaceChildren(
    ...halfHours.map((time) => {
      const start = `${day}T${time}:00.000Z`;
      const isAt = (doctor) => (one) => one.doctor === doctor && one.start === start;
      const cells = physicians.map(({ id }) => half(id, start, taken.some(isAt(id)), agenda.find(isAt(id)), actions));
      return element("tr", {}, cell("th", time), ...cells);
    }),
  );
}

function half(doctor, start, isTaken, appointment, { book, actionsFor }) {
  if (appointment) {
    const does = actionsFor(appointment).map(([name, act]) => button(name, act));
    return element("td", { className: appointment.attendance }, element("span", { textContent: appointment.attendance }), ...does);
  }
  if (isTaken) return element("td", { className: "taken", textContent: "taken" });
  return element(
    "td",
    {},
    button("Book", () => book(doctor, start)),
  );
}

const cell = (name, textContent) => element(name, { textContent });
const button = (textContent, act) => element("button", { type: "button", textContent, onclick: act });

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
