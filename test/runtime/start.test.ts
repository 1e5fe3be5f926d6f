import { spawn, type ChildProcess } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { generate } from "selfsigned";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { certificateIn } from "../../runtime/http/certificate.ts";

const server = fileURLToPath(new URL("../../examples/chat/server/server.ts", import.meta.url));
const loadedModules = fileURLToPath(new URL("./loaded-modules.ts", import.meta.url));
const day = 24 * 60 * 60 * 1000;

let folder: string;
let store: string;
const running = new Set<ChildProcess>();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "wkgen-start-"));
  store = `sqlite:${join(folder, "chat.db")}`;
});

afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
  running.clear();
  rmSync(folder, { recursive: true });
});

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Started {
  readonly child: ChildProcess;
  readonly url: Promise<string>;
  readonly ended: Promise<Ended>;
}

function start(args: readonly string[], environment: Readonly<Record<string, string>> = {}, ofNode: readonly string[] = []): Started {
  const child = spawn(process.execPath, [...ofNode, server, ...args], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...process.env, ...environment },
  });
  running.add(child);
  let out = "";
  let err = "";
  child.stdout!.on("data", (chunk) => (out += chunk));
  child.stderr!.on("data", (chunk) => (err += chunk));
  const ended = once(child, "close").then(() => ({ code: child.exitCode, out, err }));
  const url = new Promise<string>((resolve, reject) => {
    child.on("message", (message: { readonly kind: string; readonly url: string }) => message.kind === "listening" && resolve(message.url));
    void ended.then(({ err: reason }) => reject(new Error(reason)));
  });
  url.catch(() => undefined);

  return { child, url, ended };
}

function textsIn(path: string): readonly string[] {
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });

  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => readFileSync(join(parentPath, name), "latin1"));
}

describe("started as a process", () => {
  test("it says where it is, once, as JSON in a pipe, and ends well when told", async () => {
    const { child, url, ended } = start(["--port", "0", "--store", store]);
    const address = await url;
    expect(address).toMatch(/^https:\/\/localhost:\d+$/);
    child.kill("SIGTERM");
    const { code, out, err } = await ended;

    expect([code, err]).toEqual([0, ""]);
    expect(
      out
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).msg),
    ).toEqual([`chat is running at ${address}`, "chat is ending."]);
  });

  test("it loads little, for that is most of the time to its first answer", async () => {
    const { child, url, ended } = start(["--port", "0", "--store", store, "--http"], {}, ["--import", loadedModules]);
    await url;
    child.kill("SIGTERM");
    const loaded = new Set((await ended).err.match(/(?<=^loaded file:).*$/gm));
    const ofRuntime = [...loaded].filter((path) => path.includes("/runtime/dist/"));
    const ofOthers = [...loaded].filter((path) => path.includes("/node_modules/"));

    expect(ofRuntime.length).toBeGreaterThan(5);
    expect(ofRuntime.length).toBeLessThan(60);
    expect(ofOthers.length).toBeGreaterThan(100);
    expect(ofOthers.length).toBeLessThan(220);
    expect(ofOthers.filter((path) => /\/(ajv|selfsigned|pg|jose|prom-client)\//.test(path))).toEqual([]);
  });

  test.each([
    ["http", ["--http"]],
    ["https", []],
  ])("a command that it has accepted by %s is answered before it ends", async (_, flags) => {
    const { child, url, ended } = start(["--port", "0", "--store", store, ...flags]);
    const address = await url;
    const agent = new (flags.length > 0 ? http : https).Agent({ keepAlive: true, maxSockets: 8, rejectUnauthorized: false });
    const sending = Array.from({ length: 200 }, (_, number) =>
      send(agent, `${address}/api/commands/communication/message/m${number}/send`),
    );
    await Promise.race(sending);
    child.kill("SIGINT");
    const accepted = (await Promise.all(sending)).filter((status) => status === 200).length;
    const began = Date.now();

    expect((await ended).code).toBe(0);
    expect(Date.now() - began).toBeLessThan(5_000);
    expect(accepted).toBeGreaterThan(0);
    const database = new DatabaseSync(join(folder, "chat.db"));
    expect(database.prepare("SELECT count(*) AS count FROM events").get()!.count).toBe(accepted);
    database.close();
    agent.destroy();
  });

  test("flags and the environment mean the same, and flags win", async () => {
    const environment = { WKGEN_PORT: "1", WKGEN_HTTP: "1", WKGEN_STORE: store, WKGEN_HOST: "127.0.0.1", WKGEN_DEV: "1" };
    const address = await start(["--port", "0"], environment).url;

    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:(?!1$)\d+$/);
    expect((await fetch(`${address}/studio/`)).status).toBe(200);
  });

  test.each([
    ["is kept for the next start", () => join(folder, "cache"), true],
    ["need not be kept", () => join(server, "cache"), false],
  ])("what is compiled %s", async (_, cache, isKept) => {
    const { start: script } = JSON.parse(readFileSync(join(server, "../../package.json"), "utf8")).scripts;
    const [, ...ofNode] = script.split(" ").slice(0, -1);
    const { child, url, ended } = start(["--port", "0", "--http", "--store", store], { NODE_COMPILE_CACHE: cache() }, ofNode);
    await url;
    child.kill("SIGTERM");

    expect((await ended).code).toBe(0);
    expect(existsSync(cache())).toBe(isKept);
    // The one of the generated TypeScript as it was stripped is kept as a text.
    if (isKept) expect(textsIn(cache()).some((text) => text.includes("export const chat"))).toBe(true);
  });

  test("what it was told is there after a restart", async () => {
    const first = start(["--port", "0", "--http", "--store", store]);
    await fetch(`${await first.url}/api/commands/communication/message/m1/send`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"text":"remember"}',
    });
    first.child.kill("SIGTERM");
    await first.ended;

    const second = start(["--port", "0", "--http", "--store", store]);
    const answer = await fetch(`${await second.url}/api/lists/messages?after=1`);
    expect(await answer.json()).toMatchObject({ rows: [{ id: "m1", text: "remember" }] });
  });

  test("--help tells what there is", async () => {
    const { code, out } = await start(["--help"]).ended;

    expect(code).toBe(0);
    for (const flag of ["--port", "--host", "--http", "--store", "--dev", "WKGEN_PORT"]) expect(out).toContain(flag);
  });
});

