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

test.each([
  ["localhost:4142", "https://localhost:4142"],
  ["example.org", "https://example.org"],
  ["127.0.0.1:3000/chat", "https://127.0.0.1:3000/chat"],
  ["ftp://example.org:21/chat", "https://example.org:21/chat"],
  ["ftp://127.0.0.1", "https://127.0.0.1"],
  ["//example.org", "https://example.org"],
  [new URL("file:///chat"), "https://chat"],
  ["", "https://localhost:3000"],
  ["my host", "https://localhost:3000"],
])("%j is no address, and %s is what to write", (address, meant) => {
  expect(() => socketUrl(address)).toThrow(
    new TypeError(`"${String(address)}" is no address of an application; it has to begin with https:// or http://: connect("${meant}").`),
  );
});

test("outside of a page an address is needed", () => {
  expect(() => socketUrl()).toThrow("Outside of a page there is no address to guess");
});
