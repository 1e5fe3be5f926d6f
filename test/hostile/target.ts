import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { request as requestHttp } from "node:http";
import { connect as connectTcp, type Socket as TcpSocket } from "node:net";
import { request as requestHttps } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { WebSocket } from "ws";

const server = fileURLToPath(new URL("../emitters/golden/forms/server/server.ts", import.meta.url));
const patience = 20_000;

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** The generated server as a process of its own, so that one can see it die. */
export class Target {
  readonly #folder = mkdtempSync(join(tmpdir(), "wkgen-hostile-"));
  #child!: ChildProcess;
  #said = "";
  url = "";

  async start(args: readonly string[]): Promise<void> {
    const store = `sqlite:${join(this.#folder, "forms.db")}`;
    this.#child = spawn(process.execPath, [server, "--port", "0", "--host", "127.0.0.1", "--store", store, ...args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const listening = Promise.withResolvers<string>();
    for (const stream of [this.#child.stdout!, this.#child.stderr!]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        this.#said += text;
        const url = /https?:\/\/[\w.]+:\d+/.exec(this.#said)?.[0];
        if (url) listening.resolve(url);
      });
    }
    this.#child.once("exit", (code) => listening.reject(new Error(`It ended with ${code}: ${this.#said}`)));
    this.url = await listening.promise;
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** What it told its operator after its first line: nothing, as long as only strangers did wrong. */
  get complaints(): string {
    return this.#said.split("\n").slice(1).join("\n").trim();
  }

  ask(path: string, method = "GET", headers: Readonly<Record<string, string>> = {}, body?: string | Buffer): Promise<Answer> {
    const request = this.url.startsWith("https") ? requestHttps : requestHttp;

    return new Promise((resolve, reject) => {
      const asked = request(this.url, { path, method, headers, rejectUnauthorized: false, agent: false, timeout: patience }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        response.on("end", () => resolve({ status: response.statusCode!, headers: response.headers, text }));
      });
      asked
        .on("timeout", () => asked.destroy(new Error("No answer.")))
        .on("error", reject)
        .end(body);
    });
  }

  /** Writes these bytes, and hears what comes until the other side hangs up. */
  async raw(bytes: string | Buffer): Promise<string> {
    const socket = this.tcp();
    let heard = "";
    socket.setEncoding("latin1").on("data", (text: string) => (heard += text));
    socket.on("error", () => undefined).setTimeout(patience, () => socket.destroy());
    socket.write(bytes);
    await once(socket, "close");

    return heard;
  }

  tcp(): TcpSocket {
    const { hostname, port } = new URL(this.url);

    return connectTcp(Number(port), hostname);
  }

  socket(): Promise<WebSocket> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(`${this.url.replace("http", "ws")}/api/socket`, { rejectUnauthorized: false });
      socket.on("error", reject).on("open", () => resolve(socket));
    });
  }

  async end(): Promise<number | null> {
    if (this.isAlive) {
      this.#child.kill("SIGTERM");
      await once(this.#child, "exit");
    }

    return this.#child.exitCode;
  }

  async remove(): Promise<void> {
    await this.end();
    rmSync(this.#folder, { recursive: true });
  }
}
