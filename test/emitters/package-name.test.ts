import { builtinModules } from "node:module";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packageName } from "../../src/emitters/seeds/package-name.ts";

describe("the name of an application's package", () => {
  it.each([
    ["chat", "chat"],
    ["placeOrder", "place-order"],
    ["Fahrräder", "fahrraeder"],
    ["Straßenfest", "strassenfest"],
    ["ÜberUns", "ueber-uns"],
    ["cafétéria", "cafeteria"],
    ["smørrebrød", "smoerrebroed"],
    ["Łódź", "lodz"],
    ["магазин", "magazin"],
    ["καφές", "kafes"],
    ["Żółw", "zolw"],
    ["店", "application"],
    ["events", "events-app"],
  ])("of %s is %s", (domain, name) => {
    expect(packageName(domain)).toBe(name);
  });

  it("is one that npm takes for a new package, whatever the domain is called", () => {
    const letter = fc.string({ unit: "grapheme", minLength: 1, maxLength: 300 });
    const domains = fc.oneof(letter, fc.constantFrom(...builtinModules, "node_modules", "favicon"));
    fc.assert(fc.property(domains, (domain) => isTakenByNpm(packageName(domain))));
  });
});

/** The rules of npm's own validate-npm-package-name for new packages without a scope. */
function isTakenByNpm(name: string): boolean {
  return (
    name.length > 0 &&
    name.length <= 214 &&
    name === name.trim() &&
    name === name.toLowerCase() &&
    !/^[._-]/.test(name) &&
    !/[~'!()*]/.test(name) &&
    encodeURIComponent(name) === name &&
    !["node_modules", "favicon.ico"].includes(name) &&
    !builtinModules.includes(name)
  );
}
