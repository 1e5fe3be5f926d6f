import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const server = fileURLToPath(new URL("../../../examples/chat/server/server.ts", import.meta.url));
const tracing = fileURLToPath(new URL("./print-spans.ts", import.meta.url));

/** The chat as a process, while `use` uses it; what it printed. */
async function running(
  args: readonly string[],
  node: readonly string[],
  use: (url: string, metrics: string) => Promise<void>,
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "wkgen-observed-"));
  const store = `sqlite:${join(folder, "chat.db")}`;
  const child = spawn(process.execPath, [...node, server, "--http", "--port", "0", "--host", "127.0.0.1", "--store", store, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(child, "exit");
  let said = "";
  const listening = new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => {
        said += text;
        const url = /running at (http:[^"\s]+)/.exec(said)?.[1];
        if (url) resolve(url);
      });
    void exited.then(() => reject(new Error(said)));
  });
  try {
    const url = await listening;
    await use(url, /read at (http:[^"\s]+)/.exec(said)?.[1] ?? "");
  } finally {
    child.kill("SIGTERM");
    await exited;
    rmSync(folder, { recursive: true });
  }

  return said;
}

const send = (url: string, id: string, command: string, data: object = {}) =>
  fetch(`${url}/api/commands/communication/message/${id}/${command}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(data),
  });

test("Prometheus reads what is measured, on a port of its own", async () => {
  await running(["--metrics", "0"], [], async (url, metrics) => {
    await send(url, "m1", "send", { text: "secret words" });
    await send(url, "m1", "like");
    await send(url, "m2", "send", { text: "" });
    await send(url, "m1", "burn");
    await send(url, "m1", "burn/../x");
    await fetch(`${url}/api/lists/messages?after=2`);
    const text = await (await fetch(metrics)).text();

    expect(text).toContain('wkgen_commands_total{command="communication.message.send",outcome="handled"} 1');
    expect(text).toContain('wkgen_commands_total{command="communication.message.like",outcome="handled"} 1');
    expect(text).toContain('wkgen_commands_total{command="communication.message.send",outcome="rejected"} 1');
    expect(text).toContain('wkgen_commands_total{command="unknown",outcome="unknown-command"} 2');
    expect(text).toContain('wkgen_command_duration_seconds_count{command="communication.message.send"} 2');
    expect(text).toContain("wkgen_log_position 2");
    expect(text).toContain('wkgen_list_lag_events{list="messages"} 0');
    expect(text).toContain("wkgen_observers 0");
    expect(text).toContain("wkgen_up 1");
    expect(text).toContain("nodejs_eventloop_lag_seconds");
    expect(text).not.toMatch(/secret words|m1|burn/);
    expect((await fetch(`${url}/metrics`)).status).toBe(404);
    expect((await fetch(new URL("/", metrics))).status).toBe(404);
  });
});

test("without the option nothing is measured, and nothing listens", async () => {
  const said = await running([], [], async (url) => expect((await fetch(`${url}/metrics`)).status).toBe(404));
  expect(said).not.toContain("measured");
});

test("commands have spans where OpenTelemetry is set up, without what they say", async () => {
  const said = await running([], ["--import", tracing], async (url) => {
    await send(url, "m1", "send", { text: "secret words" });
    await send(url, "m2", "send", { text: "" });
  });
  const spans = [...said.matchAll(/^span (.*)$/gm)].map((match) => JSON.parse(match[1]!) as unknown);

  expect(spans).toEqual([
    {
      name: "command communication.message.send",
      attributes: { "wkgen.outcome": "handled", "wkgen.position": 1, "wkgen.events": ["sent"] },
    },
    { name: "command communication.message.send", attributes: { "wkgen.outcome": "rejected" } },
  ]);
  expect(said).not.toContain("secret words");
});