/** The answer's status; undefined where the connection ended without one. */
function send(agent: http.Agent | https.Agent, url: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const { request } = url.startsWith("https") ? https : http;
    const asked = request(url, { method: "POST", agent, headers: { "content-type": "application/json" } }, (response) => {
      response.resume().on("end", () => resolve(response.statusCode));
    });
    asked.on("error", () => resolve(undefined)).end('{"text":"last words"}');
  });
}

describe("what keeps it from starting is told in one sentence, with a cure, and no stack", () => {
  async function failing(args: readonly string[], code: number, ...sentences: readonly string[]): Promise<void> {
    const ended = await start(args).ended;

    expect([ended.code, ended.out]).toEqual([code, ""]);
    expect(ended.err.trim().split("\n")).toHaveLength(1);
    const said = code === 1 ? JSON.parse(ended.err) : { level: 50, msg: ended.err };
    expect(said).toMatchObject({ level: 50 });
    for (const sentence of sentences) expect(said.msg).toContain(sentence);
  }

  test("a port in use", async () => {
    const other = createServer().listen(0, "localhost");
    await once(other, "listening");
    const { port } = other.address() as { port: number };
    await failing(["--port", String(port), "--store", store], 1, `Port ${port} is in use already.`, `--port ${port + 1}`);
    await failing(
      ["--port", "0", "--metrics", String(port), "--store", store],
      1,
      `Port ${port} is in use already.`,
      `--metrics ${port + 1}`,
    );
    other.close();
  });

  test("a locked database", { timeout: 30_000 }, async () => {
    const database = new DatabaseSync(join(folder, "chat.db"));
    database.exec("BEGIN EXCLUSIVE");
    await failing(["--port", "0", "--store", store], 1, "chat.db is locked by another process.", "Stop the process that holds it");
    database.close();
  });

  test("a file that is no database", async () => {
    writeFileSync(join(folder, "chat.db"), "Dear diary, today nothing happened. ".repeat(100));
    await failing(["--port", "0", "--store", store], 1, "chat.db is not a database.");
  });

  test("lists that are no database", async () => {
    writeFileSync(join(folder, "chat.lists.db"), "Dear diary, today nothing happened. ".repeat(100));
    await failing(["--port", "0", "--store", store], 1, "chat.lists.db cannot be used.", "the lists are made again from the event log");
  });

  test("a folder that cannot be made", () =>
    failing(["--port", "0", "--store", "sqlite:/proc/nowhere/chat.db"], 1, "The folder /proc/nowhere cannot be made"));

  test("a file in the place of the folder for data", async () => {
    const data = join(folder, "data");
    writeFileSync(data, "no folder");
    await failing(
      ["--port", "0", "--store", `sqlite:${join(data, "chat.db")}`],
      1,
      `${data} is a file, and has to be a folder`,
      "Move that file",
    );
  });

  test("a damaged certificate", async () => {
    writeFileSync(join(folder, "certificate.pem"), "nonsense");
    writeFileSync(join(folder, "private-key.pem"), "nonsense");
    await failing(["--port", "0", "--store", store], 1, `The certificate in ${folder} is damaged.`, "Remove certificate.pem");
  });

  test("half a certificate", async () => {
    writeFileSync(join(folder, "private-key.pem"), "nonsense");
    await failing(["--port", "0", "--store", store], 1, "lacks its certificate.pem");
  });

  test("a certificate that is a folder", async () => {
    mkdirSync(join(folder, "private-key.pem"));
    await failing(["--port", "0", "--store", store], 1, "private-key.pem cannot be read (EISDIR)");
  });

  test.each([
    [["--port", "many"], "The port has to be a number from 0 to 65535"],
    [["--prot", "1"], "Unknown option '--prot'"],
    [["--store", "mysql:x"], "it has to be sqlite:FILE"],
    [["somewhere"], "Unexpected argument 'somewhere'"],
  ])("%j", (args, sentence) => failing(args, 2, sentence, "--help"));
});

