const host = "host: 127.0.0.1\r\n";
const json = "content-type: application/json\r\n";
const way = "POST /api/commands/desk/form/bad/fill HTTP/1.1\r\n";

/** Bytes that are no HTTP, or not as it should be; and how the first line of the answer looks, where there is one. */
export const bytes: readonly (readonly [name: string, bytes: string, first: RegExp])[] = [
  ["noise", "\x00\x01\x02\xff\xfe\r\n\r\n", /^$|^HTTP\/1\.1 400 /],
  ["an empty line, and nothing more to come", "\r\n\r\nX\r\n\r\n", /^$|^HTTP\/1\.1 400 /],
  ["a method that is not there", `BREW / HTTP/1.1\r\n${host}\r\n`, /^HTTP\/1\.1 400 /],
  ["a version that is not there", `GET / HTTP/9.9\r\n${host}\r\n`, /^HTTP\/1\.1 (400|505) /],
  ["the beginning of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", /^HTTP\/1\.1 (400|505) /],
  ["the beginning of TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", /^$|^HTTP\/1\.1 400 /],
  ["no host", "GET /api/model HTTP/1.1\r\n\r\n", /^HTTP\/1\.1 400 /],
  ["a header without a name", `GET / HTTP/1.1\r\n${host}: x\r\n\r\n`, /^HTTP\/1\.1 400 /],
  ["a header with a space in its name", `GET / HTTP/1.1\r\n${host}a b: x\r\n\r\n`, /^HTTP\/1\.1 400 /],
  ["a header with NUL", `GET / HTTP/1.1\r\n${host}x: a\x00b\r\n\r\n`, /^HTTP\/1\.1 400 /],
  ["headers that are too large", `GET / HTTP/1.1\r\n${host}x: ${"x".repeat(40_000)}\r\n\r\n`, /^HTTP\/1\.1 431 /],
  [
    "headers that are too many",
    `GET / HTTP/1.1\r\n${host}${Array.from({ length: 3_000 }, (_, index) => `x${index}: 1\r\n`).join("")}\r\n`,
    /^HTTP\/1\.1 431 /,
  ],
  ["an address that is too long", `GET /${"x".repeat(40_000)} HTTP/1.1\r\n${host}\r\n`, /^HTTP\/1\.1 431 /],
  ["a length that is none", `${way}${host}${json}content-length: many\r\n\r\n{}`, /^HTTP\/1\.1 400 /],
  ["a length below nothing", `${way}${host}${json}content-length: -1\r\n\r\n{}`, /^HTTP\/1\.1 400 /],
  ["two lengths", `${way}${host}${json}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`, /^HTTP\/1\.1 400 /],
  [
    "a length and pieces: two servers would read it differently",
    `${way}${host}${json}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
    /^HTTP\/1\.1 400 /,
  ],
  ["pieces that are none", `${way}${host}${json}transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`, /^HTTP\/1\.1 400 /],
  ["a piece of an exabyte", `${way}${host}${json}transfer-encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}`, /^HTTP\/1\.1 400 /],
  ["an encoding that is not there", `${way}${host}${json}transfer-encoding: magic\r\n\r\n{}`, /^HTTP\/1\.1 (400|501) /],
  [
    "a length of a gigabyte, and nothing behind it",
    `${way}${host}${json}connection: close\r\ncontent-length: 1073741824\r\n\r\n`,
    /^HTTP\/1\.1 413 /,
  ],
  ["a folded header", `GET / HTTP/1.1\r\n${host}x: a\r\n b\r\n\r\n`, /^HTTP\/1\.1 400 /],
  ["line feeds alone", "GET /api/model HTTP/1.1\nhost: x\n\n", /^HTTP\/1\.1 400 /],
  [
    "an upgrade to something else",
    `GET /api/socket HTTP/1.1\r\n${host}connection: upgrade\r\nupgrade: h2c\r\n\r\n`,
    /^HTTP\/1\.1 (400|404|426) /,
  ],
  [
    "an upgrade without a key",
    `GET /api/socket HTTP/1.1\r\n${host}connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n\r\n`,
    /^HTTP\/1\.1 400 /,
  ],
  [
    "an upgrade with a key that is none",
    `GET /api/socket HTTP/1.1\r\n${host}connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: x\r\n\r\n`,
    /^HTTP\/1\.1 400 /,
  ],
  [
    "an upgrade of another version",
    `GET /api/socket HTTP/1.1\r\n${host}connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 99\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
    /^HTTP\/1\.1 (400|426) /,
  ],
  [
    "an upgrade somewhere else",
    `GET /api/lists/filled HTTP/1.1\r\n${host}connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
    /^HTTP\/1\.1 404 /,
  ],
  [
    "an upgrade by a page of somebody else",
    `GET /api/socket HTTP/1.1\r\n${host}origin: https://evil.example\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
    /^HTTP\/1\.1 403 /,
  ],
  ["a tunnel", `CONNECT evil.example:443 HTTP/1.1\r\n${host}\r\n`, /^$|^HTTP\/1\.1 (400|404|405) /],
];
