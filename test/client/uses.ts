import type { CommandRejected, Failure, NotValid, Problem } from "@wkgen/runtime/client";
import { useCommand, useList } from "@wkgen/runtime/react";
import type { Chat } from "../../examples/chat/client/chat.ts";
import type { OrderPlaced, OrdersRow, Shop } from "../../examples/shop/client/shop.ts";
import type { Odd } from "../emitters/golden/odd/client/odd.ts";
import type { PositionInput, RentalsRow, Rental } from "../emitters/golden/rental/client/rental.ts";

/** What must type-check, whatever the settings; nobody runs it. */
export async function uses(chat: Chat, shop: Shop, odd: Odd, rental: Rental, signal: AbortSignal | undefined): Promise<unknown> {
  /** What is optional in a value may be left out, and what a row shows may be given back. */
  const position: PositionInput = { article: "drill", pieces: 1, price: { amount: "1" }, tags: [] };
  const rentals: readonly RentalsRow[] = await rental.lists.rentals.read({}, { signal, timeout: undefined });
  void rental.renting.rental().begin({ customer: { name: "Jane" }, days: 1, deposit: { amount: "5" } });
  void rental.renting.rental().addPosition({ position });
  void rental.renting.rental().addPosition({ position: rentals[0]!.positions[0]! });

  /** Fields may be called what every object has already. */
  const things = odd.lists.toString;
  void things.read({});
  void things.read({ where: {} });
  void things.read({ where: { constructor: "a" }, orderBy: { id: "ascending" } });
  void things.read({
    where: { toString: { atLeast: 4 }, or: [{ id: "a" }, { not: { constructor: "b" } }] },
    orderBy: { toString: "descending" },
  });
  void odd.things.thing().valueOf({});
  void odd.things.thing().constructor({ constructor: "a", hasOwnProperty: [{ toString: "b", hasOwnProperty: [] }] });

  /** Events have the type that was asked for. */
  for await (const event of shop.events.observe({ context: "ordering", aggregate: "order", name: "placed" })) {
    const placed: OrderPlaced = event;
    return placed.data;
  }
  for await (const event of shop.events.observe({ aggregate: "order" })) {
    const aggregate: "order" = event.aggregate.name;
    return aggregate;
  }

  /** Failures are told apart by their names. */
  shop.ordering.order("o1").place().failed(sentence);
  shop.lists.orders.readAndObserve().failed(sentence);

  /** React takes both as they come. */
  const rows: readonly OrdersRow[] = useList(shop.lists.orders.openOrders()).rows;
  const { send, problem } = useCommand(chat.communication.message("m1").like);
  const name: "liked" | undefined = (await send({}, { signal }))?.events[0];

  return [rows, name, problem && sentence(problem)];
}

function sentence(failure: Failure): string {
  switch (failure.name) {
    case "CommandRejected": {
      const rejected: CommandRejected = failure;
      const type: "rejected" | "does-not-exist" | "exists-already" | "has-ended" = rejected.problem.type;
      return type;
    }
    case "NotValid": {
      const wrong: NotValid = failure;
      return wrong.fields.map(({ field, rule }) => `${field} ${rule}`).join();
    }
    case "RequestFailed":
    case "NotAllowed": {
      const { type }: Problem = failure.problem;
      return type;
    }
    case "QueueFull":
    case "TimedOut":
    case "ConnectionFailed":
    case "AbortError":
    case "TimeoutError":
      return failure.message;
    default:
      return failure satisfies never;
  }
}
