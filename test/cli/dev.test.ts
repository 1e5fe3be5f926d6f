import { spawn } from "node:child_process";
import { appendFileSync, copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Going, inFolder, run } from "./cli.ts";

const model = join(import.meta.dirname, "../../examples/chat/chat.domain");
const address = /https:\/\/[^\s"]+?:\d+/;

/** A model alone in an empty folder: no package.json, nothing installed. */
async function inBareFolder(work: (folder: string) => Promise<void>) {
  await inFolder(async (folder) => {
    copyFileSync(model, join(folder, "chat.domain"));
    await work(folder);
  });
}

interface Answer {
  readonly status: number | undefined;
  readonly body: unknown;
}

/** The certificate is the machine's own; who made it is not what is tested here. */
function ask(url: string, method = "GET", data?: unknown, agent: Agent | false = false): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request(
      url,
      { method, rejectUnauthorized: false, agent, headers: { "content-type": "application/json" } },
      (response) => {
        let text = "";
        response.on("data", (chunk: Buffer) => (text += chunk.toString()));
        response.on("end", () => resolve({ status: response.statusCode, body: text === "" ? undefined : (JSON.parse(text) as unknown) }));
      },
    );
    // As browsers do: where a connection that was used before is closed just now, they ask on another one.
    asking.on("error", (error) => (asking.reusedSocket ? ask(url, method, data, agent).then(resolve, reject) : reject(error)));
    asking.end(data === undefined ? undefined : JSON.stringify(data));
  });
}

const urlIn = async (going: Going, from = 0) => (await going.until(address, from))[0];
const sent = (url: string, text: string, agent?: Agent) =>
  ask(`${url}/api/commands/communication/message/${crypto.randomUUID()}/send`, "POST", { text }, agent);
const texts = async (url: string, query = "") =>
  ((await ask(`${url}/api/lists/messages${query}`)).body as { readonly rows: readonly { readonly text: string }[] }).rows.map(
    (row) => row.text,
  );

