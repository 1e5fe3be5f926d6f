import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { content } from "../../runtime/protocol/calculation/content.ts";
import { date } from "../../runtime/protocol/calculation/date.ts";
import { decimal } from "../../runtime/protocol/calculation/decimal.ts";
import { duration } from "../../runtime/protocol/calculation/duration.ts";
import { numbers } from "../../runtime/protocol/calculation/numbers.ts";
import { OutOfRange } from "../../runtime/protocol/calculation/out-of-range.ts";
import { timestamp } from "../../runtime/protocol/calculation/timestamp.ts";

describe("decimals", () => {
  test("are exact where doubles are not", () => {
    expect(decimal.add("0.1", "0.2")).toBe("0.3");
    expect(decimal.multiply("1.10", "3")).toBe("3.3");
    expect(decimal.subtract("5", "5.00")).toBe("0");
    expect(decimal.sum(["0.1", "0.2", "0.3"])).toBe("0.6");
    expect(decimal.of(-7)).toBe("-7");
  });

  test("keep 34 digits, the last one rounded half to even", () => {
    expect(decimal.divide("1", "3")).toBe(`0.${"3".repeat(34)}`);
    expect(decimal.add("1000000000000000000000000000000000", "0.5")).toBe("1000000000000000000000000000000000");
    expect(decimal.add("1000000000000000000000000000000001", "0.5")).toBe("1000000000000000000000000000000002");
    expect([decimal.round("0.125", 2), decimal.round("0.135", 2), decimal.round("-0.5", 0)]).toEqual(["0.12", "0.14", "0"]);
  });

  test("have no answer to a division by zero, and none where it would be too large to write", () => {
    const zero: string = "0";
    expect([decimal.divide("1", zero), decimal.remainder("1", zero)]).toEqual([null, null]);
    expect([decimal.remainder("7", "3"), decimal.remainder("-7", "3")]).toEqual(["1", "-1"]);
    expect([decimal.average([]), decimal.smallest([]), decimal.largest([])]).toEqual([null, null, null]);
    const huge = `1${"0".repeat(60)}`;
    expect(() => decimal.multiply(huge, huge)).toThrow(OutOfRange);
  });

  test("are compared as numbers", () => {
    expect([
      decimal.isLessThan("9", "10"),
      decimal.isAtMost("9", "9"),
      decimal.isMoreThan("-9", "-10"),
      decimal.isAtLeast("1", "2"),
    ]).toEqual([true, true, true, false]);
    expect([decimal.smallest(["10", "9", "-1"]), decimal.largest(["10", "9", "11"])]).toEqual(["-1", "11"]);
    expect(decimal.average(["1", "2"])).toBe("1.5");
  });

  test("come to what whole numbers come to", () => {
    const whole = fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n });
    fc.assert(
      fc.property(whole, whole, fc.nat(6), (a, b, places) => {
        const text = (value: bigint, digits: number) =>
          decimal.multiply(String(value), digits === 0 ? "1" : `0.${"0".repeat(digits - 1)}1`);
        expect(decimal.add(text(a, places), text(b, places))).toBe(text(a + b, places));
        expect(decimal.multiply(text(a, places), text(b, places))).toBe(text(a * b, 2 * places));
        expect(decimal.compare(text(a, places), text(b, places))).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });
});

describe("times", () => {
  test("differ by lengths of time", () => {
    expect(timestamp.difference("2026-01-02T00:00:00.000Z", "2026-01-01T12:30:00.000Z")).toBe("PT11H30M");
    expect(timestamp.difference("2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.001Z")).toBe("-P1DT0.001S");
    expect(timestamp.add("2026-01-31T00:00:00.000Z", "P1D")).toBe("2026-02-01T00:00:00.000Z");
    expect(timestamp.subtract("2026-01-01T00:00:00.000Z", "PT1S")).toBe("2025-12-31T23:59:59.000Z");
    expect([date.add("2024-02-28", "P2D"), date.subtract("2026-01-01", "P1DT23H")]).toEqual(["2024-03-01", "2025-12-31"]);
    expect(date.difference("2026-03-01", "2026-01-31")).toBe("P29D");
  });

  test("end with the year 9999", () => {
    expect(() => timestamp.add("9999-12-31T00:00:00.000Z", "P1D")).toThrow(OutOfRange);
    expect(() => date.subtract("0000-01-01", "P1D")).toThrow(OutOfRange);
    expect(() => duration.multiply("P10000D", 1e9)).toThrow(OutOfRange);
  });

  test("belong to the day that the clocks of a place show", () => {
    expect(date.of("2026-06-30T22:30:00.000Z")).toBe("2026-06-30");
    expect(date.of("2026-06-30T22:30:00.000Z", "Europe/Berlin")).toBe("2026-07-01");
    expect(date.of("2026-01-01T04:59:59.999Z", "America/New_York")).toBe("2025-12-31");
    expect(date.of("0000-01-01T12:00:00.000Z", "Asia/Tokyo")).toBe("0000-01-01");
    expect(date.of("0999-12-31T23:00:00.000Z", "Europe/Berlin")).toBe("0999-12-31");
    expect(() => date.of("9999-12-31T23:30:00.000Z", "Asia/Tokyo")).toThrow(OutOfRange);
  });

  test("are told in words as the clocks of a place show them", () => {
    expect(timestamp.inWords("2026-11-28T13:30:59.999Z", "Europe/Berlin")).toBe("2026-11-28 14:30 (Europe/Berlin)");
    expect(timestamp.inWords("2026-06-30T22:30:00.000Z", "Europe/Berlin")).toBe("2026-07-01 00:30 (Europe/Berlin)");
    expect(timestamp.inWords("2026-01-01T00:00:00.000Z", "UTC")).toBe("2026-01-01 00:00 (UTC)");
    expect(() => timestamp.inWords("9999-12-31T23:30:00.000Z", "Asia/Tokyo")).toThrow(OutOfRange);
  });

  test("have one form for equal lengths, and are compared as lengths", () => {
    expect([duration.add("PT90M", "PT30M"), duration.subtract("PT1H", "P1D"), duration.negate("-PT1S")]).toEqual([
      "PT2H",
      "-PT23H",
      "PT1S",
    ]);
    expect([duration.multiply("P1D", 1.5), duration.multiply("PT0.001S", 0.4)]).toEqual(["P1DT12H", "PT0S"]);
    expect([duration.isMoreThan("PT25H", "P1D"), duration.isAtMost("PT24H", "P1D"), duration.isLessThan("-P1D", "PT1S")]).toEqual([
      true,
      true,
      true,
    ]);
    expect([duration.smallest(["P2D", "PT3H"]), duration.largest(["P2D", "PT3H"]), duration.sum(["PT30S", "PT30S"])]).toEqual([
      "PT3H",
      "P2D",
      "PT1M",
    ]);
    expect([duration.milliseconds("P1DT0.5S"), duration.of(-90_000)]).toEqual([86_400_500, "-PT1M30S"]);
  });
});

test("numbers are rounded by the digits they are written with", () => {
  expect([numbers.round(1.005, 2), numbers.round(2.5, 0), numbers.round(0.125, 2)]).toEqual([1, 2, 0.12]);
  expect([numbers.smallest([3, 1, 2]), numbers.largest([3, 1, 2]), numbers.average([1, 2]), numbers.sum([])]).toEqual([1, 3, 1.5, 0]);
  const zero: number = 0;
  expect([numbers.divide(1, zero), numbers.remainder(1, zero), numbers.average([])]).toEqual([null, null, null]);
});

test("what has parts is the same where the parts are", () => {
  const one = { street: "Main", zips: ["1", "2"], note: null };
  expect(content.isSame(one, { zips: ["1", "2"], note: null, street: "Main" })).toBe(true);
  expect(content.isSame(one, { ...one, zips: ["2", "1"] })).toBe(false);
  expect([content.isSame([], {}), content.isSame(null, {}), content.isSame({ a: 1 }, { b: 1 })]).toEqual([false, false, false]);
  expect([content.includes([one], { ...one }), content.includes([one], null)]).toEqual([true, false]);
  expect(content.without([one, { ...one, note: "x" }], { ...one })).toEqual([{ ...one, note: "x" }]);
  expect([content.unique([one, { ...one }]), content.unique(["a", "b", "a"])]).toEqual([[one], ["a", "b"]]);
});
