import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { compile } from "../../src/compile.ts";
import { memoryHost } from "../../src/host/memory-host.ts";
import type { Fields } from "../../runtime/protocol/field.ts";
import { validator } from "../../runtime/protocol/validation/validate.ts";

/** What the API document says about a command's data is what the runtime holds them to: for any fields, and any data. */
const folder = mkdtempSync(join(tmpdir(), "wkgen-schema-"));
afterAll(() => rmSync(folder, { recursive: true }));

const plain = fc.constantFrom(
  ...["text", "text, 1 to 3 characters", "text, at most 2 characters", "text, matching /^\\p{Lu}[a-c]+$/", "boolean", "integer"],
  ...["integer, 0 to 9", "integer, at least -1", "number", "number, 0 to 1", "decimal", "decimal, at least 0", "timestamp", "date"],
  ...["duration", "id", "thing", "email", "url", "json", "mood", "part", "optional part", "optional timestamp", "list of text"],
  ...["list of integer, at most 2 items", "list of part, at least 1 item", "map of decimal", "map of part", "list of list of date"],
  ...["optional mood", 'text = "a"', "mood = calm", "integer = 1", "optional text", "list of mood = []"],
);

const model = (types: readonly string[]) => `domain law

choice mood
  calm
  cross

value part
  size: integer, 1 to 3
  note: optional text
  since: timestamp
  inside: list of part

context room

  aggregate thing
    held: integer

    command make on new thing
${types.map((type, index) => `      f${String(index)}: ${type}`).join("\n")}
      publish made

    event made
      set held = 1

    allow everyone to make
    allow everyone to see made
`;

const texts = fc.oneof(
  fc.string({ maxLength: 4, unit: "binary" }),
  fc.constantFrom(
    "",
    "a",
    "Abc",
    "Üab",
    "calm",
    "cross",
    "x".repeat(201),
    "\0",
    "\ud800",
    "🎉🎉",
    "12.5",
    "007.50",
    "-0",
    "1e3",
    ".5",
    "9".repeat(40),
  ),
  fc.constantFrom(
    "2026-01-31",
    "2026-02-30",
    "2024-02-29",
    "2026-1-1",
    "2026-01-31T09:30:00Z",
    "2026-01-31T09:30+01:00",
    "2026-01-31T24:00:00Z",
  ),
  fc.constantFrom(
    "P3D",
    "PT90S",
    "P",
    "PT",
    "-P1W",
    "P1Y",
    "PT0.5S",
    "jane@example.com",
    "jane@",
    "https://example.com",
    "javascript:alert(1)",
    "http://[",
  ),
);
const scalars = fc.oneof(
  texts,
  fc.integer({ min: -3, max: 12 }),
  fc.double(),
  fc.constantFrom(null, true, false, 2 ** 53, 1769851800000, 1e300),
);
const parts: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  part: fc.record(
    {
      size: fc.oneof(fc.integer({ min: 1, max: 3 }), scalars),
      note: scalars,
      since: fc.oneof(fc.constant("2026-01-31T09:30:00Z"), scalars),
      inside: fc.oneof({ depthSize: "small" }, fc.constant([]), fc.array(tie("part"), { maxLength: 2 })),
      other: scalars,
    },
    { requiredKeys: [] },
  ),
})).part;
const fine = fc.record({ size: fc.constantFrom(1, 2, 3), since: fc.constant(0), inside: fc.constant([]) });
const leaves = fc.oneof(scalars, parts, fine);
const values = fc.oneof(
  leaves,
  fc.array(leaves, { maxLength: 3 }),
  fc.dictionary(fc.string({ maxLength: 2 }), leaves, { maxKeys: 2 }),
  fc.array(fc.array(texts)),
);

