import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { analyse } from "../../src/compile.ts";
import { memoryHost } from "../../src/host/memory-host.ts";
import { dump } from "../../src/model/dump.ts";
import { framed } from "./frame.ts";

const folder = join(import.meta.dirname, "models");

function modelOf(files: { readonly [path: string]: string }, start: readonly string[] = Object.keys(files)) {
  return analyse(memoryHost(files), start);
}

describe("the checked model of", () => {
  test.each(globSync("*.domain", { cwd: folder }).sort())("%s", async (file) => {
    const { domain, diagnostics } = modelOf({ [`/${file}`]: readFileSync(join(folder, file), "utf8") });
    expect(diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual([]);
    await expect(dump(domain)).toMatchFileSnapshot(join(folder, `${basename(file, ".domain")}.expected.txt`));
  });
});

describe("a model in several files", () => {
  const home =
    'domain demo\n\nimport "./more/values.domain"\n\ncontext a\n\n  aggregate thing\n    size: size = small\n\n    command make on new thing\n      size: size\n      publish made with size\n\n    event made\n      size: size\n      set size\n\n    allow everyone to make\n    allow everyone to see made\n';
  const values = "choice size\n  small\n  large\n";

  test("is one model, and each file is read once", () => {
    const { domain, diagnostics, texts } = modelOf(
      { "/m/home.domain": home, "/m/more/values.domain": `import "../home.domain"\n\n${values}` },
      ["/m/home.domain"],
    );
    expect(diagnostics).toEqual([]);
    expect(domain.choices.map(({ name }) => name)).toEqual(["size"]);
    expect([...texts.keys()]).toEqual(["/m/home.domain", "/m/more/values.domain"]);
  });

  test("says which import is not there", () => {
    const { diagnostics } = modelOf({ "/m/home.domain": home }, ["/m/home.domain"]);
    expect(diagnostics.map(({ code }) => code)).toContain("import-missing");
  });

  test("reports in the order of the files and lines", () => {
    const wrong = (name: string) => `context ${name}\n\n  aggregate b${name}\n    x: ${name}x\n    y: ${name}y\n`;
    const { diagnostics } = modelOf({ "/b.domain": wrong("two"), "/a.domain": `domain demo\n\n${wrong("one")}` });
    expect(diagnostics.map(({ location }) => `${location.file} ${String(location.span.start)}`)).toEqual(
      [...diagnostics.map(({ location }) => `${location.file} ${String(location.span.start)}`)].sort(),
    );
    expect(diagnostics).toHaveLength(4);
  });

  test("may continue a context", () => {
    const part = (name: string) =>
      `context shared\n\n  aggregate ${name}\n    command make on new ${name}\n      publish made\n\n    event made\n\n    allow everyone to make\n    allow everyone to see made\n`;
    const { domain, diagnostics } = modelOf({ "/a.domain": `domain demo\n\n${part("one")}`, "/b.domain": part("two") });
    expect(diagnostics).toEqual([]);
    expect(domain.contexts.map(({ aggregates }) => aggregates.map(({ name }) => name))).toEqual([["one", "two"]]);
  });
});

describe("the canonical form", () => {
  test("does not change with layout, comments and the order of keys", () => {
    const text = framed("");
    const [plain, other] = [text, `# a comment\n\n${text.replaceAll("\n", "\n\n")}`].map((one) =>
      dump(modelOf({ "/a.domain": one }).domain),
    );
    expect(other).toBe(plain);
  });
});
