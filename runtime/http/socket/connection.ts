import type { RawData, WebSocket } from "ws";
import { problem, type Problem } from "../../protocol/problem.ts";
import type { ClientMessage, CommandRequest, ListRequest, ServerMessage } from "../../protocol/socket.ts";
import { anonymous, type User } from "../../protocol/user.ts";
import { invalidToken, type Guest, type Identified } from "../identity/identity.ts";
import type { Question } from "../../read/read-model.ts";
import { readFilter } from "../event-filter.ts";
import { faultProblem } from "../fault-problem.ts";
import type { Outlet } from "../outlet.ts";
import { sendEvents } from "../send-events.ts";
import { sendObservation, type Change } from "../send-observation.ts";
import type { Services } from "../services.ts";
import { changesMessage } from "./changes-message.ts";
import { readMessage } from "./read-message.ts";
import { Visitor } from "./visitor.ts";

const mostOngoing = 200;
const mostInFlight = 1_000;
const goingAway = 1001;
const asText = { binary: false };

const somebodyElse = problem("not-authenticated", "You are not who began this any more; ask again.");

type Message<Type extends ClientMessage["type"]> = Extract<ClientMessage, { readonly type: Type }>;

/** One client's socket: answers what it asks, and goes on with what it observes, until it ends. */
export class SocketConnection {
  readonly #socket: WebSocket;
  readonly #services: Services;
  readonly #address: string;
  readonly #visitor: Visitor;
  readonly #ongoing = new Map<string, AbortController>();
  #inFlight = 0;
  /** What came while it is being found out who asks. */
  #waiting: ClientMessage[] | undefined;
  #lastLogin = "";

  constructor(socket: WebSocket, services: Services, address: string, guest: Guest) {
    this.#socket = socket;
    this.#services = services;
    this.#address = address;
    this.#visitor = new Visitor(guest, () => this.#expire());

    const close = () => void this.#closeWhenAnswered();
    services.closing.addEventListener("abort", close);
    socket.on("message", (data, isBinary) => this.#receive(data, isBinary));
    socket.on("error", () => socket.terminate());
    socket.on("close", () => {
      services.closing.removeEventListener("abort", close);
      for (const ongoing of this.#ongoing.values()) ongoing.abort();
      this.#visitor.leave();
    });
  }

  get #user(): User {
    return this.#visitor.guest?.user ?? anonymous;
  }

  #receive(data: RawData, isBinary: boolean): void {
    const message = readMessage(isBinary ? "" : String(data));
    const tooMany = this.#services.admission.tooMany(this.#address, this.#visitor.guest);
    if (tooMany) return this.#refuse(message.id, tooMany);
    if ("problem" in message) return this.#send(message);
    this.#take(message);
  }

  #take(message: ClientMessage): void {
    if (this.#waiting) return this.#wait(message, this.#waiting);
    if (message.type === "cancel") return this.#cancel(message.id);
    if (message.type === "ping") return this.#send({ type: "pong", id: message.id });
    if (message.type === "authenticate") return void this.#authenticate(message);
    if (!this.#visitor.guest) return this.#refuse(message.id, invalidToken.problem);
    if (this.#inFlight >= mostInFlight)
      return this.#refuse(message.id, problem("too-many-requests", `At most ${mostInFlight} requests at a time.`));

    this.#inFlight += 1;
    this.#answer(message)
      .catch((fault: unknown) => {
        this.#services.report(fault);
        this.#refuse(message.id, faultProblem(fault));
      })
      .finally(() => (this.#inFlight -= 1));
  }

  #wait(message: ClientMessage, waiting: ClientMessage[]): void {
    if (waiting.length < mostInFlight) waiting.push(message);
    else this.#refuse(message.id, problem("too-many-requests", `At most ${mostInFlight} requests at a time.`));
  }

  async #authenticate({ id, token }: Message<"authenticate">): Promise<void> {
    const waiting: ClientMessage[] = [];
    this.#waiting = waiting;
    this.#lastLogin = id;
    const found = await this.#identify(token ?? undefined);
    this.#waiting = undefined;
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#visitor.become(found.kind === "guest" ? found : undefined)) this.#stopAll(somebodyElse);
    if (found.kind === "refused") this.#refuse(id, found.problem);
    else this.#send({ type: "authenticated", id, ...(found.until < Infinity && { expiresIn: found.until - Date.now() }) });
    for (const message of waiting) this.#take(message);
  }

  async #identify(token: string | undefined): Promise<Identified> {
    const { identity, report } = this.#services;
    try {
      return identity.known(token) ?? (await identity.find(token!));
    } catch (fault) {
      report(fault);

      return { kind: "refused", problem: problem("internal", "Something went wrong here; it has been noted.") };
    }
  }

  #expire(): void {
    this.#stopAll(invalidToken.problem);
    this.#send({ type: "expired", id: this.#lastLogin });
  }