/** Data that such a field probably takes, so that not all is refused. */
function likelyFor(type: string): fc.Arbitrary<unknown> {
  const [, collection, inner = type] = /^(?:optional )?(list|map) of (.*)$/.exec(type) ?? [];
  if (collection === "list") return fc.array(likelyFor(inner), { maxLength: 3 });
  if (collection === "map") return fc.dictionary(fc.constantFrom("a", "b"), likelyFor(inner));
  const word = /^(?:optional )?(\w+)/.exec(type)?.[1] ?? "";
  const known: { readonly [word: string]: fc.Arbitrary<unknown> } = {
    boolean: fc.boolean(),
    integer: fc.integer({ min: -2, max: 10 }),
    number: fc.double({ min: -0.5, max: 1.5, noNaN: true }),
    decimal: fc.constantFrom("12.5", "007.50", "-0", "-1", "1e3", "9".repeat(40)),
    timestamp: fc.constantFrom("2026-01-31T09:30:00Z", "2026-01-31T09:30+01:00", "2026-02-30T00:00Z", 0, 1e15),
    date: fc.constantFrom("2026-01-31", "2024-02-29", "2026-02-30", "2026-1-1"),
    duration: fc.constantFrom("P3D", "PT90S", "-P1W", "PT0.5S", "P"),
    email: fc.constantFrom("jane@example.com", "j@b.c", "jane@"),
    url: fc.constantFrom("https://example.com", "HTTP://a", "http://[", "javascript:alert(1)"),
    mood: fc.constantFrom("calm", "cross", "other"),
    part: fc.oneof(fine, parts),
    json: fc.jsonValue(),
  };
  return known[word] ?? texts;
}

/** What the document says in words only (`info.description`): the calendar, digits and bounds of decimals, and what no text may hold. */
const inWordsOnly = [
  /^must not contain (the character NUL|half of a character)/,
  /^is not allowed as a key$/,
  /^must be a (day|moment|decimal number|length of time|web address|moment with its offset)/,
  /^must be an (id|e-mail address)/,
  /^must have at most 34 digits$/,
  /^must be something that JSON can carry$/,
];

let made = 0;

async function lawOf(types: readonly string[]) {
  const { files = [], diagnostics } = await compile(memoryHost({ "/law.domain": model(types) }), ["/law.domain"]);
  expect(diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual([]);
  const home = join(folder, String(made++));
  for (const { path, text } of files) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text);
  }
  const { thing } = (await import(pathToFileURL(join(home, "server/writeModel/room/thing.ts")).href)) as {
    readonly thing: { readonly commands: { readonly make: { readonly fields: Fields } } };
  };
  const document = JSON.parse(files.find(({ path }) => path === "api/openapi.json")!.text) as object;
  const ajv = new Ajv2020({ strict: false, validateFormats: false }).addSchema({ $id: "law", ...document });
  const at = "law#/paths/~1api~1commands~1room~1thing~1%7Bid%7D~1make/post/requestBody/content/application~1json/schema";
  return { fits: ajv.compile({ $ref: at }), validate: validator(thing.commands.make.fields, "make") };
}

test("what the schema accepts the runtime accepts, and what the runtime accepts the schema accepts", { timeout: 240_000 }, async () => {
  const counts = { accepted: 0, refused: 0, inWords: 0 };
  for (const types of fc.sample(fc.array(plain, { minLength: 1, maxLength: 2 }), 60)) {
    const { fits, validate } = await lawOf(types);
    const data = fc.record(
      Object.fromEntries(types.map((type, index) => [`f${String(index)}`, fc.oneof({ weight: 3, arbitrary: likelyFor(type) }, values)])),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(data, (given) => {
        const sent: unknown = JSON.parse(JSON.stringify(given));
        const validated = validate(sent);
        const isFitting = fits(sent);
        if (isFitting && validated.ok) counts.accepted++;
        else if (!isFitting && !validated.ok) counts.refused++;
        else if (validated.ok)
          throw new Error(`The schema refuses what the runtime accepts: ${JSON.stringify(fits.errors)} (${types.join("; ")})`);
        else {
          counts.inWords++;
          const untold = validated.faults.filter(({ rule }) => !inWordsOnly.some((known) => known.test(rule)));
          if (untold.length > 0)
            throw new Error(`The schema accepts what the runtime refuses: ${JSON.stringify(untold)} (${types.join("; ")})`);
        }
      }),
      { numRuns: 150 },
    );
  }
  expect(counts.accepted).toBeGreaterThan(1000);
  expect(counts.refused).toBeGreaterThan(1000);
  expect(counts.inWords).toBeGreaterThan(30);
});
