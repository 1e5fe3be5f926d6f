import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Application } from "../../runtime/application.ts";
import { serve, type Served } from "../../runtime/serve.ts";

export const examplesFolder = join(import.meta.dirname, "../../examples");

/** An example as it runs for development: real files, threads and sockets, on a clock that the test turns. */
export interface RunningExample {
  readonly url: string;
  /** A token for somebody, from the login of development. */
  tokenOf(name: string, ...roles: readonly string[]): Promise<string>;
  /** Turns the clock, and lets the flows do what there is to do by then. */
  pass(hours: number): Promise<void>;
  /** Waits for what flows do about what has happened. */
  settled(): Promise<void>;
}

export async function runExample(name: string, application: Application, began: string): Promise<RunningExample> {
  const folder = mkdtempSync(join(tmpdir(), "wkgen-example-"));
  let now = Date.parse(began);
  const served: Served = await serve(application, {
    port: 0,
    host: "localhost",
    http: true,
    dev: true,
    store: { kind: "sqlite", file: join(folder, "events.db") },
    data: folder,
    lists: join(folder, "lists.db"),
    client: join(examplesFolder, name, "client"),
    now: () => now,
  });
  onTestFinished(async () => {
    await served.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const settled = async () => served.flows?.settled();

  return {
    url: served.url,
    async tokenOf(name, ...roles) {
      const body = JSON.stringify({ name, roles });
      const answer = await fetch(new URL("/dev/login", served.url), {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
      return ((await answer.json()) as { readonly token: string }).token;
    },
    async pass(hours) {
      now += hours * 3_600_000;
      await settled();
    },
    settled,
  };
}