describe("wkgen dev", () => {
  test("on a bare model builds, runs, and answers over HTTPS; Ctrl-C ends it, and nothing stays behind", async () => {
    await inBareFolder(async (cwd) => {
      const dev = new Going(["dev", "chat.domain", "--port", "0"], { cwd });
      const url = await urlIn(dev);
      expect(await sent(url, "hey")).toMatchObject({ status: 200 });
      expect(dev.said).toMatch(/^\d\d:\d\d:\d\d ✓ 6 files, 6 changed, \d+ ms$/m);
      expect(dev.said).toContain(`${url}/studio/`);
      expect(dev.said).not.toContain("\u001b");
      const { out, code } = await dev.end("SIGINT");
      expect([code, out.trim().split("\n").at(-1)]).toEqual([0, "Ending."]);
      expect(out).not.toContain('{"level"');
      await expect(ask(`${url}/api/lists/messages`)).rejects.toThrow();
    });
  });

  test("tells who speaks http where https is spoken", async () => {
    await inBareFolder(async (cwd) => {
      const dev = new Going(["dev", "--port", "0"], { cwd });
      const url = await urlIn(dev);
      const answer = await fetch(url.replace("https:", "http:"));
      expect([answer.status, await answer.text()]).toEqual([400, `This address speaks https: ${url}\n`]);
      expect(await sent(url, "hey")).toMatchObject({ status: 200 });
      await dev.end();
    });
  });

  test("goes on with the last good application while the model is wrong, and recovers alone", async () => {
    await inBareFolder(async (cwd) => {
      const path = join(cwd, "chat.domain");
      const good = readFileSync(path, "utf8");
      const dev = new Going(["dev", "--port", "0"], { cwd });
      const url = await urlIn(dev);
      await sent(url, "before");

      writeFileSync(path, good.replace("publish sent with text", "publish snet with text"));
      await dev.until(/✗ 1 error; the last good application keeps running/);
      expect(dev.said).toContain("snet");
      expect(dev.said).toContain("chat.domain:13:15");
      await sent(url, "meanwhile");

      const before = dev.said.length;
      writeFileSync(path, good.replaceAll("Text is missing.", "Say something."));
      const renewed = await urlIn(dev, before);
      expect(await sent(renewed, "")).toMatchObject({ status: 422, body: { detail: "Say something." } });
      expect((await texts(renewed)).sort()).toEqual(["before", "meanwhile"]);
      await dev.end();
    });
  });

  test("nobody is refused, and nothing is lost, while it restarts", { timeout: 90_000 }, async () => {
    await inBareFolder(async (cwd) => {
      const path = join(cwd, "chat.domain");
      const good = readFileSync(path, "utf8");
      const dev = new Going(["dev", "--port", "0"], { cwd });
      const url = await urlIn(dev);
      const { port } = new URL(url);
      const kept = new Agent({ keepAlive: true, maxSockets: 2 });
      let isOver = false;
      const told: string[] = [];
      const talk = async (say: (text: string) => Promise<Answer>) => {
        while (!isOver && told.length < 5_000) {
          const text = crypto.randomUUID();
          expect(await say(text)).toMatchObject({ status: 200 });
          told.push(text);
        }
      };
      const talking = [
        talk((text) => sent(url, text)),
        talk((text) => sent(`https://127.0.0.1:${port}`, text)),
        talk((text) => sent(url, text, kept)),
      ];

      for (const sentence of ["Say something.", "Say anything.", "What?"]) {
        writeFileSync(path, good.replaceAll("Text is missing.", sentence));
        await expect.poll(() => sent(url, ""), { timeout: 20_000 }).toMatchObject({ status: 422, body: { detail: sentence } });
      }
      isOver = true;
      await Promise.all(talking);
      kept.destroy();

      const missing = async () => {
        const found = new Set<string>();
        for (let skip = 0; skip <= told.length; skip += 1_000)
          for (const text of await texts(url, `?take=1000&skip=${skip}`)) found.add(text);
        return told.filter((text) => !found.has(text));
      };
      await expect.poll(missing, { timeout: 20_000 }).toEqual([]);
      expect(dev.said).not.toContain("ended");
      await dev.end();
    });
  });

  test("goes on with the last good application while code written by hand cannot be loaded", async () => {
    await inFolder(async (cwd) => {
      copyFileSync(join(import.meta.dirname, "../emitters/golden/coded/coded.domain"), join(cwd, "coded.domain"));
      const dev = new Going(["dev", "--port", "0"], { cwd });
      const url = await urlIn(dev);
      const code = join(cwd, "server/writeModel/communication/message.code.ts");
      const good = readFileSync(code, "utf8");
      writeFileSync(code, `${good}throw new Error("Not yet.");\n`);
      await dev.until(/cannot be loaded; the last good application keeps running/);
      expect(await ask(`${url}/health/live`)).toMatchObject({ status: 200 });
      writeFileSync(code, good);
      await dev.until(/is running at .* is running at /s);
      expect(await ask(`${url}/health/live`)).toMatchObject({ status: 200 });
      await dev.end();
    });
  });

  test("a comment changes nothing, and restarts nothing", async () => {
    await inBareFolder(async (cwd) => {
      const dev = new Going(["dev", "--port", "0"], { cwd });
      const url = await urlIn(dev);
      const before = dev.said.length;
      appendFileSync(join(cwd, "chat.domain"), "# nothing\n");
      await dev.until(/✓ 6 files, none changed/, before);
      expect(await sent(url, "still here")).toMatchObject({ status: 200 });
      await dev.end();
    });
  });

  test("begins with a model that is wrong, and runs once it is right", async () => {
    await inBareFolder(async (cwd) => {
      const path = join(cwd, "chat.domain");
      const good = readFileSync(path, "utf8");
      writeFileSync(path, good.replace("aggregate", "agregate"));
      const dev = new Going(["dev", "--port", "0"], { cwd });
      await dev.until(/✗/);
      expect(existsSync(join(cwd, "server"))).toBe(false);
      writeFileSync(path, good);
      expect(await sent(await urlIn(dev), "hey")).toMatchObject({ status: 200 });
      await dev.end();
    });
  });

  test("a port in use is one sentence, and exit code 1", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "localhost", resolve));
    await inBareFolder(async (cwd) => {
      const { port } = taken.address() as AddressInfo;
      const { code, err } = await run(["dev", "--port", String(port)], { cwd });
      expect(code).toBe(1);
      expect(err).toContain(String(port));
      expect(err).not.toMatch(/^\s+at /m);
    });
    taken.close();
  });

  test("is killed, and the application goes with it", async () => {
    await inBareFolder(async (cwd) => {
      const dev = new Going(["dev", "--port", "0"], { cwd });
      const url = await urlIn(dev);
      void dev.end("SIGKILL");
      await expect
        .poll(
          () =>
            ask(`${url}/api/lists/messages`).then(
              () => "alive",
              () => "gone",
            ),
          { timeout: 10_000 },
        )
        .toBe("gone");
    });
  });
});

