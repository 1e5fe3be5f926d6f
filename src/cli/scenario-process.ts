import { type ChildProcess, spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Story } from "../testing/story.ts";
import type { Verdict } from "../testing/verdict.ts";
import { nodeOptions } from "./node-options.ts";

/** A module as a text, and where it would stand. */
export interface ScenarioModule {
  readonly url: string;
  readonly text: string;
}

export type Told =
  | { readonly kind: "verdict"; readonly verdict: Verdict }
  | { readonly kind: "played" }
  | { readonly kind: "failed"; readonly message: string; readonly place?: string };

/** How it went: `failed` is the application, which cannot even be loaded; `stuck` one story, which does not come to an end. */
export type Played = { readonly verdicts: readonly Verdict[] } & (
  { readonly kind: "played" } | { readonly kind: "stuck" } | { readonly kind: "failed"; readonly message: string; readonly place?: string }
);

const patience = 5_000;

/** The process that plays stories on the generated code, one after the other. What code prints goes to standard error. */
export class ScenarioProcess {
  readonly #child: ChildProcess;
  #hear: (told: Told | "gone" | "late") => void = () => undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor() {
    const script = join(import.meta.dirname, "play-scenarios.js");
    this.#child = spawn(process.execPath, [...nodeOptions(), script], { stdio: ["ignore", 2, 2, "ipc"] });
    this.#child.on("message", (told: Told) => this.#hear(told));
    this.#child.on("exit", () => this.#hear("gone"));
  }

  /** Runs a module that `emitScenarios` made, as if it stood in the application's folder. */
  begin(folder: string, text: string): Promise<Played> {
    const url = new URL("scenarios.wkgen.ts", pathToFileURL(join(resolve(folder), "server/"))).href;
    return this.#ask({ url, text } satisfies ScenarioModule);
  }

  /** Plays other stories on the same application. */
  play(stories: readonly Story[]): Promise<Played> {
    return this.#ask({ kind: "play", stories });
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#hear = () => undefined;
    this.#child.kill("SIGKILL");
  }

  #ask(question: ScenarioModule | { readonly kind: "play"; readonly stories: readonly Story[] }): Promise<Played> {
    const verdicts: Verdict[] = [];
    return new Promise((done) => {
      this.#hear = (told) => {
        this.#wait();
        if (told === "late") done({ kind: "stuck", verdicts });
        else if (told === "gone") done({ kind: "failed", message: "The process that plays scenarios has ended.", verdicts });
        else if (told.kind === "verdict") verdicts.push(told.verdict);
        else done({ ...told, verdicts });
      };
      this.#wait();
      this.#child.send(question, (error) => error && this.#hear("gone"));
    });
  }

  #wait(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#hear("late"), patience);
    this.#timer.unref();
  }
}
