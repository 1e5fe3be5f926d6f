import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Application } from "../application.ts";
import type { FlowStatus } from "../flows/flows.ts";
import type { CommandRequest } from "../protocol/socket.ts";
import type { Lists } from "../read/lists.ts";
import type { EventLog } from "../store/event-log.ts";
import { outcomeOf, type Around } from "./around-commands.ts";

/** What an operator measures, for Prometheus to read. */
export interface Metrics {
  /** Counts a command, and times it. */
  readonly around: Around;
  /** `GET /metrics`, on an address of its own: what is measured is nobody else's business. */
  listen(host: string, port: number): Promise<MetricsServer>;
}

export interface MetricsServer {
  readonly url: string;
  close(): Promise<void>;
}

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What is looked at when somebody reads. */
export interface Measured {
  readonly log: EventLog;
  readonly lists: Lists;
  /** Nothing before the flows have started, or where there are none. */
  flows(): readonly FlowStatus[];
}

export function openMetrics(application: Application, measured: Measured): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const commands = new Counter({
    name: "wkgen_commands_total",
    help: "Commands by name and outcome.",
    labelNames: ["command", "outcome"],
    registers,
  });
  const durations = new Histogram({
    name: "wkgen_command_duration_seconds",
    help: "From a command's arrival until its answer, which is durable.",
    labelNames: ["command"],
    buckets: seconds,
    registers,
  });
  const look = gauges(registry, measured);
  const known = new Set(
    application.aggregates.flatMap(({ context, name, commands: all }) =>
      Object.keys(all).map((command) => `${context}.${name}.${command}`),
    ),
  );

  return {
    async around(request, handle) {
      const command = labelOf(request, known);
      const end = durations.startTimer({ command });
      const answer = await handle();
      end();
      commands.inc({ command, outcome: outcomeOf(answer) });

      return answer;
    },
    listen: (host, port) => listen(registry, look, host, port),
  };
}

/** Whoever asks for what is not there does not make us remember it. */
function labelOf({ context, aggregate, name }: CommandRequest, known: ReadonlySet<string>): string {
  const full = `${context}.${aggregate}.${name}`;

  return known.has(full) ? full : "unknown";
}

/** Returns what looks at them: when somebody reads, and not before. */
function gauges(registry: Registry, { log, lists, flows }: Measured): () => Promise<void> {
  const registers = [registry];
  const up = new Gauge({ name: "wkgen_up", help: "1 where the event log answers.", registers });
  const position = new Gauge({ name: "wkgen_log_position", help: "The position of the last event.", registers });
  const lag = new Gauge({
    name: "wkgen_list_lag_events",
    help: "How many events a list is behind the log.",
    labelNames: ["list"],
    registers,
  });
  const stopped = new Gauge({ name: "wkgen_list_stopped", help: "1 where a list has stopped.", labelNames: ["list"], registers });
  const leads = new Gauge({
    name: "wkgen_list_leader",
    help: "1 where this server applies events to a list.",
    labelNames: ["list"],
    registers,
  });
  const runs = new Gauge({ name: "wkgen_flow_runner", help: "1 where this server runs a flow.", labelNames: ["flow"], registers });
  const observers = new Gauge({ name: "wkgen_observers", help: "How many observe a list.", registers });

  return async () => {
    const head = await log.head().catch(() => undefined);
    up.set(head ? 1 : 0);
    if (head) position.set(head.position);
    for (const status of lists.statuses) {
      if (head) lag.set({ list: status.list }, Math.max(0, head.position - status.position));
      stopped.set({ list: status.list }, status.stopped ? 1 : 0);
      leads.set({ list: status.list }, status.standsBy ? 0 : 1);
    }
    for (const { flow, standsBy } of flows()) runs.set({ flow }, standsBy ? 0 : 1);
    observers.set(lists.observers);
  };
}

async function listen(registry: Registry, look: () => Promise<void>, host: string, port: number): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    if (request.method !== "GET" || request.url !== "/metrics") return void response.writeHead(404).end();
    look()
      .then(() => registry.metrics())
      .then(
        (text) => response.writeHead(200, { "content-type": registry.contentType }).end(text),
        () => response.writeHead(500).end(),
      );
  });
  server.listen(port, host);
  await once(server, "listening");

  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}/metrics`,
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