  #stopAll(found: Problem): void {
    for (const id of [...this.#ongoing.keys()]) this.#stop(id, found);
  }

  #answer(message: Exclude<ClientMessage, { readonly type: "cancel" | "ping" | "authenticate" }>): Promise<void> {
    switch (message.type) {
      case "command":
        return this.#command(message.id, message.command);
      case "read":
        return this.#read(message);
      case "count":
        return this.#count(message);
      case "observe":
        return this.#begin(message.id, (outlet) => this.#observe(message, outlet));
      case "events":
        return this.#begin(message.id, (outlet) => this.#events(message, outlet));
    }
  }

  async #command(id: string, command: CommandRequest): Promise<void> {
    const answer = await this.#services.write.handle(command, this.#user);
    if (answer.kind === "handled") this.#send({ type: "handled", id, outcome: answer.handled });
    else this.#refuse(id, answer.problem);
  }

  async #read({ id, after = 0, ...asked }: Message<"read">): Promise<void> {
    const answer = await this.#services.lists.read(questionOf(asked, this.#user), after);
    if (answer.kind === "refused") this.#refuse(id, answer.problem);
    else this.#rows(id, answer.rows, answer.position, { cursor: answer.cursor });
  }

  async #count({ id, after = 0, ...asked }: Message<"count">): Promise<void> {
    const answer = await this.#services.lists.count(questionOf(asked, this.#user), after);
    if (answer.kind === "refused") this.#refuse(id, answer.problem);
    else this.#send({ type: "count", id, count: answer.count, position: answer.position });
  }

  async #observe({ id, after = 0, token, ...asked }: Message<"observe">, outlet: Outlet): Promise<void> {
    const sink = {
      rows: (rows: string, position: number, token: string, isReset: boolean) =>
        this.#rows(id, rows, position, { token, reset: isReset ? true : undefined }),
      changes: (change: Change, from: number, token: string) => this.#sendText(changesMessage(change, id, from, token)),
      problem: (found: Problem) => this.#stop(id, found),
    };
    const refusal = await sendObservation(this.#services.lists, questionOf(asked, this.#user), { after, token }, sink, outlet);
    if (refusal) this.#stop(id, refusal);
  }

  async #events({ id, filter }: Message<"events">, outlet: Outlet): Promise<void> {
    const wanted = readFilter(filter, this.#services.application.aggregates);
    if ("type" in wanted) return this.#stop(id, wanted);
    const sink = {
      started: (position: number) => this.#send({ type: "started", id, position }),
      event: (event: string) => this.#sendText(`{"type":"event","id":${JSON.stringify(id)},"event":${event}}`),
      problem: (found: Problem) => this.#stop(id, found),
    };
    // Goes on as long as the client wants, so it is not one of the requests that are in flight.
    void sendEvents(this.#services, wanted, this.#user, sink, outlet).catch((fault: unknown) => {
      this.#services.report(fault);
      this.#stop(id, problem("unavailable", "The events cannot be read just now."));
    });
  }

  async #begin(id: string, work: (outlet: Outlet) => Promise<void>): Promise<void> {
    if (this.#ongoing.has(id)) return this.#refuse(id, problem("malformed", "This id is in use already."));
    if (this.#ongoing.size >= mostOngoing) {
      return this.#refuse(id, problem("too-many-requests", `At most ${mostOngoing} observations on one connection.`));
    }
    const ongoing = new AbortController();
    const socket = this.#socket;
    this.#ongoing.set(id, ongoing);
    if (socket.readyState !== socket.OPEN) ongoing.abort();

    const outlet = {
      gone: ongoing.signal,
      get waiting() {
        return socket.bufferedAmount;
      },
    };
    await work(outlet).catch((fault: unknown) => {
      this.#cancel(id);
      throw fault;
    });
  }

  #cancel(id: string): void {
    this.#ongoing.get(id)?.abort();
    this.#ongoing.delete(id);
  }

  #stop(id: string, found: Problem): void {
    this.#cancel(id);
    this.#refuse(id, found);
  }

  #rows(id: string, rows: string, position: number, rest: object): void {
    const more = JSON.stringify(rest).slice(1, -1);
    this.#sendText(`{"type":"rows","id":${JSON.stringify(id)},"rows":${rows},"position":${position}${more && `,${more}`}}`);
  }

  #refuse(id: string, found: Problem): void {
    this.#send({ type: "problem", id, problem: found });
  }

  #send(message: ServerMessage): void {
    this.#sendText(JSON.stringify(message));
  }

  /** `text` may be the bytes of it. */
  #sendText(text: string | Buffer): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(text, asText);
  }

  /** What was accepted is answered before the connection ends. */
  async #closeWhenAnswered(): Promise<void> {
    for (const id of [...this.#ongoing.keys()]) this.#cancel(id);
    const end = Date.now() + 5_000;
    while (this.#inFlight > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 5));
    this.#socket.close(goingAway, "The server is going away.");
  }
}

/** What is asked, and nothing that was sent along with it. */
function questionOf({ list, named, query }: ListRequest, user: User): Question {
  return { list, query, user, ...(named !== undefined && { named }) };
}
