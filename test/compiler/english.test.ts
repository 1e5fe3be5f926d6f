import { describe, expect, test } from "vitest";
import { analyse } from "../../src/compile.ts";
import { memoryHost } from "../../src/host/memory-host.ts";

/** A model of one aggregate with these commands and events. */
function adviceOn(commands: readonly string[], events: readonly string[]): readonly string[] {
  const text = [
    "domain demo\n\ncontext shop\n\n  aggregate thing",
    ...commands.map((name) => `    command ${name} on any thing\n${events.map((event) => `      publish ${event}`).join("\n")}\n`),
    ...events.map((name) => `    event ${name}\n`),
    `    allow everyone to ${commands.join(", ")}\n    allow everyone to see ${events.join(", ")}\n`,
  ].join("\n");
  const { diagnostics } = analyse(memoryHost({ "/m.domain": text }), ["/m.domain"]);
  return diagnostics.filter(({ severity }) => severity !== "error").map(({ help }) => /"(.*)"/.exec(help ?? "")?.[1] ?? "");
}

describe("tense and mood", () => {
  test.each([
    ["sent", "send"],
    ["placing", "place"],
    ["approvedOrder", "approveOrder"],
    ["closes", "close"],
  ])("the command %s is better called %s", (command, better) => {
    expect(adviceOn([command, "send", "place"], ["opened"])).toEqual([better]);
  });

  test.each([
    ["send", "sent"],
    ["approve", "approved"],
    ["lend", "lent"],
    ["ordering", "ordered"],
    ["orderSend", "orderSent"],
  ])("the event %s is better called %s", (event, better) => {
    expect(adviceOn(["like"], [event, "sold", "opened"])).toEqual([better]);
  });

  test("nothing is said about names that are right", () => {
    const commands = "send like placeOrder confirm put set read need feed bring pass address addItem checkOut find close withdraw".split(
      " ",
    );
    const events = "sent liked orderPlaced paymentDue lost withdrawn stockRanOut itemAdded read2 borrowed lent overdue isFull left".split(
      " ",
    );
    expect(adviceOn(commands, events)).toEqual([]);
  });

  test("nothing is said about words that nobody knows, or in another language", () => {
    expect(adviceOn(["frobnicate", "glorbs", "flarping"], ["frob", "zonk"])).toEqual([]);
    expect(adviceOn(["senden", "bezahlen", "liegen"], ["gesendet", "bezahlt", "größer"])).toEqual([]);
  });
});
