import { loginForm, rolesToChoose, tokenFor } from "./login.js";

/** Where pages of this application find the token: `connect(undefined, { token: () => localStorage.getItem("wkgen-token") })`. */
const key = "wkgen-token";

async function become(person) {
  if (person) localStorage.setItem(key, await tokenFor(person));
  else localStorage.removeItem(key);
  location.assign(wayBack());
}

/** A page of this application, whatever the address says. */
function wayBack() {
  const to = new URL(new URLSearchParams(location.search).get("to") ?? "/", location.origin);

  return to.origin === location.origin ? to.href : "/";
}

const roles = await rolesToChoose();
document
  .querySelector("#login")
  .replaceChildren(
    roles ? loginForm(roles, {}, become) : "Nobody may choose here who they are: tokens come from an issuer, or this is not development.",
  );
