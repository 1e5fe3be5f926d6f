import { generateKeyPair } from "jose";
import type { OpenIdProvider } from "../runtime/http/openid-provider.ts";

interface World {
  readonly provider: OpenIdProvider;
  readonly stranger: OpenIdProvider;
  readonly audience: string;
}

type Forge = (world: World) => string | Promise<string>;

const now = () => Math.floor(Date.now() / 1000);
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const part = (token: string, index: number, replace: (text: string) => string) =>
  token
    .split(".")
    .map((text, place) => (place === index ? replace(text) : text))
    .join(".");

/** Tokens that nobody should believe. */
export const tokens: readonly (readonly [name: string, forge: Forge])[] = [
  ["that is a word", () => "boss"],
  ["that is a very long word", () => "x".repeat(9_000)],
  ["of two parts", () => "e30.e30"],
  ["of five parts, as if encrypted", () => "e30.e30.e30.e30.e30"],
  ["whose header is no JSON", async ({ provider, audience }) => part(await provider.sign(audience), 0, () => "!!!!")],
  ["whose header is a list", async ({ provider, audience }) => part(await provider.sign(audience), 0, () => encoded([]))],
  ["whose claims are null", async ({ provider, audience }) => part(await provider.sign(audience), 1, () => encoded(null))],
  [
    "whose claims poison",
    async ({ provider, audience }) => part(await provider.sign(audience), 1, () => encoded(JSON.parse('{"__proto__":{"sub":"boss"}}'))),
  ],
  [
    "whose signature is another's",
    async ({ provider, stranger, audience }) => {
      const theirs = (await stranger.sign(audience)).split(".")[2]!;

      return part(await provider.sign(audience), 2, () => theirs);
    },
  ],
  ["whose signature is empty", async ({ provider, audience }) => part(await provider.sign(audience), 2, () => "")],
  [
    "whose signature is one bit off",
    async ({ provider, audience }) =>
      part(await provider.sign(audience), 2, (text) => (text.startsWith("A") ? `B${text.slice(1)}` : `A${text.slice(1)}`)),
  ],
  ["that is unsigned", ({ provider, audience }) => provider.unsigned(audience)],
  [
    "that is unsigned, with a signature",
    async ({ provider, audience }) => part(await provider.sign(audience), 0, () => encoded({ alg: "none" })),
  ],
  [
    "that is signed with a secret that is the public key",
    ({ provider, audience }) => provider.sign(audience, { alg: "HS256", key: Buffer.from(JSON.stringify(provider.publicKey)) }),
  ],
  [
    "that is signed with a secret that is the key's modulus",
    ({ provider, audience }) => provider.sign(audience, { alg: "HS512", key: Buffer.from(provider.publicKey.n!, "base64url") }),
  ],
  ["that is signed with an empty secret", ({ provider, audience }) => provider.sign(audience, { alg: "HS256", key: new Uint8Array(32) })],
  ["of a stranger", ({ stranger, audience }) => stranger.token("jane", audience)],
  ["of a stranger in our issuer's name", ({ provider, stranger, audience }) => stranger.sign(audience, { claims: { iss: provider.url } })],
  [
    "of a stranger, with the name of our issuer's key",
    ({ provider, stranger, audience }) =>
      stranger.sign(audience, { claims: { iss: provider.url }, header: { kid: provider.publicKey.kid! } }),
  ],
  [
    "that says where its key is",
    ({ provider, stranger, audience }) =>
      stranger.sign(audience, { claims: { iss: provider.url }, header: { jku: `${stranger.url}/jwks`, x5u: `${stranger.url}/jwks` } }),
  ],
  [
    "that brings its key along",
    ({ provider, stranger, audience }) => stranger.sign(audience, { claims: { iss: provider.url }, header: { jwk: stranger.publicKey } }),
  ],
  ["whose key's name is a way up", ({ provider, audience }) => provider.sign(audience, { header: { kid: "../../../../dev/null" } })],
  ["whose key's name is SQL", ({ provider, audience }) => provider.sign(audience, { header: { kid: "x' UNION SELECT 'secret" } })],
  [
    "that is signed by another kind of key",
    async ({ provider, audience }) => provider.sign(audience, { alg: "ES256", key: (await generateKeyPair("ES256")).privateKey }),
  ],
  ["that has ended", ({ provider, audience }) => provider.sign(audience, { claims: { exp: now() - 60 } })],
  ["that has ended long ago", ({ provider, audience }) => provider.sign(audience, { claims: { exp: 0 } })],
  ["that begins tomorrow", ({ provider, audience }) => provider.sign(audience, { claims: { nbf: now() + 86_400 } })],
  ["for somebody else", ({ provider }) => provider.token("jane", "urn:somebody:else")],
  ["for nearly us", ({ provider, audience }) => provider.sign(`${audience}2`)],
  ["for logging out", ({ provider, audience }) => provider.sign(audience, { header: { typ: "logout+jwt" } })],
  ["of nobody", ({ provider, audience }) => provider.sign(audience, { claims: { sub: "" } })],
  ["of somebody with NUL in their name", ({ provider, audience }) => provider.sign(audience, { claims: { sub: "ja\u0000ne" } })],
  [
    "that demands what we do not know",
    ({ provider, audience }) =>
      provider
        .sign(audience)
        .then((token) => part(token, 0, () => encoded({ alg: "RS256", kid: provider.publicKey.kid, crit: ["https://x"], "https://x": 1 }))),
  ],
];
