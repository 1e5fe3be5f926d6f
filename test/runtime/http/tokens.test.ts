import { exportJWK, generateKeyPair } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { OpenIdProvider } from "./openid-provider.ts";
import { RunningErrands } from "./running-chat.ts";

const audience = "urn:errands";
const people = { jane: { roles: [] }, bob: { roles: ["boss"] } };
const [ours, partners, foreign] = [new OpenIdProvider(people), new OpenIdProvider(people), new OpenIdProvider(people)];
const errands = new RunningErrands();
const now = () => Math.floor(Date.now() / 1000);
let count = 0;

beforeAll(async () => {
  await Promise.all([ours, partners, foreign].map((provider) => provider.start()));
  const issuers = [{ url: ours.url }, { url: partners.url, name: "partners" }];
  await errands.start({ tokens: { issuers, audiences: ["urn:other", audience], rolesClaim: "roles" } });
});
afterAll(async () => {
  await errands.end();
  await Promise.all([ours, partners, foreign].map((provider) => provider.end()));
});

const ask = (token: string) => errands.ask("/api/lists/secrets", { headers: { authorization: `Bearer ${token}` } });

/** The id under which the model knows the holder of a token: who takes an errand is its assignee. */
async function idOf(token: string): Promise<unknown> {
  const id = `errand-${++count}`;
  const headers = { authorization: `Bearer ${token}` };
  await errands.command(`office/errand/${id}/begin`, { title: "who am I", isSecret: false });
  const { position } = (await errands.command(`office/errand/${id}/take`, {}, headers)).json() as { readonly position: number };
  const { json } = await errands.ask(`/api/lists/errandsOfEverybody?where=${encodeURIComponent(JSON.stringify({ id }))}&after=${position}`);

  return (json() as { readonly rows: readonly { readonly assignee: unknown }[] }).rows[0]!.assignee;
}

describe("a token is believed", () => {
  test("from each issuer, and their users are never each other", async () => {
    expect(await idOf(await ours.token("jane", audience))).toBe("jane");
    expect(await idOf(await partners.token("jane", audience))).toBe("partners:jane");
    expect((await ask(await ours.sign(audience, { claims: { sub: "partners:jane" } }))).status).toBe(401);
    expect(await idOf(await partners.sign(audience, { claims: { sub: "partners:jane" } }))).toBe("partners:partners:jane");
  });

  test.each([
    ["for several audiences, one of which is us", () => ({ aud: ["urn:else", audience] })],
    ["for another of our audiences", () => ({ aud: "urn:other" })],
    ["that ended less than half a minute ago, by a clock that may be wrong", () => ({ exp: now() - 15 })],
    ["that begins in less than half a minute", () => ({ nbf: now() + 15 })],
    ["without roles", () => ({ roles: undefined })],
    ["with roles that are none", () => ({ roles: 7 })],
    ["with roles as words", () => ({ roles: "helper boss" })],
  ])("%s", async (_, claims) => {
    expect((await ask(await ours.sign(audience, { claims: claims() as never }))).status).toBe(200);
  });

  test("with a header of whatever case, and no other scheme is ours", async () => {
    const token = await ours.token("jane", audience);
    expect((await errands.ask("/api/lists/secrets", { headers: { authorization: `bearer  ${token}` } })).status).toBe(200);
    expect((await errands.ask("/api/lists/secrets", { headers: { authorization: "Basic amFuZTpzZWNyZXQ=" } })).status).toBe(403);
    expect((await errands.ask("/api/lists/errandsOfEverybody", { headers: { authorization: "Basic amFuZTpzZWNyZXQ=" } })).status).toBe(200);
  });

  test("only with roles that the model knows", async () => {
    const may = async (roles: unknown) => (await ask(await ours.sign(audience, { claims: { sub: "x", roles: roles as string[] } }))).status;
    expect(await may(["boss"])).toBe(200);
    const work = async (roles: unknown) =>
      (
        await errands.ask("/api/lists/work", {
          headers: { authorization: `Bearer ${await ours.sign(audience, { claims: { roles } as never })}` },
        })
      ).status;
    expect(
      await Promise.all([["helper"], "boss helper", ["Helper"], ["boss"], [["helper"]], { helper: true }, "__proto__"].map(work)),
    ).toEqual([200, 200, 403, 403, 403, 403, 403]);
  });

  test("after its issuer has changed its key, and those of the old one are not, when they are new to us", async () => {
    const before = await ours.token("jane", audience);
    expect((await ask(before)).status).toBe(200);
    const late = await ours.sign(audience, { claims: { jti: "late" } });
    await ours.rotate();
    const after = await ours.token("jane", audience);
    // A key that is not known is asked for, though not all the time.
    await expect.poll(async () => (await ask(after)).status, { timeout: 10_000, interval: 250 }).toBe(200);
    expect((await ask(late)).status).toBe(401);
    expect((await ask(before)).status).toBe(200);
  });

  test("without fetching keys for every token, nor for keys that nobody has", async () => {
    await ask(await ours.token("jane", audience));
    const { fetched } = ours;
    for (let turn = 0; turn < 50; turn++) await ask(await ours.sign(audience, { header: { kid: `guess-${turn}` } }));
    expect(ours.fetched - fetched).toBeLessThanOrEqual(2);
  });
});

