import type { FastifyInstance } from "fastify";
import type { LogCheck } from "../evolution/log-check.ts";
import type { Services } from "./services.ts";

/**
 * `GET /health/live`: the process answers. `GET /health/ready`: it can do its work; what cannot is named. Events that the model cannot read are named,
 * too, and keep nobody waiting: what does not need them works.
 */
export function healthRoutes(server: FastifyInstance, { log, check, lists, flows, supersededBy }: Services): void {
  server.get("/health/live", async () => ({ status: "live" }));

  server.get("/health/ready", async (_request, reply) => {
    const head = await log.head().catch(() => undefined);
    const statuses = lists.statuses;
    const running = flows?.statuses ?? [];
    const parked = (await flows?.parked().catch(() => undefined)) ?? [];
    const superseded = supersededBy();
    const isReady =
      head !== undefined && superseded === undefined && lists.areCaughtUp && [...statuses, ...running].every(({ stopped }) => !stopped);

    return reply.code(isReady ? 200 : 503).send({
      status: isReady ? "ready" : "not ready",
      log: {
        status: head && superseded === undefined ? "ready" : "not ready",
        ...(head && { position: head.position }),
        ...(superseded !== undefined && { reason: superseded }),
      },
      events: { status: statusOf(check), unreadable: check.unreadable },
      lists: statuses.map(({ list, position, building, stopped }) => ({
        list,
        position,
        status: stopped ? "stopped" : building ? "building" : "running",
        ...(building && { building }),
        ...(stopped && { stopped }),
      })),
      ...(flows && {
        flows: running.map(({ flow, position, standsBy, stopped }) => ({
          flow,
          ...(position !== undefined && { position }),
          status: stopped ? "stopped" : standsBy ? "standing by" : "running",
          ...(stopped && { stopped }),
          parked: parked.filter((command) => command.flow === flow).length,
        })),
      }),
    });
  });
}

function statusOf({ isDone, unreadable }: LogCheck): string {
  if (unreadable.length > 0) return "not all readable";
  return isDone ? "readable" : "being checked";
}
