import { formWith, right } from "./wrong-values.ts";

const json = { "content-type": "application/json" };
const fill = "/api/commands/desk/form/bad/fill";
const good = JSON.stringify(right);
const where = (condition: string) => `/api/lists/filled?where=${encodeURIComponent(condition)}`;
const orderBy = (order: string) => `/api/lists/filled?orderBy=${encodeURIComponent(order)}`;

export interface Asked {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

type Case = readonly [name: string, asked: Asked, status: number, type: string];

const post = (body: string | Buffer, headers: Readonly<Record<string, string>> = json, path = fill): Asked => ({
  path,
  method: "POST",
  headers,
  body,
});
const get = (path: string, headers: Readonly<Record<string, string>> = {}): Asked => ({ path, headers });

const bodies: readonly Case[] = [
  ["no body", post(""), 400, "not-valid"],
  ["half a body", post(good.slice(0, -5)), 400, "malformed"],
  ["two bodies", post(good + good), 400, "malformed"],
  ["a comma too many", post(good.replace(/}$/, ",}")), 400, "malformed"],
  ["single quotes", post(good.replaceAll('"', "'")), 400, "malformed"],
  ["a comment", post(`// form\n${good}`), 400, "malformed"],
  ["NaN", post(formWith("weight", "NaN")), 400, "malformed"],
  ["a number with leading zeros", post(formWith("pages", "007")), 400, "malformed"],
  ["undefined", post("undefined"), 400, "malformed"],
  ["null", post("null"), 400, "not-valid"],
  ["a list", post(`[${good}]`), 400, "not-valid"],
  ["a text", post(JSON.stringify(good)), 400, "not-valid"],
  ["a number", post("7"), 400, "not-valid"],
  ["bytes that are no UTF-8", post(Buffer.from(good.replace("Jane", "Jan\xff"), "latin1")), 400, "malformed"],
  [
    "a surrogate in UTF-8",
    post(Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('"}')])),
    400,
    "malformed",
  ],
  ["an overlong NUL", post(Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xc0, 0x80]), Buffer.from('"}')])), 400, "malformed"],
  ["UTF-16", post(Buffer.from(good, "utf16le")), 400, "malformed"],
  ["a zip bomb", post(Buffer.from("1f8b0800000000000003", "hex"), { ...json, "content-encoding": "gzip" }), 400, "malformed"],
  ["a form", post("name=Jane", { "content-type": "application/x-www-form-urlencoded" }), 400, "malformed"],
  [
    "XML with an entity",
    post('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>', { "content-type": "application/xml" }),
    400,
    "malformed",
  ],
  ["no type", post(good, {}), 400, "malformed"],
  ["a type that is none", post(good, { "content-type": "json" }), 400, "malformed"],
  ["a type that looks like JSON", post(good, { "content-type": "application/json-patch" }), 400, "malformed"],
  ["more than a mebibyte", post(formWith("extra", JSON.stringify("x".repeat(1024 * 1024)))), 413, "too-large"],
  ["a hundred thousand fields", post(`{${Array.from({ length: 80_000 }, (_, index) => `"f${index}":1`).join(",")}}`), 400, "not-valid"],
  ["a field that nobody knows", post(formWith("admin", "true")), 400, "not-valid"],
  ["a field of every object", post(formWith("toString", '"x"')), 400, "not-valid"],
  ["a field called constructor", post(formWith("constructor", '"x"')), 400, "not-valid"],
  ["a field with an empty name", post(formWith("", "1")), 400, "not-valid"],
  ["SQL as a field", post(formWith("name'; DROP TABLE events; --", "1")), 400, "not-valid"],
  ["SQL as a code", post(formWith("code", `"'; DROP TABLE events; --"`)), 400, "not-valid"],
  ["a pattern that could take forever", post(formWith("mail", JSON.stringify(`${"a.".repeat(40_000)}@`))), 400, "not-valid"],
  ["a list that is deep", post(`{"extra":${"[".repeat(200_000)}${"]".repeat(200_000)}}`), 400, "malformed"],
  ["an object that is deep", post(`${'{"a":'.repeat(60_000)}1${"}".repeat(60_000)}`), 400, "malformed"],
  ["the same field twice, the second one wrong", post(good.replace(/}$/, ',"pages":"x"}')), 400, "not-valid"],
];