describe("a token is refused", () => {
  const cases: readonly (readonly [string, () => string | Promise<string>])[] = [
    ["that is none", () => "nonsense"],
    ["that is empty", () => ""],
    ["with a word too many", async () => `${await ours.token("jane", audience)} more`],
    ["of dots", () => "..."],
    ["whose parts are no JSON", () => "e30.e30.e30"],
    ["that has ended", () => ours.sign(audience, { claims: { exp: now() - 31 } })],
    ["that has no end", () => ours.sign(audience, { claims: { exp: undefined as never } })],
    ["whose end is a text", () => ours.sign(audience, { claims: { exp: "tomorrow" as never } })],
    ["that has not begun", () => ours.sign(audience, { claims: { nbf: now() + 60 } })],
    ["for another audience", () => ours.token("jane", "urn:else")],
    ["for no audience", () => ours.sign(audience, { claims: { aud: undefined as never } })],
    ["of an issuer that we do not know", () => foreign.token("jane", audience)],
    ["of one that says it is one we know", () => foreign.sign(audience, { claims: { iss: ours.url } })],
    [
      "of one that says so with its key's name",
      () => foreign.sign(audience, { claims: { iss: ours.url }, header: { kid: ours.publicKey.kid! } }),
    ],
    ["of a partner that says it is us", () => partners.sign(audience, { claims: { iss: ours.url } })],
    ["of no issuer", () => ours.sign(audience, { claims: { iss: undefined as never } })],
    ["of an issuer that is nearly ours", () => ours.sign(audience, { claims: { iss: `${ours.url}/` } })],
    ["of nobody", () => ours.sign(audience, { claims: { sub: undefined as never } })],
    ["of an empty name", () => ours.sign(audience, { claims: { sub: "" } })],
    ["of a name that is a number", () => ours.sign(audience, { claims: { sub: 7 as never } })],
    ["of a name with control characters", () => ours.sign(audience, { claims: { sub: "jane\n" } })],
    ["of a name that is too long", () => ours.sign(audience, { claims: { sub: "j".repeat(201) } })],
    ["that is too long", () => ours.sign(audience, { claims: { padding: "x".repeat(7_000) } })],
    ["that was made for logging out", () => ours.sign(audience, { header: { typ: "logout+jwt" } })],
    ["that is unsigned", () => ours.unsigned(audience)],
    ["that is unsigned, by another spelling", () => ours.unsigned(audience).replace(/^[^.]+/, encoded({ alg: "nOnE" }))],
    ["whose signature was cut off", async () => (await ours.token("jane", audience)).replace(/[^.]+$/, "")],
    ["whose claims were changed", async () => changed(await ours.token("jane", audience))],
    ["that is signed with the public key as a secret", async () => ours.sign(audience, { alg: "HS256", key: await asSecret() })],
    [
      "that brings its own key",
      async () => ours.sign(audience, { key: (await pair).privateKey, header: { jwk: (await ownKey()) as never } }),
    ],
    [
      "that names where its key is",
      async () => ours.sign(audience, { key: (await pair).privateKey, header: { jku: `${foreign.url}/jwks` } }),
    ],
    ["that has what we do not understand, and must", () => ours.sign(audience, { header: { crit: ["exp"] } }).catch(() => critical())],
    ["of another kind of key", async () => ours.sign(audience, { alg: "ES256", key: (await generateKeyPair("ES256")).privateKey })],
  ];
  const pair = generateKeyPair("RS256", { extractable: true });

  test.each(cases)("%s", async (_, make) => {
    const answer = await ask(await make());

    expect([answer.status, answer.headers["www-authenticate"]]).toEqual([401, 'Bearer error="invalid_token"']);
    expect(answer.json()).toEqual({
      type: "not-authenticated",
      title: "Not authenticated",
      status: 401,
      detail: "The token is not valid here, or not any more.",
    });
  });

  test("wherever it is shown, and nothing happens", async () => {
    const headers = { authorization: "Bearer nonsense" };
    expect((await errands.command("office/errand/refused/begin", { title: "x", isSecret: false }, headers)).status).toBe(401);
    expect((await errands.ask("/api/events", { headers })).status).toBe(401);
    await expect(errands.socket(headers)).rejects.toThrow("401");
    expect((await errands.command("office/errand/refused/note")).json()).toMatchObject({ type: "does-not-exist" });
  });

  async function asSecret() {
    return new TextEncoder().encode(JSON.stringify(ours.publicKey));
  }

  async function ownKey() {
    const { publicKey } = await pair;
    return exportJWK(publicKey);
  }

  async function critical() {
    const [, claims, signature] = (await ours.sign(audience)).split(".");

    return [encoded({ alg: "RS256", kid: ours.publicKey.kid, crit: ["b64"], b64: false }), claims, signature].join(".");
  }
});

