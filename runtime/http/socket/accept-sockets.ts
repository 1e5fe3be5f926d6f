import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { FastifyInstance } from "fastify";
import { WebSocketServer, type WebSocket } from "ws";
import { isSameOrigin } from "../same-origin.ts";
import type { Services } from "../services.ts";
import { SocketConnection } from "./connection.ts";

const mostConnections = 10_000;
const mostBytes = 1024 * 1024;
const heartbeat = 30_000;

/** WebSockets at `/api/socket`, from our own pages and from other programs, not from pages of other origins. */
export function acceptSockets(server: FastifyInstance, services: Services): void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: mostBytes, perMessageDeflate: false, clientTracking: true });
  const alive = new WeakSet<WebSocket>();

  server.server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal = refusalOf(request, sockets.clients.size);
    socket.on("error", () => socket.destroy());
    if (refusal !== undefined) {
      socket.end(`HTTP/1.1 ${refusal}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);

      return;
    }

    sockets.handleUpgrade(request, socket, head, (accepted) => {
      alive.add(accepted);
      accepted.on("pong", () => alive.add(accepted));
      new SocketConnection(accepted, services, services.userOf(request.headers.authorization));
    });
  });

  const timer = setInterval(() => sockets.clients.forEach((client) => ping(client, alive)), heartbeat).unref();
  services.closing.addEventListener("abort", () => {
    clearInterval(timer);
    sockets.close();
  });
}

function refusalOf({ headers, url }: IncomingMessage, connections: number): string | undefined {
  if (url?.split("?", 1)[0] !== "/api/socket") return "404 Not Found";
  if (!isSameOrigin(headers.origin, headers.host)) return "403 Forbidden";

  return connections >= mostConnections ? "503 Service Unavailable" : undefined;
}

/** Who did not answer the last ping is gone, whatever the network says. */
function ping(client: WebSocket, alive: WeakSet<WebSocket>): void {
  if (!alive.delete(client)) return client.terminate();
  client.ping();
}
