import { fileURLToPath } from "node:url";
import { bundle, kilobytes } from "./bundle.ts";
import { inWords, type Row } from "./row.ts";

/** The most that the generated client and all it needs may be, in kilobytes. */
export const most = 12;

export const clientOf = (example: string): string =>
  fileURLToPath(new URL(`../../examples/${example}/client/${example}.ts`, import.meta.url));

/** How much a page loads to speak with the application: the generated client with the SDK, bundled for browsers, minified, gzipped. */
export async function benchClient(): Promise<readonly Row[]> {
  return Promise.all(
    ["chat", "shop"].map(async (example): Promise<Row> => {
      const value = kilobytes(await bundle(clientOf(example)));
      return {
        ...{ name: `client of the ${example} in browsers, gzipped`, value, unit: "kB" },
        ...{ peer: { name: "allowed", value: most }, ratio: value / most, limit: 1, lessIsBetter: true },
      };
    }),
  );
}

if (import.meta.main) for (const row of await benchClient()) console.log(inWords(row));
