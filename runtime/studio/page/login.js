import { element, spelledOut } from "./element.js";

/** The roles that one may choose; undefined where nobody may choose who they are. */
export async function rolesToChoose() {
  const response = await fetch("/dev/login", { headers: { accept: "application/json" } });

  return response.ok ? (await response.json()).roles : undefined;
}

/** A token for whoever `person` says they are: a name, and roles. */
export async function tokenFor(person) {
  const response = await fetch("/dev/login", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(person),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.detail);

  return answer.token;
}

/** A name and roles to choose; `choose` hears the person, or null for nobody. */
export function loginForm(roles, { name = "", roles: chosen = [] } = {}, choose) {
  const nameInput = element("input", {
    type: "text",
    value: name,
    placeholder: "jane",
    required: true,
    maxLength: 200,
    autocomplete: "off",
  });
  const boxes = roles.map((role) => element("input", { type: "checkbox", value: role, checked: chosen.includes(role) }));
  const form = element(
    "form",
    { className: "login" },
    element("label", {}, element("span", { className: "name" }, "name"), nameInput),
    boxes.map((box) => element("label", { className: "check" }, element("span", { className: "name" }, spelledOut(box.value)), box)),
    element(
      "div",
      { className: "send" },
      element("button", {}, "log in"),
      element("button", { type: "button", onclick: () => choose(null) }, "anonymous"),
    ),
    element("output", { className: "trouble" }),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await choose({ name: nameInput.value.trim(), roles: boxes.filter(({ checked }) => checked).map(({ value }) => value) });
    } catch (error) {
      form.querySelector("output").textContent = error.message;
    }
  });

  return form;
}
