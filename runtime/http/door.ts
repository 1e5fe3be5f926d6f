import type { FastifyInstance } from "fastify";
import type { WebSocket } from "ws";
import type { Guest } from "./identity/identity.ts";
import type { Services } from "./services.ts";

/** Takes care of the WebSockets that come in at one path. */
export interface SocketDoor {
  readonly path: string;
  enter(socket: WebSocket, address: string, guest: Guest): void;
}

/** A way in besides our own: adds its routes, and says who takes care of its WebSockets. */
export type Door = (server: FastifyInstance, services: Services) => SocketDoor;
