import { expect, test } from "vitest";
import { socketUrl } from "../../runtime/client/address.ts";

test.each([
  ["https://localhost:3000", "wss://localhost:3000/api/socket"],
  ["http://localhost:3000/", "ws://localhost:3000/api/socket"],
  ["https://example.org/apps/chat/?from=here#there", "wss://example.org/apps/chat/api/socket"],
  [new URL("wss://localhost"), "wss://localhost/api/socket"],
  [{ host: "local.wolkenkit.io", port: 3000 }, "wss://local.wolkenkit.io:3000/api/socket"],
  [{ host: "localhost", port: 8080, protocol: "http" }, "ws://localhost:8080/api/socket"],
  [{ host: "localhost" }, "wss://localhost/api/socket"],
] as const)("%j is reached at %s", (address, url) => {
  expect(socketUrl(address)).toBe(url);
});

test("outside of a page an address is needed", () => {
  expect(() => socketUrl()).toThrow("Outside of a page there is no address to guess");
});