const ways: readonly Case[] = [
  ["a command that is not there", post(good, json, "/api/commands/desk/form/bad/fil"), 404, "unknown-command"],
  ["an event as a command", post(good, json, "/api/commands/desk/form/bad/filled"), 404, "unknown-command"],
  ["constructor as a command", post("{}", json, "/api/commands/desk/form/bad/constructor"), 404, "unknown-command"],
  ["__proto__ as a command", post("{}", json, "/api/commands/desk/form/bad/__proto__"), 404, "unknown-command"],
  ["__proto__ as an aggregate", post("{}", json, "/api/commands/desk/__proto__/bad/fill"), 404, "unknown-command"],
  ["__proto__ as a context", post("{}", json, "/api/commands/__proto__/form/bad/fill"), 404, "unknown-command"],
  ["hasOwnProperty as a context", post("{}", json, "/api/commands/hasOwnProperty/form/bad/fill"), 404, "unknown-command"],
  ["names with dots", post("{}", json, "/api/commands/desk.form/fill/bad/x"), 404, "unknown-command"],
  ["an id that is empty", post(good, json, "/api/commands/desk/form//fill"), 400, "not-valid"],
  ["an id with NUL", post(good, json, "/api/commands/desk/form/%00/fill"), 400, "not-valid"],
  ["an id with a line break", post(good, json, "/api/commands/desk/form/a%0d%0ab/fill"), 400, "not-valid"],
  ["an id that is too long", post(good, json, `/api/commands/desk/form/${"i".repeat(201)}/fill`), 400, "not-valid"],
  ["an id that is far too long", post(good, json, `/api/commands/desk/form/${"i".repeat(5_000)}/fill`), 400, "malformed"],
  ["an id that is no UTF-8", post(good, json, "/api/commands/desk/form/%ff/fill"), 400, "malformed"],
  ["half an escape", post(good, json, "/api/commands/desk/form/%e/fill"), 400, "malformed"],
  ["a way up", post(good, json, "/api/commands/desk/form/../../../etc/passwd"), 404, "not-found"],
  ["a level too few", post(good, json, "/api/commands/desk/form/fill"), 404, "not-found"],
  ["a level too many", post(good, json, "/api/commands/desk/form/bad/fill/more"), 404, "not-found"],
  ["reading a command", get(fill), 405, "wrong-method"],
  ["putting a command", { ...post(good), method: "PUT" }, 405, "wrong-method"],
  ["deleting a command", { path: fill, method: "DELETE" }, 405, "wrong-method"],
  ["writing to a list", post("{}", json, "/api/lists/filled"), 405, "wrong-method"],
  ["writing to the events", post("{}", json, "/api/events"), 405, "wrong-method"],
  ["tracing", { path: fill, method: "TRACE" }, 405, "wrong-method"],
  ["files of the server", get("/server/server.ts"), 404, "not-found"],
  ["a way up to files", get("/../server/server.ts"), 404, "not-found"],
  ["a way up, encoded", get("/%2e%2e/%2e%2e/etc/passwd"), 404, "not-found"],
  ["a way up, encoded twice", get("/%252e%252e/etc/passwd"), 404, "not-found"],
  ["a way up, with backslashes", get("/..%5c..%5cetc%5cpasswd"), 404, "not-found"],
  ["a way up from the SDK", get("/@wkgen/runtime/..%2fstart.js"), 404, "not-found"],
  ["the server's half of the runtime", get("/@wkgen/runtime/start.js"), 404, "not-found"],
  ["hidden files", get("/.env"), 404, "not-found"],
  ["the log itself", get("/data/forms.db"), 404, "not-found"],
  ["the studio, outside of development", get("/studio/"), 404, "not-found"],
  ["the login of development", get("/dev/login"), 404, "not-found"],
  ["a token of development", post('{"name":"jane"}', json, "/dev/login"), 404, "not-found"],
  ["an address that is long", get(`/${"x".repeat(8_000)}`), 404, "not-found"],
];

const headers: readonly Case[] = [
  ["an empty key", post(good, { ...json, "idempotency-key": "" }), 400, "malformed"],
  ["a key that is too long", post(good, { ...json, "idempotency-key": "k".repeat(201) }), 400, "malformed"],
  ["a key with tabs", post(good, { ...json, "idempotency-key": "a\tb" }), 400, "not-valid"],
  ["another origin", post(good, { ...json, origin: "https://evil.example" }), 403, "not-allowed"],
  ["no origin's origin", post(good, { ...json, origin: "null" }), 403, "not-allowed"],
  ["an origin that is none", post(good, { ...json, origin: "://" }), 403, "not-allowed"],
  ["a file's origin", post(good, { ...json, origin: "file://" }), 403, "not-allowed"],
  ["our host as a user's name", post(good, { ...json, origin: "https://127.0.0.1@evil.example" }), 403, "not-allowed"],
  [
    "a proxy's words, where there is none",
    post(good, { ...json, origin: "https://evil.example", "x-forwarded-host": "evil.example" }),
    403,
    "not-allowed",
  ],
  ["another method in a header", get(fill, { "x-http-method-override": "POST" }), 405, "wrong-method"],
];

