import type { CommandRequest } from "../protocol/socket.ts";
import type { User } from "../protocol/user.ts";
import { DurableLines } from "../store/durable-lines.ts";
import type { Answer } from "./answer.ts";
import type { WriteModel } from "./write-model.ts";

interface Accepted {
  readonly request: CommandRequest;
  readonly user: User;
}

/** A command that is certain to be carried out, or refused by the model. */
export interface Acceptance {
  /** What became of it; undefined where that is left to the next process. */
  readonly ending: Promise<Answer | undefined>;
}

const pauseAfterFailure = 1_000;

/**
 * Commands that are accepted now and carried out as soon as that is possible, also by the next process, where this one ends before. A command's id makes sure that
 * it takes effect once, however often it is begun.
 */
export class Inbox {
  readonly #write: WriteModel;
  readonly #lines: DurableLines;
  readonly #closing = new AbortController();
  #pending = 0;

  private constructor(write: WriteModel, lines: DurableLines) {
    this.#write = write;
    this.#lines = lines;
  }

  /** Goes on with what an earlier process has accepted. */
  static async open(path: string, write: WriteModel): Promise<Inbox> {
    const { lines, found } = await DurableLines.open(path);
    const inbox = new Inbox(write, lines);
    const left = found.map((line) => JSON.parse(line) as Accepted);
    inbox.#pending = left.length;
    void inbox.#carryOutInOrder(left);

    return inbox;
  }

  /** Resolves when it is certain that the command will be carried out, or refused by the model. */
  async accept(request: CommandRequest, user: User): Promise<Acceptance> {
    const accepted: Accepted = { request, user };
    this.#pending += 1;
    try {
      await this.#lines.append(JSON.stringify(accepted));
    } catch (error) {
      this.#pending -= 1;
      throw error;
    }

    return { ending: this.#carryOut(accepted) };
  }

  /** What is not done by now is left for the next process. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#lines.close();
  }

  async #carryOutInOrder(left: readonly Accepted[]): Promise<void> {
    for (const accepted of left) await this.#carryOut(accepted);
  }

  async #carryOut({ request, user }: Accepted): Promise<Answer | undefined> {
    let answer: Answer | undefined;
    while (!this.#closing.signal.aborted) {
      answer = await this.#write.handle(request, user);
      if (answer.kind === "handled" || answer.problem.type !== "unavailable") break;
      await new Promise((resolve) => setTimeout(resolve, pauseAfterFailure).unref());
    }
    if (this.#closing.signal.aborted) return undefined;
    this.#pending -= 1;
    if (this.#pending === 0) this.#lines.empty();

    return answer;
  }
}
