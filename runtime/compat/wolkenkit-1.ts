import type { Door } from "../http/door.ts";
import { openHall } from "./hall.ts";
import { httpRoutes } from "./http-routes.ts";
import { OldSocket } from "./old-socket.ts";

/** Lets the clients of wolkenkit 1 to 3 in, by the wire that they have spoken from 2017 to 2019: `/v1` over HTTP, and a WebSocket at `/`. */
export const wolkenkit1: Door = (server, services) => {
  const hall = openHall(services);
  httpRoutes(server, hall);

  return { path: "/", enter: (socket, address, guest) => void new OldSocket(socket, hall, address, guest) };
};
