import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Claim } from "../../runtime/store/claim.ts";
import type { EventLog } from "../../runtime/store/event-log.ts";
import { append, appendOne, claim, command } from "./store-append.ts";
import { engines } from "./store-engines.ts";

describe.each(Object.entries(engines))("unique values in %s", (_engine, open) => {
  let folder: string;
  let log: EventLog;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "wkgen-claims-"));
    log = await open(folder);
  });

  afterEach(async () => {
    await log.close();
    rmSync(folder, { recursive: true });
  });

  const jane = { claims: [claim("jane")] };
  const rejected = { kind: "rejected", problem: claim("jane").taken };

  test("what one aggregate holds another is refused, and nothing of it is stored", async () => {
    expect((await appendOne(log, append("a", 0, jane))).kind).toBe("appended");
    expect(await appendOne(log, append("b", 0, jane))).toEqual(rejected);
    expect((await log.head()).position).toBe(1);
    expect((await appendOne(log, append("b", 0))).kind, "it does not exist yet").toBe("appended");
  });

  test("the refusal is the answer to the command for good", async () => {
    await log.append([append("a", 0, jane)]);
    const late = append("b", 0, { ...jane, command: command("late", "d") });
    await log.append([late]);
    await log.append([append("a", 1, { claims: [claim(null)] })]);
    expect(await appendOne(log, late)).toEqual({ kind: "repeated", digest: "d", answer: { problem: rejected.problem } });
  });

  test("within one batch the first one gets it", async () => {
    const appended = await log.append([append("a", 0, jane), append("b", 0, jane), append("b", 0)]);
    expect(appended.map(({ kind }) => kind)).toEqual(["appended", "rejected", "appended"]);
  });

  test("what is given up or changed is free again, in the same batch", async () => {
    await log.append([append("a", 0, jane)]);
    const change = append("a", 1, { claims: [claim("joan")] });
    expect((await log.append([change, append("b", 0, jane)])).map(({ kind }) => kind)).toEqual(["appended", "appended"]);
    const giveUp = append("b", 1, { claims: [claim(null)] });
    expect((await log.append([giveUp, append("c", 0, jane)])).map(({ kind }) => kind)).toEqual(["appended", "appended"]);
    expect(await appendOne(log, append("d", 0, { claims: [claim("joan")] }))).toMatchObject({ kind: "rejected" });
  });

  test("nothing never collides, and an aggregate does not collide with itself", async () => {
    const none = { claims: [claim(null)] };
    const appended = await log.append([append("a", 0, none), append("b", 0, none), append("a", 1, jane), append("a", 2, jane)]);
    expect(appended.map(({ kind }) => kind)).toEqual(["appended", "appended", "appended", "appended"]);
  });

  test("fields, kinds and contexts do not collide with each other", async () => {
    const appended = await log.append([
      append("a", 0, jane),
      append("b", 0, { claims: [claim("jane", "nickname")] }),
      append("c", 0, { ...jane, aggregate: "room" }),
      append("d", 0, { ...jane, context: "games" }),
    ]);
    expect(appended.map(({ kind }) => kind)).toEqual(["appended", "appended", "appended", "appended"]);
  });

  test("of several values all are free, or none is taken", async () => {
    await log.append([append("a", 0, jane)]);
    const both = { claims: [claim("j@example.com", "mail"), claim("jane")] };
    expect(await appendOne(log, append("b", 0, both))).toEqual(rejected);
    expect((await appendOne(log, append("c", 0, { claims: [claim("j@example.com", "mail")] }))).kind).toBe("appended");
  });

  test("whether a decision is out of date comes before whether a value is taken, and uses nothing up", async () => {
    await log.append([append("a", 0, jane), append("b", 0)]);
    const late = { ...jane, command: command("late") };
    expect(await appendOne(log, append("b", 0, late))).toEqual({ kind: "conflict", revision: 1 });
    expect(await log.outcome("late")).toBeUndefined();
  });

  test("a repeated command hears its first answer, though its value is taken by now", async () => {
    await log.append([append("a", 0, { ...jane, command: command("c") })]);
    await log.append([append("a", 1, { claims: [claim(null)] }), append("b", 0, jane)]);
    expect(await appendOne(log, append("a", 2, { ...jane, command: command("c") }))).toMatchObject({
      kind: "repeated",
      answer: { handled: { position: 1 } },
    });
  });

  const held = (aggregateId: string, value: string): Claim => ({
    context: "communication",
    aggregate: "message",
    field: "handle",
    value,
    aggregateId,
  });

  async function* pieces(...all: readonly (readonly Claim[])[]) {
    yield* all;
  }

  test("a new log has the claims of no rules", async () => {
    expect(await log.claims.adopt("some")).toBe(false);
    expect(await log.claims.adopt("")).toBe(true);
  });

  test("claims that are made anew hold as if they had been appended, and replace all others", async () => {
    await log.append([append("a", 0, { claims: [claim("old")] }), append("b", 0)]);
    expect(await log.claims.replace("new", pieces([held("a", "x")], [], [held("b", "y")]))).toEqual({ kind: "replaced" });
    expect(await log.claims.adopt("new")).toBe(true);

    expect(await appendOne(log, append("c", 0, { claims: [claim("x")] }))).toMatchObject({ kind: "rejected" });
    expect((await appendOne(log, append("c", 0, { claims: [claim("old")] }))).kind).toBe("appended");
    expect((await appendOne(log, append("b", 1, { claims: [claim("z")] }))).kind).toBe("appended");
    expect((await appendOne(log, append("c", 1, { claims: [claim("y")] }))).kind).toBe("appended");
  });

  test("values that several hold are told, and the claims stay as they were", async () => {
    await log.append([append("a", 0, jane), append("b", 0), append("c", 0)]);
    const replaced = await log.claims.replace("new", pieces([held("c", "x"), held("a", "x")], [held("b", "x"), held("d", "y")]));
    const value = { context: "communication", aggregate: "message", field: "handle", value: "x", first: "a", last: "c", count: 3 };
    expect(replaced).toEqual({ kind: "shared", values: [value] });
    expect(await log.claims.adopt("new")).toBe(false);
    expect(await appendOne(log, append("d", 0, jane))).toEqual(rejected);
  });

  test("at most 20 shared values are told", async () => {
    const all = Array.from({ length: 50 }, (_, index) => held(`${index}`, `${index % 25}`));
    expect(await log.claims.replace("new", pieces(all))).toMatchObject({ values: { length: 20 } });
  });

  test("a log that grows meanwhile overtakes them", async () => {
    async function* slow() {
      await log.append([append("a", 0)]);
      yield [held("b", "x")];
    }
    expect(await log.claims.replace("new", slow())).toEqual({ kind: "overtaken" });
    expect(await log.claims.adopt("new")).toBe(false);
  });

  test("of all that want the same value at the same time, over two connections, one gets it", async () => {
    const other = _engine === "memory" ? log : await open(folder);
    const wishes = Array.from({ length: 100 }, (_, index) => append(`a${index}`, 0, { claims: [claim(`value ${index % 10}`)] }));
    const appended = await Promise.all(wishes.map((wish, index) => appendOne(index % 3 === 0 ? other : log, wish)));
    expect(appended.filter(({ kind }) => kind === "appended")).toHaveLength(10);
    expect(appended.filter(({ kind }) => kind === "rejected")).toHaveLength(90);
    expect((await log.head()).position).toBe(10);
    if (other !== log) await other.close();
  });

  test("whoever appends by rules that hold no more is stopped", async () => {
    const other = _engine === "memory" ? log : await open(folder);
    await log.claims.adopt("");
    await log.append([append("a", 0)]);
    await other.claims.replace("new", pieces([]));

    await expect(log.append([append("b", 0)])).rejects.toMatchObject({ name: "StoreFailure", trouble: "superseded" });
    expect((await log.head()).position).toBe(1);
    expect(await log.claims.adopt("new")).toBe(true);
    expect((await appendOne(log, append("b", 0))).kind).toBe("appended");
    if (other !== log) await other.close();
  });
});
