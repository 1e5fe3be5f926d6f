import { element } from "./element.js";
import { loginForm, rolesToChoose, tokenFor } from "./login.js";

/** Kept for this tab only: two tabs can be two people. */
const key = "wkgen-acts-as";
const person = JSON.parse(sessionStorage.getItem(key) ?? "null");

/** The token of whoever this page acts as; none for nobody. */
export async function token() {
  return person ? tokenFor(person) : null;
}

/** Shows who this page acts as, and lets one be somebody else, where one may. */
export async function showActing(place) {
  const roles = await rolesToChoose();
  if (!roles) return;

  const who = person ? [person.name, ...person.roles].join(", ") : "anonymous";
  place.replaceChildren(
    element(
      "details",
      { className: "acting" },
      element("summary", {}, "as ", element("strong", {}, who)),
      loginForm(roles, person ?? {}, become),
    ),
  );
}

async function become(next) {
  if (next) await tokenFor(next);
  if (next) sessionStorage.setItem(key, JSON.stringify(next));
  else sessionStorage.removeItem(key);
  location.reload();
}
