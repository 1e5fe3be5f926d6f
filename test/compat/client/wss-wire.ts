import { randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import { WebSocket } from "ws";
import { sentOf, type Authentication, type Json, type Place, type Query, type Stream, type Wire } from "./wire.ts";

interface Message {
  readonly type: string;
  readonly statusCode: number;
  readonly procedureId?: string;
  readonly payload?: unknown;
}

type Take = (message: Message) => void;

/** What browsers used: one WebSocket, without reconnecting, that forgets nothing but what it is told to. */
export class WssWire extends EventEmitter implements Wire {
  readonly socket: WebSocket;
  /** Every message that came. */
  readonly received: Message[] = [];
  readonly #authentication: Authentication;
  readonly #procedures = new Map<string, Take>();

  private constructor(socket: WebSocket, authentication: Authentication) {
    super();
    this.socket = socket;
    this.#authentication = authentication;
    socket.on("message", (data) => {
      const message = JSON.parse(String(data)) as Message;
      this.received.push(message);
      if (message.procedureId === undefined) this.emit("error", new Error(`${String(message.payload)} (${message.statusCode})`));
      else this.#procedures.get(message.procedureId)?.(message);
    });
  }

  static connect({ host, port, ca }: Place, authentication: Authentication): Promise<WssWire> {
    const socket = new WebSocket(`wss://${host}:${port}`, { ca });

    return new Promise((resolve, reject) => {
      socket.on("open", () => resolve(new WssWire(socket, authentication))).on("error", reject);
    });
  }

  sendCommand(payload: Json): Promise<void> {
    return new Promise((resolve, reject) => {
      const procedureId = this.#begin((message) => {
        this.#procedures.delete(procedureId);
        if (message.type !== "error") return resolve();
        reject(new Error(message.statusCode === 401 ? this.#loginRequired() : String(message.payload)));
      });
      this.#say("sendCommand", procedureId, payload);
    });
  }

  subscribeToEvents(filter: Json): Stream {
    return this.#stream("subscribeEvents", { filter }, "unsubscribeEvents", { start: "subscribedEvents", data: "event" });
  }

  readList(modelName: string, query: Query): Stream {
    const payload = { modelType: "lists", modelName, query: sentOf(query) };

    return this.#stream("subscribeRead", payload, "unsubscribeRead", { start: "subscribedRead", data: "item" });
  }

  close(): void {
    this.socket.close();
  }

  /** Ends twice what has ended, as the old ones did. */
  #stream(begin: string, payload: Json, end: string, names: { readonly start: string; readonly data: string }): Stream {
    const stream = new EventEmitter();
    const cancel = () => {
      this.#procedures.delete(procedureId);
      // Who ends something does not want to hear any more why it went wrong.
      if (this.socket.readyState === WebSocket.OPEN) this.#say(end, procedureId);
    };
    const procedureId = this.#begin(({ type, statusCode, payload }) => {
      if (type === names.start) stream.emit("start");
      else if (type === names.data) stream.emit("data", payload);
      else if (type === "finish") {
        cancel();
        cancel();
        stream.emit("end");
      } else if (type === "error") {
        cancel();
        if (statusCode === 401) this.#loginRequired();
        else stream.emit("error", new Error(String(payload)));
      } else throw new Error("Invalid operation.");
    });
    process.nextTick(() => {
      try {
        this.#say(begin, procedureId, payload);
      } catch (error) {
        stream.emit("error", error);
      }
    });

    return Object.assign(stream, { cancel });
  }

  #begin(take: Take): string {
    const procedureId = randomUUID();
    this.#procedures.set(procedureId, take);

    return procedureId;
  }

  #say(type: string, procedureId: string, payload?: Json): void {
    if (this.socket.readyState !== WebSocket.OPEN) throw new Error("WebSocket is not open.");
    this.socket.send(JSON.stringify({ type, version: "v1", procedureId, payload, token: this.#authentication.getToken() }));
  }

  #loginRequired(): string {
    this.emit("authentication-required");

    return "Authentication required.";
  }
}
