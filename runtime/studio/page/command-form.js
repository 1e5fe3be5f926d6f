import { element, spelledOut } from "./element.js";
import { fieldInput } from "./field-input.js";
import { identifier, remember } from "./identifier.js";

/** The commands of one aggregate, each a form made from its fields. `aggregate(id)` is the SDK's. */
export function aggregateForms({ context, name, commands }, aggregate) {
  return element(
    "article",
    { className: "aggregate" },
    element("h3", {}, element("span", { className: "context" }, spelledOut(context)), " ", spelledOut(name)),
    Object.entries(commands).map(([command, definition]) => commandForm(name, command, definition, aggregate)),
  );
}

function commandForm(aggregateName, name, { on, fields }, aggregate) {
  const id = idInput(aggregateName, on);
  const inputs = Object.entries(fields).map(([field, type]) => [field, fieldInput(field, type)]);
  const outcome = element("output", {});
  const button = element("button", {}, spelledOut(name));
  const form = element("form", { className: "command", noValidate: true, autocomplete: "off" }, [
    element("h4", {}, spelledOut(name)),
    id.node,
    inputs.map(([, { node }]) => node),
    element("div", { className: "send" }, button, outcome),
  ]);
  form.dataset.command = name;

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearProblems(form);
    button.disabled = true;
    const data = Object.fromEntries(inputs.map(([field, { read }]) => [field, read()]));
    try {
      showDelivery(outcome, await aggregate(id.read())[name](data));
    } catch (error) {
      showProblem(form, outcome, error);
    }
    button.disabled = false;
  });

  return form;
}

function idInput(aggregateName, on) {
  const input = element("input", {
    className: "aggregate-id",
    type: "text",
    placeholder: on === "existing" ? "" : `a new ${spelledOut(aggregateName)}`,
  });
  input.dataset.takes = on === "new" ? "new" : "existing";
  if (on !== "new") input.setAttribute("list", "ids");
  const problem = element("span", { className: "problem", role: "alert" });
  const label = element(
    "span",
    { className: "name" },
    spelledOut(aggregateName),
    element("small", {}, on === "existing" ? "id" : "id, optional"),
  );

  return { node: element("label", {}, label, input, problem), read: () => input.value.trim() || undefined };
}

function showDelivery(outcome, { aggregateId, events, position }) {
  remember(aggregateId);
  outcome.className = "fine";
  const happened = events.length > 0 ? events.map(spelledOut).join(", ") : "nothing to do";
  outcome.replaceChildren(element("strong", {}, happened), ` at ${position} `, identifier(aggregateId));
}

function showProblem(form, outcome, error) {
  outcome.className = "trouble";
  const unplaced = (error.fields ?? []).filter(({ field, rule }) => {
    const place = form.querySelector(`[data-problem-of="${CSS.escape(field)}"]`);
    if (place) place.textContent = rule;

    return !place;
  });
  outcome.textContent = [error.message, ...unplaced.map(({ field, rule }) => `${field}: ${rule}`)].join(" ");
}

function clearProblems(form) {
  for (const problem of form.querySelectorAll(".problem")) problem.textContent = "";
  form.querySelector("output").textContent = "";
}