const questions: readonly Case[] = [
  ["a list that is not there", get("/api/lists/fill"), 404, "unknown-list"],
  ["a table of the database", get("/api/lists/sqlite_master"), 404, "unknown-list"],
  ["SQL as a list", get("/api/lists/filled%27;%20DROP%20TABLE%20filled;--"), 404, "unknown-list"],
  ["__proto__ as a list", get("/api/lists/__proto__"), 404, "unknown-list"],
  ["an empty list", get("/api/lists/"), 404, "unknown-list"],
  ["a list that is for others", get("/api/lists/hidden"), 403, "not-allowed"],
  ["a list that is for others, with a wrong question", get("/api/lists/hidden?where=%7B%22x%22:1%7D"), 403, "not-allowed"],
  ["SQL as a field", get(where('{"name\\" OR 1=1 --":"x"}')), 400, "not-valid"],
  ["SQL as an order", get(orderBy('{"name; DROP TABLE filled":"ascending"}')), 400, "not-valid"],
  ["SQL as a direction", get(orderBy('{"name":"ascending; DROP TABLE filled"}')), 400, "not-valid"],
  ["SQL as an operator", get(where('{"name":{"= 1 OR 1":"x"}}')), 400, "not-valid"],
  ["a column of the database", get(where('{"rowid":1}')), 400, "not-valid"],
  ["a prototype", get(where('{"__proto__":{"name":"x"}}')), 400, "malformed"],
  ["a constructor", get(where('{"constructor":{"name":"x"}}')), 400, "not-valid"],
  ["an operator of every object", get(where('{"name":{"hasOwnProperty":"x"}}')), 400, "not-valid"],
  ["a text for a number", get(where('{"pages":"7"}')), 400, "not-valid"],
  ["a number for a text", get(where('{"name":7}')), 400, "not-valid"],
  ["an object for a text", get(where('{"name":{"is":{"x":1}}}')), 400, "not-valid"],
  ["a list for a text", get(where('{"name":["x"]}')), 400, "not-valid"],
  ["a huge number", get(where('{"pages":{"lessThan":1e400}}')), 400, "not-valid"],
  ["a text that is no time", get(where('{"sentAt":"yesterday"}')), 400, "not-valid"],
  ["parts of a list as a text", get(where('{"tags":"a"}')), 400, "not-valid"],
  ["a text for a list of values", get(where('{"name":{"in":"x"}}')), 400, "not-valid"],
  ["something in the list of values", get(where('{"name":{"in":[{"x":1}]}}')), 400, "not-valid"],
  ["nothing to compare with", get(where('{"pages":{"lessThan":null}}')), 400, "not-valid"],
  ["and without a list", get(where('{"and":{"name":"x"}}')), 400, "not-valid"],
  ["not without an object", get(where('{"not":[1]}')), 400, "not-valid"],
  ["conditions that are deep", get(where(`${'{"not":'.repeat(20)}{}${"}".repeat(20)}`)), 400, "not-valid"],
  ["conditions that are far too deep", get(where(`${'{"not":'.repeat(200)}{}${"}".repeat(200)}`)), 400, "malformed"],
  ["conditions that are many", get(where(`{"or":[${Array.from({ length: 300 }, () => '{"name":"x"}').join(",")}]}`)), 400, "not-valid"],
  ["a condition that is a list", get(where("[]")), 400, "not-valid"],
  ["a condition that is null", get(where("null")), 400, "not-valid"],
  ["half a condition", get(where('{"name":')), 400, "malformed"],
  ["take nothing", get("/api/lists/filled?take=0"), 400, "not-valid"],
  ["take less than nothing", get("/api/lists/filled?take=-1"), 400, "not-valid"],
  ["take everything", get("/api/lists/filled?take=1000000000"), 400, "not-valid"],
  ["take a number that is none", get("/api/lists/filled?take=1e3"), 400, "not-valid"],
  ["take a number that is too large", get(`/api/lists/filled?take=${"9".repeat(400)}`), 400, "not-valid"],
  ["take twice", get("/api/lists/filled?take=1&take=2"), 400, "not-valid"],
  ["skip too many", get("/api/lists/filled?skip=1000001"), 400, "not-valid"],
  ["after what never was", get("/api/lists/filled?after=-1"), 400, "malformed"],
  ["after a number that is too large", get(`/api/lists/filled?after=${"9".repeat(30)}`), 400, "malformed"],
  ["after twice", get("/api/lists/filled?after=1&after=2"), 400, "malformed"],
  ["a parameter that is not there", get("/api/lists/filled?limit=1"), 400, "malformed"],
  ["a token in the address", get("/api/lists/hidden?token=x"), 400, "malformed"],
  ["an access token in the address", get("/api/lists/hidden?access_token=x"), 400, "malformed"],
  ["events by what is no filter", get("/api/events?where=1"), 400, "malformed"],
  ["events after what is no number", get("/api/events?after=x"), 400, "malformed"],
  ["events after less than nothing", get("/api/events?after=-1"), 400, "malformed"],
  ["events after infinity", get("/api/events?after=Infinity"), 400, "malformed"],
  ["events by two names", get("/api/events?name=a&name=b"), 400, "malformed"],
  ["events after an id that is none", get("/api/events", { "last-event-id": "x" }), 400, "malformed"],
];

/** What a stranger asks over HTTP, and the problem that is the answer. */
export const requests: readonly Case[] = [
  ...bodies.map(([name, ...rest]) => [`the body: ${name}`, ...rest] as const),
  ...ways.map(([name, ...rest]) => [`the way: ${name}`, ...rest] as const),
  ...headers.map(([name, ...rest]) => [`the header: ${name}`, ...rest] as const),
  ...questions.map(([name, ...rest]) => [`the question: ${name}`, ...rest] as const),
];
