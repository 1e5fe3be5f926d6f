import { connectTo } from "/@wkgen/runtime/client.js";
import { showActing, token } from "./acting.js";
import { aggregateForms } from "./command-form.js";
import { spelledOut } from "./element.js";
import { showEvents } from "./event-log.js";
import { liveTable } from "./live-table.js";

const connection = document.querySelector("#connection");
const states = { connected: "Connected", disconnected: "Connection lost, trying again …" };

function showConnection(state, sentence = states[state]) {
  connection.dataset.state = state;
  connection.textContent = sentence;
}

/** The names that the SDK wants to know, out of the model. */
function descriptionOf({ aggregates, lists }) {
  const contexts = {};
  for (const { context, name, commands } of aggregates) contexts[context] = { ...contexts[context], [name]: Object.keys(commands) };

  return { contexts, lists: lists.map(({ name }) => name) };
}

async function open() {
  const response = await fetch("/api/model");
  if (!response.ok) throw new Error(`The model cannot be read (${response.status}).`);

  const model = await response.json();
  document.title = `${spelledOut(model.name)} · Studio`;
  document.querySelector("#name").textContent = spelledOut(model.name);
  document.querySelector("#description").textContent = model.description ?? "";

  await showActing(document.querySelector("#acting"));
  const application = await connectTo(descriptionOf(model), undefined, { timeout: Infinity, token });
  showConnection("connected");
  application.on("connected", () => showConnection("connected"));
  application.on("disconnected", () => showConnection("disconnected"));

  const forms = model.aggregates.map((aggregate) => aggregateForms(aggregate, application[aggregate.context][aggregate.name]));
  document.querySelector("#commands").replaceChildren(...forms);
  document.querySelector("#lists").replaceChildren(...model.lists.map((list) => liveTable(list, application.lists[list.name])));
  await showEvents(application.events.observe({ after: 0 }));
}

open().catch((error) => showConnection("disconnected", error.message));
