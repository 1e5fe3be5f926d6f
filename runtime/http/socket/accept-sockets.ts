import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { FastifyInstance } from "fastify";
import { WebSocketServer, type WebSocket } from "ws";
import { addressOf, isThisMachine } from "../caller.ts";
import type { SocketDoor } from "../door.ts";
import { problem } from "../../protocol/problem.ts";
import type { Identified } from "../identity/identity.ts";
import type { Services } from "../services.ts";
import { writeProblem } from "../write-problem.ts";
import { SocketConnection } from "./connection.ts";

const mostConnections = 10_000;
const mostPerAddress = 200;
const mostBytes = 1024 * 1024;
const heartbeat = 30_000;

const notHere = problem("not-found", "There is no WebSocket here; it is at /api/socket.");
const otherOrigin = problem("not-allowed", "Pages of other origins may not connect.");
const noSocket = problem("malformed", "This is no beginning of a WebSocket.");
const tooManyConnections = problem("unavailable", "There are too many connections.");

/** WebSockets at `/api/socket`, and at the other doors, from our own pages and from other programs, not from pages of other origins. */
export function acceptSockets(server: FastifyInstance, services: Services, others: readonly SocketDoor[]): void {
  const doors = new Map([ownDoor(services), ...others].map((door) => [door.path, door]));
  const sockets = new WebSocketServer({ noServer: true, maxPayload: mostBytes, perMessageDeflate: false, clientTracking: true });
  const alive = new WeakSet<WebSocket>();
  const places = new Places();

  server.server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const address = addressOf(request, services.isBehindProxy);
    socket.on("error", () => socket.destroy());
    const door = doors.get(request.url?.split("?", 1)[0] ?? "");
    if (!door) return writeProblem(socket, notHere);
    if (!services.origins.allow(request)) return writeProblem(socket, otherOrigin);
    if (sockets.clients.size >= mostConnections || !places.take(address)) return writeProblem(socket, tooManyConnections);
    socket.on("close", () => places.free(address));

    void admitted(request, services).then((found) => {
      if (found.kind === "refused") return writeProblem(socket, found.problem);
      sockets.handleUpgrade(request, socket, head, (accepted) => {
        alive.add(accepted);
        accepted.on("pong", () => alive.add(accepted));
        door.enter(accepted, address, found);
      });
    });
  });

  sockets.on("wsClientError", (_error, socket) => writeProblem(socket, noSocket));

  const timer = setInterval(() => sockets.clients.forEach((client) => ping(client, alive)), heartbeat).unref();
  services.closing.addEventListener("abort", () => {
    clearInterval(timer);
    sockets.close();
  });
}

const ownDoor = (services: Services): SocketDoor => ({
  path: "/api/socket",
  enter: (socket, address, guest) => void new SocketConnection(socket, services, address, guest),
});

async function admitted(request: IncomingMessage, { admission, report }: Services): Promise<Identified> {
  try {
    return await admission.admit(request);
  } catch (fault) {
    report(fault);

    return { kind: "refused", problem: problem("internal", "Something went wrong here; it has been noted.") };
  }
}

/** How many sockets each address has; this machine itself has as many as it likes. */
class Places {
  readonly #taken = new Map<string, number>();

  take(address: string): boolean {
    const taken = this.#taken.get(address) ?? 0;
    if (taken >= mostPerAddress && !isThisMachine(address)) return false;
    this.#taken.set(address, taken + 1);

    return true;
  }

  free(address: string): void {
    const left = (this.#taken.get(address) ?? 1) - 1;
    if (left > 0) this.#taken.set(address, left);
    else this.#taken.delete(address);
  }
}

/** Who did not answer the last ping is gone, whatever the network says. */
function ping(client: WebSocket, alive: WeakSet<WebSocket>): void {
  if (!alive.delete(client)) return client.terminate();
  client.ping();
}
