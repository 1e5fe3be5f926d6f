import { connect } from "./shop.ts";

const token = localStorage.getItem("wkgen-token");
const shop = await connect(undefined, { timeout: Infinity, token: () => token });
const isClerk = rolesIn(token).includes("clerk");
const find = (selector) => document.querySelector(selector);

const say = (sentence) => (find(".says").textContent = sentence);
const failed = (error) => say(error.message);
const order = (id) => shop.ordering.order(id);

/** The order that is being filled: an aggregate begins with its first item. */
let current = crypto.randomUUID();

find(".basket form").addEventListener("submit", (event) => {
  event.preventDefault();
  const { sku, quantity, price } = Object.fromEntries(new FormData(event.target));
  order(current)
    .addItem({ sku, quantity: Number(quantity), price })
    .failed(failed)
    .delivered(() => {
      say("");
      find(".items").append(element("li", `${quantity} × ${sku} at ${price}`));
    });
});

find(".place").addEventListener("click", () => {
  order(current)
    .place()
    .failed(failed)
    .delivered(() => {
      say("Placed. It is shipped when it is paid, and cancelled where it is not paid within three days.");
      find(".items").replaceChildren();
      current = crypto.randomUUID();
    });
});

if (token)
  shop.lists.orders
    .readAndObserve({ orderBy: { placedAt: "descending" }, take: 100 })
    .failed(failed)
    .started(showOrders)
    .updated(showOrders);

if (isClerk) {
  find(".till").hidden = false;
  shop.lists.openPayments.readAndObserve({ take: 100 }).failed(failed).started(showPayments).updated(showPayments);
  shop.lists.turnover
    .readAndObserve({ orderBy: { day: "descending" } })
    .failed(failed)
    .started(showDays)
    .updated(showDays);
}

function showOrders(orders) {
  find(".none").hidden = orders.length > 0;
  find(".orders").replaceChildren(
    ...orders.map(({ id, status, total, tracking }) => {
      const item = element("li", `${total} — ${status}${tracking ? ` (${tracking})` : ""}`);
      item.className = status;
      if (isClerk && status === "paid") item.append(action("Ship", () => order(id).ship({ tracking: `T-${id.slice(-6)}` })));
      if (status === "open" || status === "placed") item.append(action("Cancel", () => order(id).cancel({ reason: "By hand." })));
      return item;
    }),
  );
}

function showPayments(payments) {
  find(".payments").replaceChildren(
    ...payments.map(({ id, amount }) => {
      const item = element("li", amount);
      item.append(action("Received", () => shop.billing.payment(id).receive()));
      return item;
    }),
  );
}

function showDays(days) {
  find(".days").replaceChildren(...days.map(({ day, orders, amount }) => element("li", `${day}: ${orders} orders, ${amount}`)));
}

function action(name, send) {
  const button = element("button", name);
  button.type = "button";
  button.addEventListener("click", () => send().failed(failed));
  return button;
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

/** What the token says about its bearer; the server decides by itself. */
function rolesIn(jwt) {
  const body = jwt?.split(".")[1];
  return body ? (JSON.parse(atob(body.replaceAll("-", "+").replaceAll("_", "/"))).roles ?? []) : [];
}
