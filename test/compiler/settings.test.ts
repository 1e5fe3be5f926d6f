import { describe, expect, test } from "vitest";
import { analyse } from "../../src/compile.ts";
import { memoryHost } from "../../src/host/memory-host.ts";
import { framed } from "./frame.ts";

const model = framed("command dislike\n  publish liked with likes = likes - 1");

function told(packageJson?: string) {
  const files = { "/app/m.domain": model, ...(packageJson === undefined ? {} : { "/app/package.json": packageJson }) };
  const { diagnostics, texts } = analyse(memoryHost(files), ["/app/m.domain"]);
  return diagnostics.map(({ code, location: { file, span } }) => ({ code, file, at: texts.get(file)?.slice(span.start, span.end) }));
}

const allowing = (...codes: readonly unknown[]) => JSON.stringify({ name: "app", wkgen: { allow: codes } }, null, 2);

describe("advice", () => {
  test("is given, unless the package.json beside the model switches it off", () => {
    const usual = [expect.objectContaining({ code: "command-never-allowed" })];
    expect(told()).toEqual(usual);
    expect(told(allowing())).toEqual(usual);
    expect(told(allowing("row-replaced"))).toEqual(usual);
    expect(told(allowing("row-replaced", "command-never-allowed"))).toEqual([]);
  });

  test("that there is not cannot be switched off, and neither can an error", () => {
    for (const code of ["comand-never-allowed", "unknown-event"]) {
      expect(told(allowing("command-never-allowed", code))).toEqual([
        { code: "needless-allowance", file: "/app/package.json", at: JSON.stringify(code) },
      ]);
    }
  });

  test("is given where a package.json says something else, or cannot be read", () => {
    for (const text of ["{", '{ "wkgen": null }', '{ "wkgen": { "allow": "command-never-allowed" } }', allowing(3, null)]) {
      expect(told(text)).toEqual([expect.objectContaining({ code: "command-never-allowed" })]);
    }
  });
});
