import { EventEmitter } from "node:events";
import { get } from "node:https";
import { setTimeout as pause } from "node:timers/promises";
import { Command } from "commands-events";
import { CommandRunner, noAuthentication } from "./command-runner.ts";
import { HttpsWire } from "./https-wire.ts";
import { chain, OldList } from "./lists.ts";
import type { Authentication, Json, Place, Wire } from "./wire.ts";
import { WssWire } from "./wss-wire.ts";

/** An event as the clients of wolkenkit 1 got it. */
export interface OldEvent {
  readonly context: { readonly name: string };
  readonly aggregate: { readonly name: string; readonly id: string };
  readonly name: string;
  readonly id: string;
  readonly type: string;
  readonly data: Json;
  readonly custom: Json;
  readonly user: { readonly id: string };
  readonly metadata: {
    readonly timestamp: number;
    readonly published: boolean;
    readonly correlationId: string;
    readonly causationId: string;
    readonly revision?: number;
    readonly position?: number;
    readonly isAuthorized?: { readonly owner: string; readonly forAuthenticated: boolean; readonly forPublic: boolean };
  };
}

interface Aggregate {
  readonly commands: Readonly<Record<string, object>>;
  readonly events: Readonly<Record<string, object>>;
}

export interface Configuration {
  readonly writeModel: Readonly<Record<string, Readonly<Record<string, Aggregate>>>>;
  readonly readModel: { readonly lists: Readonly<Record<string, object>> };
}

export interface Connecting extends Place {
  readonly protocol: "wss" | "https";
  readonly authentication?: Authentication;
}

const pingEvery = 2_000;

/** The client as it was from 1.0 to 3.1, made anew from what is known of its behaviour. */
export class OldClient extends EventEmitter {
  readonly wire: Wire;
  readonly configuration: Configuration;
  readonly #place: Place;
  readonly #authentication: Authentication;
  readonly #timer: NodeJS.Timeout;
  #isOnline = true;

  private constructor(wire: Wire, configuration: Configuration, { authentication = noAuthentication, host, port, ca }: Connecting) {
    super();
    this.wire = wire;
    this.configuration = configuration;
    this.#place = { host, port, ca };
    this.#authentication = authentication;
    wire.on("authentication-required", () => this.#authentication.login());
    wire.on("error", (error) => this.emit("error", error));
    this.#timer = setInterval(() => void this.#ping(), pingEvery);
  }

  /** Resolves when the wire is there, and the configuration. */
  static async connect(connecting: Connecting): Promise<OldClient> {
    await pause(50);
    const { protocol, authentication = noAuthentication } = connecting;
    const [wire, configuration] = await Promise.all([
      protocol === "wss" ? WssWire.connect(connecting, authentication) : new HttpsWire(connecting, authentication),
      getJson(connecting, "/v1/configuration.json").catch(() => {
        throw new Error("Failed to get configuration.");
      }),
    ]);

    return new OldClient(wire, configuration as Configuration, connecting);
  }

  /** `app.run("communication.message", id, "send", { text })` stands for `app.communication.message(id).send({ text })`. */
  run(kind: string, id: string, name: string, data: Json = {}, { asUser }: { readonly asUser?: string } = {}): CommandRunner {
    const [context = "", aggregate = ""] = kind.split(".");
    if (!this.configuration.writeModel[context]?.[aggregate]?.commands[name]) throw new Error(`${kind}.${name} is not a function`);
    const command = new Command({ context: { name: context }, aggregate: { name: aggregate, id }, name, data, custom: { asUser } });

    return new CommandRunner(this.wire, command);
  }

  list(name: string): OldList {
    if (!this.configuration.readModel.lists[name]) throw new Error(`lists.${name} is undefined`);

    return new OldList(this.wire, name);
  }

  observe({ where = {} }: { readonly where?: Json } = {}) {
    const filter: Json = { type: "domain", ...where };
    if (!this.#isKnown(filter)) throw new Error("Unknown event.");
    const told = {
      failed: (error: Error): void => {
        throw error;
      },
      started: (_cancel: () => void): void => {},
      received: (_event: OldEvent, _cancel: () => void): void => {},
    };
    process.nextTick(() => {
      const stream = this.wire.subscribeToEvents(filter);
      const cancel = () => stream.cancel();
      stream.on("error", (error: Error) => told.failed(error));
      stream.on("start", () => told.started(cancel)).on("data", (event: OldEvent) => told.received(event, cancel));
    });

    return chain(told);
  }

  close(): void {
    clearInterval(this.#timer);
    this.wire.close();
  }

  #isKnown({ context, aggregate, name }: Json): boolean {
    const nameIn = (member: unknown) => (member as { readonly name?: string } | undefined)?.name;
    const kinds = Object.entries(this.configuration.writeModel)
      .filter(([each]) => [undefined, each].includes(nameIn(context)))
      .flatMap(([, kinds]) => Object.entries(kinds))
      .filter(([each]) => [undefined, each].includes(nameIn(aggregate)));

    return kinds.some(([, { events }]) => name === undefined || Object.hasOwn(events, name as string));
  }

  async #ping(): Promise<void> {
    const isOnline = await getJson(this.#place, `/v1/ping?_=${Date.now()}`).then(
      () => true,
      () => false,
    );
    if (isOnline === this.#isOnline) return;
    this.#isOnline = isOnline;
    this.emit(isOnline ? "connected" : "disconnected");
    if (!isOnline) return;
    const configuration = await getJson(this.#place, "/v1/configuration.json");
    if (JSON.stringify(configuration) !== JSON.stringify(this.configuration)) this.emit("outdated");
  }
}

export function getJson({ host, port, ca }: Place, path: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    get({ host, port, ca, path, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.on("end", () =>
        response.statusCode === 200 ? resolve(JSON.parse(text)) : reject(new Error(`Status ${response.statusCode}`)),
      );
    }).on("error", reject);
  });
}
