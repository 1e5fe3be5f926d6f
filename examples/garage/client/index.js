import { connect } from "./garage.ts";
import { forget, remembered, remember } from "./tickets.js";
import { renderSigns, renderTickets, showConnection, showProblem } from "./render.js";

const barrier = document.querySelector(".barrier");

const garage = await connect(undefined, { timeout: Infinity });

showConnection("connected");
garage.on("connected", () => showConnection("connected"));
garage.on("disconnected", () => showConnection("disconnected"));

garage.lists.garages
  .readAndObserve({ orderBy: { title: "ascending" } })
  .started(renderSigns)
  .updated(renderSigns)
  .failed((error) => showProblem(error.message));

/** The number of the ticket is the id of the stay: whoever has it can pay and leave. */
barrier.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { garage: building, plate, vehicle } = Object.fromEntries(new FormData(barrier));
  const stay = garage.parking.stay().id;

  showProblem("");
  try {
    await garage.parking.garage(building).admit({ stay, plate: plate.trim(), vehicle });
  } catch (error) {
    return showProblem(error.message);
  }
  remember({ stay, plate, where: barrier.elements.garage.selectedOptions[0].text, since: new Date().toISOString() });
  barrier.elements.plate.value = "";
  showTickets();
});

const showTickets = () => renderTickets(remembered(), { pay, leave });
showTickets();

async function pay({ stay }, amount) {
  await garage.parking.stay(stay).pay({ amount });
  return "Thank you. You have a quarter of an hour to leave.";
}

async function leave({ stay }) {
  await garage.parking.stay(stay).leave();
  forget(stay);
  showTickets();
}
