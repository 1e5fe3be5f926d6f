import { element, spelledOut } from "./element.js";

/** How a field is asked for. `read` is its value for the command: undefined where nothing was given, so that the server says what is missing. */
export function fieldInput(name, field, path = name) {
  const { control, read } = (controls[field.type] ?? controls.json)(field, path);
  const problem = element("span", { className: "problem", role: "alert" });
  problem.dataset.problemOf = path;

  if (control.tagName === "FIELDSET") {
    control.prepend(element("legend", {}, spelledOut(name)));
    control.append(problem);

    return { node: control, read };
  }

  const hint = [rule(field), field.optional && "optional"].filter(Boolean).join(", ");
  const label = element(
    "label",
    {},
    element("span", { className: "name" }, spelledOut(name), element("small", {}, hint)),
    control,
    problem,
  );
  if (control.type === "checkbox") label.classList.add("check");

  return { node: label, read };
}

const controls = {
  text: ({ optional }) => {
    const control = element("textarea", { rows: 1 });

    return { control, read: () => (optional && control.value === "" ? null : control.value) };
  },
  boolean: () => {
    const control = element("input", { type: "checkbox" });

    return { control, read: () => control.checked };
  },
  integer: number,
  number,
  decimal: (field) => line(field, { inputMode: "decimal" }),
  date: (field) => line(field, { type: "date" }),
  duration: (field) => line(field, { placeholder: "PT24H" }),
  email: (field) => line(field, { type: "email" }),
  url: (field) => line(field, { type: "url" }),
  id: line,
  reference: (field) => line(field, { list: "ids" }),
  timestamp: (field) => {
    const control = element("input", { type: "datetime-local", step: 1 });

    return { control, read: () => (control.value === "" ? nothing(field) : new Date(control.value).toISOString()) };
  },
  choice: (field) => {
    const control = element(
      "select",
      {},
      element("option", { value: "" }, "–"),
      field.of.map((value) => element("option", { value }, spelledOut(value))),
    );

    return { control, read: () => control.value || nothing(field) };
  },
  value: ({ fields }, path) => {
    const inputs = Object.entries(fields).map(([name, field]) => [name, fieldInput(name, field, `${path}.${name}`)]);
    const control = element(
      "fieldset",
      {},
      inputs.map(([, { node }]) => node),
    );

    return { control, read: () => Object.fromEntries(inputs.map(([name, { read }]) => [name, read()])) };
  },
  json: (field) => {
    const control = element("textarea", { rows: 2, className: "code", placeholder: field.type === "list" ? "[ ]" : "{ }" });

    return { control, read: () => (control.value.trim() === "" ? nothing(field) : parsed(control.value)) };
  },
};

function number(field) {
  const control = element("input", { type: "number", step: field.type === "integer" ? 1 : "any" });

  return { control, read: () => (control.value === "" ? nothing(field) : control.valueAsNumber) };
}

function line(field, properties = {}) {
  const { list, ...others } = properties;
  const control = element("input", { type: "text", ...others });
  if (list) control.setAttribute("list", list);

  return { control, read: () => control.value || nothing(field) };
}

function nothing({ optional }) {
  return optional ? null : undefined;
}

/** What is no JSON is sent as the text it is: the server says what it thinks of it. */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function rule({ type, minLength, maxLength, atLeast, atMost, to, of }) {
  const name = type === "reference" ? to : type === "list" || type === "map" ? `${type} of ${of.type}` : type;
  const [least, most] = [minLength ?? atLeast, maxLength ?? atMost];
  if (least !== undefined && most !== undefined) return `${name}, ${least} to ${most}`;
  if (least !== undefined) return `${name}, at least ${least}`;

  return most === undefined ? name : `${name}, at most ${most}`;
}