describe("an issuer", () => {
  test("that does not answer keeps its users out for a while, is no fault of theirs, and is asked again", async () => {
    const late = new OpenIdProvider(people);
    await late.start();
    const token = await late.token("jane", audience);
    const { url } = late;
    const server = new RunningErrands();
    await server.start({ tokens: { issuers: [{ url }], audiences: [audience], rolesClaim: "roles" } });
    const asked = () => server.ask("/api/lists/secrets", { headers: { authorization: `Bearer ${token}` } });
    late.pause();
    expect((await asked()).json()).toMatchObject({ type: "unavailable", status: 503 });
    expect((await server.ask("/api/lists/errandsOfEverybody")).status).toBe(200);
    late.goOn();
    await expect.poll(async () => (await asked()).status, { timeout: 10_000, interval: 250 }).toBe(200);
    await server.end();
    await late.end();
  });

  test("is none without options: every token is refused, and everybody else is anonymous", async () => {
    const server = new RunningErrands();
    await server.start();
    const headers = { authorization: `Bearer ${await ours.token("jane", audience)}` };
    expect((await server.ask("/api/lists/errandsOfEverybody", { headers })).status).toBe(401);
    expect((await server.ask("/api/lists/errandsOfEverybody")).status).toBe(200);
    await server.end();
  });
});

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function changed(token: string): string {
  const [header, claims, signature] = token.split(".");
  const read = JSON.parse(Buffer.from(claims!, "base64url").toString()) as object;

  return [header, encoded({ ...read, sub: "bob" }), signature].join(".");
}