test("wkgen build --watch builds again at every change", async () => {
  await inBareFolder(async (cwd) => {
    const watching = new Going(["build", "--watch"], { cwd });
    await watching.until(/✓ 6 files, 6 changed/);
    const path = join(cwd, "chat.domain");
    writeFileSync(path, readFileSync(path, "utf8").replaceAll("Text is missing.", "Say something."));
    await watching.until(/✓ 6 files, 2 changed/);
    expect(readFileSync(join(cwd, "server/writeModel/communication/message.ts"), "utf8")).toContain("Say something.");
    expect(await watching.end("SIGTERM")).toMatchObject({ code: 0 });
  });
});

test("wkgen start runs what was built, and says so where nothing was", async () => {
  await inBareFolder(async (cwd) => {
    expect(await run(["start"], { cwd })).toMatchObject({ code: 1, err: expect.stringContaining("wkgen build") as string });
    await run(["build"], { cwd });
    const started = new Going(["start", "--port", "0"], { cwd });
    expect(await sent(await urlIn(started), "hey")).toMatchObject({ status: 200 });
    expect(await started.end("SIGTERM")).toMatchObject({ code: 0 });
  });
});

test("wkgen start says so where the model is not what was built, and runs what was built", { timeout: 60_000 }, async () => {
  await inBareFolder(async (cwd) => {
    const path = join(cwd, "chat.domain");
    const good = readFileSync(path, "utf8");
    await run(["build"], { cwd });
    const saidWith = async (model: string) => {
      writeFileSync(path, model);
      const started = new Going(["start", "--port", "0"], { cwd });
      expect(await sent(await urlIn(started), "hey")).toMatchObject({ status: 200 });
      await started.end("SIGTERM");
      return started.said
        .trim()
        .split("\n")
        .map((line) => (JSON.parse(line) as { readonly msg: string }).msg)
        .join("\n");
    };

    expect(await saidWith(`${good}# nothing\n`)).not.toContain("does not match");
    const stale = await saidWith(good.replaceAll("Text is missing.", "Say something."));
    expect(stale).toMatch(/does not match the model, and is what runs\. Stale: server\/.*message\.ts.*wkgen build/);
    expect(await saidWith(good.replace("with text", "with txet"))).toMatch(/does not match .* errors\. See what they are: wkgen check/);
  });
});

test("the example runs by node alone", async () => {
  const server = join(import.meta.dirname, "../../examples/chat/server/server.ts");
  await inFolder(async (cwd) => {
    const child = spawn(process.execPath, [server, "--port", "0", "--store", `sqlite:${join(cwd, "chat.db")}`], { cwd });
    const url = await new Promise<string>((resolve) =>
      child.stdout.on("data", (chunk: Buffer) => address.test(chunk.toString()) && resolve(address.exec(chunk.toString())?.[0] ?? "")),
    );
    expect(await sent(url, "hey")).toMatchObject({ status: 200 });
    child.kill("SIGTERM");
    await new Promise((resolve) => child.on("close", resolve));
  });
});
