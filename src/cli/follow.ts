import type { Severity } from "../diagnostics/entry.ts";
import { counted } from "../diagnostics/phrases.ts";
import { nodeHost } from "../host/node-host.ts";
import { buildModel, type Build } from "./build-model.ts";
import { exitCode, type ExitCode } from "./exit-code.ts";
import { locate, type Located } from "./locate.ts";
import { countsInWords, tellBuild } from "./tell-build.ts";
import type { Terminal } from "./terminal.ts";
import { untilTold } from "./until-told.ts";
import { ModelWatcher } from "./watch-models.ts";

/** Builds now and after every change, one at a time; a line for each. `built` hears of those that went well, `meanwhile` says what those that did not leave behind. */
export class Following {
  readonly #path: Located;
  readonly #terminal: Terminal;
  readonly #built: (build: Build) => Promise<void>;
  readonly #meanwhile: () => string;
  readonly #watcher = new ModelWatcher(() => this.#again());
  #work: Promise<void> = Promise.resolve();
  #isWaiting = false;

  constructor(found: Located, terminal: Terminal, built: (build: Build) => Promise<void>, meanwhile: () => string) {
    this.#path = found;
    this.#terminal = terminal;
    this.#built = built;
    this.#meanwhile = meanwhile;
  }

  async begin(): Promise<void> {
    this.#watcher.follow(this.#path.files);
    this.#again();
    await this.#work;
  }

  async end(): Promise<void> {
    this.#watcher.close();
    await this.#work;
  }

  /** What changes while a build is under way is built once more afterwards, however often it changes. */
  #again(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#work = this.#work.then(() => {
      this.#isWaiting = false;
      return this.#build();
    });
  }

  async #build(): Promise<void> {
    const began = performance.now();
    const found = locate(nodeHost, this.#path.files.length === 1 ? this.#path.files[0] : this.#path.folder);
    if (found.kind === "refusal") return this.#tell(`${found.sentence} Waiting for it to come back.`, false);
    try {
      const build = await buildModel(nodeHost, found);
      this.#watcher.follow(build.inputs.length > 0 ? build.inputs : found.files);
      const isFine = (await tellBuild(build, this.#terminal)) === exitCode.fine;
      this.#tell(
        isFine ? `${countsInWords(build)}, ${Math.round(performance.now() - began)} ms` : `${errorsOf(build)}${this.#meanwhile()}`,
        isFine,
      );
      if (isFine) await this.#built(build);
    } catch (cause) {
      this.#tell(cause instanceof Error ? cause.message : String(cause), false);
    }
  }

  #tell(sentence: string, isFine: boolean): void {
    const { paint, print } = this.#terminal;
    print(`${paint.dim(timeOfDay(nodeHost.now()))} ${isFine ? paint.green("✓") : paint.red("✗")} ${sentence}`);
  }
}

/** `14:55:22`, where the reader is. */
function timeOfDay(now: Date): string {
  return [now.getHours(), now.getMinutes(), now.getSeconds()].map((part) => String(part).padStart(2, "0")).join(":");
}

function errorsOf(build: Build): string {
  const isError = ({ severity }: { readonly severity: Severity }) => severity === "error";
  return build.kind === "refused" ? counted(build.compiled.diagnostics.filter(isError).length, "error") : "1 problem";
}

/** `wkgen build --watch` */
export async function followBuilds(found: Located, terminal: Terminal): Promise<ExitCode> {
  const following = new Following(
    found,
    terminal,
    () => Promise.resolve(),
    () => "; nothing was written",
  );
  const told = untilTold();
  await following.begin();
  await told;
  await following.end();
  return exitCode.fine;
}
