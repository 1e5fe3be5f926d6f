import { connect } from "./library.ts";
import { renderShelf } from "./shelf.js";
import { renderSlips } from "./slips.js";

const token = localStorage.getItem("wkgen-token");
const library = await connect(undefined, { timeout: Infinity, token: () => token });
const says = document.querySelector(".says");
const section = (name) => document.querySelector(name);

/** The member whose card this page holds; and whether it stands on the librarians' side of the desk. */
let card;
const isDesk = rolesIn(token).includes("librarian");

const say = (sentence) => (says.textContent = sentence);
const failed = (error) => say(error.message);

library.lists.shelf
  .readAndObserve({ orderBy: { title: "ascending" }, take: 200 })
  .failed(failed)
  .started(showShelf)
  .updated(showShelf);

if (token) {
  section(".slips-of").hidden = false;
  section(".desk").hidden = !isDesk;
  library.lists.accounts.readAndObserve({ take: 100 }).failed(failed).started(showCard).updated(showCard);
  library.lists.loans
    .readAndObserve({ orderBy: { dueAt: "ascending" }, take: 100 })
    .failed(failed)
    .started(showLoans)
    .updated(showLoans);
}

function showShelf(copies) {
  section(".empty").hidden = copies.length > 0;
  renderShelf(copies, borrow);
}

function showLoans(loans) {
  renderSlips(
    loans.filter(({ status }) => status === "out" || status === "late"),
    { isDesk, renew, giveBack },
  );
}

/** Librarians see all accounts, everybody else only their own. */
function showCard(accounts) {
  card = isDesk ? undefined : accounts[0];
  section(".card-of").hidden = isDesk || card !== undefined;
  section(".who .name").textContent = isDesk
    ? "At the desk"
    : card
      ? `${card.name}${card.owed === "0" ? "" : `, owes ${card.owed}`}`
      : "No card yet";
}

/** A copy that is out is waited for, one that is not is borrowed. */
function borrow({ id, title, lent }) {
  if (!card) return say("Sign in, and get a card: then take what you like.");

  if (lent)
    return void library.lending
      .copy(id)
      .reserve({ member: card.id })
      .failed(failed)
      .delivered(() => say(`You are in line for ${title}.`));
  library.lending
    .loan()
    .request({ copy: id, member: card.id })
    .failed(failed)
    .delivered(() => say(`${title} is yours in a moment.`));
}

const renew = (id) =>
  library.lending
    .loan(id)
    .renew()
    .failed(failed)
    .delivered(() => say("Two weeks more."));
const giveBack = (id) =>
  library.lending
    .loan(id)
    .giveBack()
    .failed(failed)
    .delivered(() => say("Back on the shelf."));

function onSubmit(name, send) {
  section(name).addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target;
    send(Object.fromEntries(new FormData(form)))
      .failed(failed)
      .delivered(() => {
        say("");
        form.reset();
      });
  });
}

onSubmit(".join", (data) => library.membership.member().join(data));
onSubmit(".acquire", (data) => library.lending.copy().acquire(data));

/** What the token says about its bearer; the server decides by itself. */
function rolesIn(jwt) {
  const body = jwt?.split(".")[1];
  return body ? (JSON.parse(atob(body.replaceAll("-", "+").replaceAll("_", "/"))).roles ?? []) : [];
}
