import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { fileURLToPath } from "node:url";

const server = fileURLToPath(new URL("../../examples/chat/server/server.ts", import.meta.url));

/** The chat as a process of its own, on a store that outlives it. */
export class ChatServer {
  readonly #folder: string;
  #process: ChildProcess | undefined;
  url = "";

  get certificate(): string {
    return join(this.#folder, "certificate.pem");
  }

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async start(): Promise<ChatServer> {
    const chat = new ChatServer(await mkdtemp(join(tmpdir(), "wkgen-chat-")));
    await chat.start();

    return chat;
  }

  /** The first time at any free port, later at the same one; nothing happens where it runs. */
  async start(): Promise<void> {
    if (this.#process) return;

    const port = this.url === "" ? "0" : new URL(this.url).port;
    const child = spawn(process.execPath, [server, "--dev", "--port", port, "--store", `sqlite:${join(this.#folder, "chat.db")}`], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#process = child;
    this.url = await addressOf(child);
    await this.#trust();
  }

  /** This process believes the certificate that the server made for itself, and no other one of that kind. */
  async #trust(): Promise<void> {
    const certificate = await readFile(this.certificate, "utf8");
    setDefaultCACertificates([...getCACertificates("default"), certificate]);
  }

  /** Without any chance to say goodbye. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null) return;

    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true });
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const address = /https:\/\/[^\s"]+:\d+/.exec(output);
      if (address) resolve(address[0]);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", (code) => reject(new Error(`The chat ended with ${code}:\n${output}`)));
  });
}
