import { Command } from "commands-events";
import type { OldEvent } from "./old-client.ts";
import type { Authentication, Json, Wire } from "./wire.ts";

export class CommandFailed extends Error {
  override readonly name = "CommandFailed";
}

export class CommandRejected extends Error {
  override readonly name = "CommandRejected";
}

type Told<First> = (first: First, command: Command) => void;

/** A command on its way: what was attached in the same turn is told what becomes of it. */
export class CommandRunner {
  readonly command: Command;
  readonly #wire: Wire;
  readonly #awaited = new Map<string, Told<OldEvent>>();
  #delivered: (command: Command) => void = () => undefined;
  #failed: Told<Error> | undefined = (error) => {
    throw error;
  };
  #timedOut: (command: Command) => void = () => undefined;
  #patience = 0;
  #timer: NodeJS.Timeout | undefined;
  #cancel: () => void = () => undefined;

  constructor(wire: Wire, command: Command) {
    this.command = command;
    this.#wire = wire;
    process.nextTick(() => this.#run());
  }

  delivered(told: (command: Command) => void): this {
    this.#delivered = told;

    return this;
  }

  await(names: string | readonly string[], told: Told<OldEvent>): this {
    for (const name of [names].flat()) this.#awaited.set(name as string, told);
    this.#patience ||= 120_000;

    return this;
  }

  failed(told: Told<Error>): this {
    this.#failed = told;
    this.#patience ||= 120_000;

    return this;
  }

  timeout(milliseconds: number, told: (command: Command) => void): this {
    this.#timedOut = told;
    this.#patience = milliseconds;

    return this;
  }

  #run(): void {
    const { correlationId } = this.command.metadata;
    const stream = this.#wire.subscribeToEvents({ type: "domain", metadata: { correlationId } });
    this.#cancel = () => stream.cancel();
    stream.on("error", (error: Error) => this.#fail(notDelivered(error)));
    stream.on("data", (event: OldEvent) => this.#hear(event));
    stream.on("start", () => {
      this.#wire.sendCommand(JSON.parse(JSON.stringify(this.command)) as Json).then(
        () => this.#wait(),
        (error: Error) => this.#fail(notDelivered(error)),
      );
    });
  }

  #wait(): void {
    this.#delivered(this.command);
    this.#timer = setTimeout(() => {
      this.#end();
      this.#timedOut(this.command);
    }, this.#patience);
  }

  #hear(event: OldEvent): void {
    if (/(Rejected|Failed)$/.test(event.name)) return this.#fail(new CommandRejected((event.data as { readonly reason: string }).reason));
    const told = this.#awaited.get(event.name);
    if (!told) return;
    this.#end();
    told(event, this.command);
  }

  #fail(error: Error): void {
    this.#end();
    this.#failed?.(error, this.command);
    this.#failed = undefined;
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#cancel();
  }
}

const notDelivered = (cause: Error): Error => new CommandFailed("Failed to deliver command.", { cause });

export const noAuthentication: Authentication = {
  getToken: () => undefined,
  login() {
    throw new Error("Invalid operation.");
  },
};
