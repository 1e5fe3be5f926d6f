import { fileURLToPath } from "node:url";
import { bundle, kilobytes } from "./bundle.ts";
import { inWords, type Row } from "./row.ts";

/** The most that the generated client and all it needs may be, in kilobytes. */
export const most = 12;

export const clientOf = (example: string): string =>
  fileURLToPath(new URL(`../../examples/${example}/client/${example}.ts`, import.meta.url));

/** The most that the adapter for React may add. */
export const mostForReact = 1;

export const withReact = fileURLToPath(new URL("./chat-with-react.ts", import.meta.url));

/** How much a page loads to speak with the application: the generated client with the SDK, bundled for browsers, minified, gzipped. */
export async function benchClient(): Promise<readonly Row[]> {
  const [chat, shop, both] = await Promise.all([bundle(clientOf("chat")), bundle(clientOf("shop")), bundle(withReact, ["react"])]);

  return [
    row("client of the chat in browsers, gzipped", kilobytes(chat), most),
    row("client of the shop in browsers, gzipped", kilobytes(shop), most),
    row("what the adapter for React adds, gzipped", kilobytes(both) - kilobytes(chat), mostForReact),
  ];
}

function row(name: string, value: number, allowed: number): Row {
  return { name, value, unit: "kB", peer: { name: "allowed", value: allowed }, ratio: value / allowed, limit: 1, lessIsBetter: true };
}

if (import.meta.main) for (const row of await benchClient()) console.log(inWords(row));
