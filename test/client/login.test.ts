import { afterAll, beforeAll, expect, test } from "vitest";
import { connect, type Errands } from "../emitters/golden/errands/client/errands.ts";
import { OpenIdProvider } from "../runtime/http/openid-provider.ts";
import { RunningErrands } from "../runtime/http/running-chat.ts";

const audience = "urn:errands";
const provider = new OpenIdProvider({ jane: { roles: [] }, bob: { roles: ["boss"] } });
const server = new RunningErrands();
const open: Errands[] = [];

beforeAll(async () => {
  await provider.start();
  await server.start({ http: true, tokens: { issuers: [{ url: provider.url }], audiences: [audience], rolesClaim: "roles" } });
});
afterAll(async () => {
  for (const errands of open) errands.close();
  await server.end();
  await provider.end();
});

async function connected(token: () => string | undefined | Promise<string | undefined>): Promise<Errands> {
  const errands = await connect(server.url, { token });
  open.push(errands);

  return errands;
}

const shortLived = (sub: string) => provider.sign(audience, { claims: { sub, exp: Math.floor(Date.now() / 1000) - 27 } as never });

test("a client is who its token says", async () => {
  const [jane, anybody] = await Promise.all([connected(() => provider.token("jane", audience)), connected(() => undefined)]);
  const mine = jane.office.errand();
  await mine.begin({ title: "mine", isSecret: false });
  await expect(anybody.office.errand(mine.id).hide()).rejects.toMatchObject({ name: "NotAllowed" });
  await mine.hide();
  await expect(anybody.lists.secrets.read()).rejects.toMatchObject({ name: "NotAllowed" });
  expect(await jane.lists.secrets.read()).toMatchObject([{ title: "mine" }]);
});

test("a token is renewed before it ends, and what is observed goes on", async () => {
  const given: string[] = [];
  const jane = await connected(async () => {
    given.push("token");

    return shortLived("jane");
  });
  const titles: string[][] = [];
  const failures: Error[] = [];
  jane.lists.secrets
    .readAndObserve({ orderBy: { title: "ascending" } })
    .started((rows) => titles.push(rows.map(({ title }) => title)))
    .updated((rows) => titles.push(rows.map(({ title }) => title)))
    .failed((error) => failures.push(error));
  await expect.poll(() => given.length, { timeout: 15_000 }).toBeGreaterThan(2);
  await jane.office.errand().begin({ title: "other", isSecret: false });
  await expect.poll(() => titles.at(-1), { timeout: 5_000 }).toEqual(["mine", "other"]);
  expect(failures).toEqual([]);
});

test("one whose token is not believed is told so, at once", async () => {
  const began = Date.now();
  await expect(connect(server.url, { token: () => "nonsense" })).rejects.toMatchObject({
    name: "NotAllowed",
    problem: { type: "not-authenticated" },
  });
  expect(Date.now() - began).toBeLessThan(3_000);
});

test("one that gets no token says why", async () => {
  const connecting = connect(server.url, { timeout: 1_000, token: () => Promise.reject(new Error("The provider is on holiday.")) });
  await expect(connecting).rejects.toThrow("There is no token: The provider is on holiday.");
});

test("who logs in and out is somebody else from then on, on the same connection", async () => {
  let token: string | undefined;
  const client = await connected(() => token);
  const seen: number[] = [];
  const failures: Error[] = [];
  client.lists.errandsOfEverybody
    .readAndObserve()
    .started((rows) => seen.push(rows.length))
    .updated((rows) => seen.push(rows.length))
    .failed((error) => failures.push(error));
  await expect.poll(() => seen.length).toBe(1);
  token = await provider.token("bob", audience);
  await client.authenticate();
  await expect.poll(() => seen.at(-1)).toBeGreaterThan(seen[0]!);
  token = undefined;
  await client.authenticate();
  await expect.poll(() => seen.at(-1)).toBe(seen[0]!);
  token = "nonsense";
  await expect(client.authenticate()).rejects.toMatchObject({ problem: { type: "not-authenticated" } });
  expect(client.state).toBe("disconnected");
  expect(failures).toMatchObject([{ name: "NotAllowed" }]);
  token = undefined;
  await client.authenticate();
  expect(client.state).toBe("connected");
});
