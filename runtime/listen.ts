import type { Socket } from "node:net";
import { setTimeout } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import type { Doorkeeper } from "./doorkeeper.ts";
import { answerPlainHttp } from "./http/plain-http.ts";
import { Trouble } from "./http/trouble.ts";
import type { Options } from "./options.ts";

/** Since when, by `performance.now()`, each is here. */
type Visitors = Map<Socket, number>;

/** Milliseconds. */
const newcomer = 1_000;
const goodbye = 100;

type Place = Pick<Options, "host" | "port" | "http">;

export interface Listening {
  /** As it is told to people. */
  readonly url: string;
  /** Takes no more requests, and resolves when all are answered. */
  close(): Promise<void>;
}

/** Has a server take in whoever comes to an address, which somebody else may keep. Throws `Trouble` where the machine does not let it. */
export async function listen(server: FastifyInstance, place: Place, doorkeeper: Doorkeeper | undefined): Promise<Listening> {
  const visitors = new Map<Socket, number>();
  try {
    const port = doorkeeper ? await takeIn(visitors, server, place, doorkeeper) : await listenAt(server, place);

    return { url: urlOf(place, port), close: () => close(server, visitors) };
  } catch (error) {
    await server.close();
    throw explained(error, place.host, place.port);
  }
}

async function listenAt(server: FastifyInstance, { host, port }: Place): Promise<number> {
  await server.listen({ host, port });
  const address = server.server.address();

  return typeof address === "object" && address ? address.port : port;
}

/** A server looks after its connections only while it listens: it does so where nobody comes. */
async function takeIn(visitors: Visitors, server: FastifyInstance, place: Place, doorkeeper: Doorkeeper): Promise<number> {
  const kept = await doorkeeper.listen(place.host, place.port);
  await server.listen({ host: "127.0.0.1", port: 0 });
  doorkeeper.onVisitor((visitor) => {
    visitors.set(visitor, performance.now());
    visitor.once("close", () => visitors.delete(visitor));
    server.server.emit("connection", visitor);
  });
  if (!place.http) answerPlainHttp(server.server, () => visitors.keys(), urlOf(place, kept));

  return kept;
}

/** Connections that are kept open between requests are closed as soon as their last answer is sent. */
async function close(server: FastifyInstance, visitors: Visitors): Promise<void> {
  await letSpeak(visitors);
  const timer = setInterval(() => server.server.closeIdleConnections(), 20);
  await server.close();
  await Promise.all([...visitors.keys()].map((visitor) => new Promise((gone) => visitor.once("close", gone))));
  clearInterval(timer);
}

/** Whoever came just now may not have asked yet, and whoever asks may be about to ask more: until they are answered and gone, for a short time. */
async function letSpeak(visitors: Visitors): Promise<void> {
  const began = performance.now();
  const mayAsk = () => {
    const now = performance.now();
    return [...visitors.values()].some((since) => now - since < newcomer) || (visitors.size > 0 && now - began < goodbye);
  };
  while (mayAsk()) await setTimeout(10);
}

function urlOf({ host, http }: Place, port: number): string {
  const isEverywhere = ["0.0.0.0", "::", "::1"].includes(host);

  return `${http ? "http" : "https"}://${isEverywhere ? "localhost" : host}:${port}`;
}

/** What a server cannot listen for, as a sentence with its cure: another value for the option that the port is from. */
export function explained(error: unknown, host: string, port: number, option: "port" | "metrics" = "port"): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case "EADDRINUSE":
      return new Trouble(
        `Port ${port} is in use already.`,
        `Stop what listens there, or start with another one: --${option} ${port < 65_535 ? port + 1 : 3000}.`,
      );
    case "EACCES":
      return new Trouble(
        `Port ${port} may not be used by this user.`,
        `Start with a port from 1024 upwards: --${option} ${option === "port" ? 3000 : 3001}.`,
      );
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new Trouble(`This machine has no address ${host}.`, "Start with one that it has: --host localhost.");
    default:
      return error;
  }
}