describe("a certificate", () => {
  const hosts = ["localhost"];

  test("is made once, for this machine, and kept for its owner only", async () => {
    const made = await certificateIn(folder, ["chat.local"], Date.now());
    const { subjectAltName, validTo } = new X509Certificate(made.cert);

    expect(subjectAltName).toContain("DNS:localhost, IP Address:127.0.0.1");
    expect(subjectAltName).toContain("DNS:chat.local");
    expect(Date.parse(validTo) - Date.now()).toBeGreaterThan(300 * day);
    expect(await certificateIn(folder, hosts, Date.now())).toEqual(made);
  });

  test("of our own is renewed when it has ended", async () => {
    const made = await certificateIn(folder, hosts, Date.now() - 400 * day);
    const renewed = await certificateIn(folder, hosts, Date.now());

    expect(renewed.cert).not.toBe(made.cert);
    expect(Date.parse(new X509Certificate(renewed.cert).validTo)).toBeGreaterThan(Date.now());
  });

  test("of somebody else is theirs to renew", async () => {
    const notAfterDate = new Date(Date.now() - day);
    const theirs = await generate([{ name: "commonName", value: "chat.example" }], {
      keyType: "ec",
      notBeforeDate: new Date(0),
      notAfterDate,
    });
    writeFileSync(join(folder, "certificate.pem"), theirs.cert);
    writeFileSync(join(folder, "private-key.pem"), theirs.private);

    await expect(certificateIn(folder, hosts, Date.now())).rejects.toThrow("ended on");
    expect(readFileSync(join(folder, "certificate.pem"), "utf8")).toBe(theirs.cert);
  });

  test("that does not belong to its key is refused", async () => {
    await certificateIn(folder, hosts, Date.now());
    const other = await generate([], { keyType: "ec" });
    chmodSync(join(folder, "private-key.pem"), 0o600);
    writeFileSync(join(folder, "private-key.pem"), other.private);

    await expect(certificateIn(folder, hosts, Date.now())).rejects.toThrow("does not belong to the private key");
  });
});
