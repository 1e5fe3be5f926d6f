import type { RawData, WebSocket } from "ws";
import { at } from "../http/at.ts";
import { invalidToken, type Guest, type Identified } from "../http/identity/identity.ts";
import { hasRoom } from "../http/outlet.ts";
import { openEnvelope, type Envelope } from "./envelope.ts";
import { Feed } from "./feed.ts";
import { errorFrame, frame } from "./frame.ts";
import type { Hall } from "./hall.ts";
import { isRecord } from "../protocol/is-record.ts";
import { readCommand } from "./read-command.ts";
import { isRefusal, refusalOf, refusals, type Refusal } from "./refusal.ts";
import { correlationOf, readFilter, type Subscription } from "./subscription.ts";
import { takeCommand } from "./take-command.ts";
import { takenByDefault, understandQuestion, type Asked } from "./understand-question.ts";
import { rejectionEvent } from "./wire-event.ts";

const mostOngoing = 200;
const mostInFlight = 1_000;
const longestGoodbye = 5_000;
const goingAway = 1001;

type Procedure = (envelope: Envelope, guest: Guest) => Promise<void> | void;

/** Something that goes on until it is ended. */
interface Ongoing {
  readonly kind: "events" | "read";
  /** It waits for the story of one command. */
  readonly isAboutCommand: boolean;
  end(): void;
}

/** One old client's socket: answers its messages in their order, and goes on with what it has subscribed to, until it ends. */
export class OldSocket {
  readonly #socket: WebSocket;
  readonly #hall: Hall;
  readonly #address: string;
  readonly #guest: Guest;
  readonly #feed: Feed;
  readonly #ongoing = new Map<string, Ongoing>();
  readonly #gone = new AbortController();
  readonly #outlet;
  readonly #procedures: ReadonlyMap<unknown, Procedure>;
  /** Whose the last message was, for how many are let in. */
  #last: Guest;
  #turn: Promise<void> = Promise.resolve();
  #inFlight = 0;

  /** `guest` is who opened it, for messages without a token. */
  constructor(socket: WebSocket, hall: Hall, address: string, guest: Guest) {
    this.#socket = socket;
    this.#hall = hall;
    this.#address = address;
    this.#guest = guest;
    this.#last = guest;
    this.#outlet = {
      gone: this.#gone.signal,
      get waiting() {
        return socket.bufferedAmount;
      },
    };
    this.#feed = new Feed(hall, this.#outlet, () => socket.terminate());
    this.#procedures = new Map<unknown, Procedure>([
      ["sendCommand", (envelope, guest) => this.#sendCommand(envelope, guest)],
      ["subscribeEvents", (envelope, guest) => this.#subscribeEvents(envelope, guest)],
      ["unsubscribeEvents", (envelope) => this.#unsubscribe(envelope, "events")],
      ["subscribeRead", (envelope, guest) => this.#subscribeRead(envelope, guest)],
      ["unsubscribeRead", (envelope) => this.#unsubscribe(envelope, "read")],
    ]);

    const { closing } = hall.services;
    const close = () => void this.#closeWhenAnswered();
    closing.addEventListener("abort", close);
    socket.on("message", (data, isBinary) => this.#receive(data, isBinary));
    socket.on("error", () => socket.terminate());
    socket.on("close", () => {
      closing.removeEventListener("abort", close);
      this.#gone.abort();
      this.#endAll();
    });
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (this.#hall.services.admission.tooMany(this.#address, this.#last)) return this.#refuse(refusals.tooManyRequests, procedureIn(data));
    const envelope = openEnvelope(isBinary ? "" : String(data));
    if (isRefusal(envelope)) return this.#refuse(envelope);
    if (this.#inFlight >= mostInFlight) return this.#refuse(refusals.tooManyRequests, envelope.procedureId);
    this.#inFlight += 1;
    this.#turn = this.#turn.then(() => this.#take(envelope));
  }

  /** Only who sends it is found out in turn; what it asks for takes its time beside the others. */
  async #take(envelope: Envelope): Promise<void> {
    const found = await this.#identify(envelope.token);
    void this.#carryOut(envelope, found).finally(() => (this.#inFlight -= 1));
  }

  async #carryOut(envelope: Envelope, found: Identified): Promise<void> {
    const { type, procedureId } = envelope;
    if (this.#gone.signal.aborted) return;
    if (found.kind === "refused") return this.#refuse(refusalOf(found.problem), procedureId);
    const procedure = this.#procedures.get(type);
    if (!procedure) return this.#refuse(refusals.badRequest);
    this.#last = found;
    try {
      await procedure({ ...envelope, payload: this.#hall.aliases.inwards(envelope.payload) }, found);
    } catch (fault) {
      this.#hall.services.report(fault);
      this.#end(procedureId);
      this.#refuse(refusals.failed, procedureId);
    }
  }

  async #identify(token: unknown): Promise<Identified> {
    const { identity, report } = this.#hall.services;
    try {
      if (!token) return Date.now() < this.#guest.until ? this.#guest : invalidToken;

      return identity.known(String(token)) ?? (await identity.find(String(token)));
    } catch (fault) {
      report(fault);

      return invalidToken;
    }
  }

  async #sendCommand({ procedureId, payload }: Envelope, { user }: Guest): Promise<void> {
    const { services, stamp } = this.#hall;
    const command = readCommand(services.application, payload);
    if (isRefusal(command)) return this.#refuse(command, procedureId);
    const taken = await takeCommand(services, command, user);
    if (isRefusal(taken)) return this.#refuse(taken, procedureId);
    this.#send(frame("sentCommand", procedureId));
    void taken.rejection.then(
      (rejection) => rejection && this.#feed.tellRejection(rejectionEvent(stamp(), command.request, user, rejection), user),
    );
  }

  async #subscribeEvents({ procedureId, payload }: Envelope, { user, until }: Guest): Promise<void> {
    const filter = readFilter(isRecord(payload) ? payload["filter"] : payload);
    if (!filter) return this.#refuse(refusals.badRequest);
    this.#end(procedureId);
    if (!this.#hasPlace()) return this.#refuse(refusals.tooManyRequests, procedureId);

    let early: string[] | undefined = [];
    const send = (event: string) => (early ? void early.push(event) : this.#send(frame("event", procedureId, event)));
    const subscription: Subscription = { filter, user, send };
    const stopClock = at(until, () => {
      this.#end(procedureId);
      this.#refuse(refusals.invalidToken, procedureId);
    });
    const end = () => {
      stopClock();
      this.#feed.end(subscription);
    };
    const ongoing: Ongoing = { kind: "events", isAboutCommand: correlationOf(filter) !== undefined, end };
    this.#ongoing.set(procedureId, ongoing);
    await this.#feed.begin(subscription);
    if (this.#ongoing.get(procedureId) !== ongoing) return end();
    this.#send(frame("subscribedEvents", procedureId));
    for (const event of early) this.#send(frame("event", procedureId, event));
    early = undefined;
  }

  async #subscribeRead({ procedureId, payload }: Envelope, { user }: Guest): Promise<void> {
    if (payload === undefined || payload === null) return this.#refuse(refusals.payloadMissing, procedureId);
    const asked = askedIn(payload);
    if (!asked) return this.#refuse(refusals.badRequest);
    const wanted = understandQuestion(this.#hall.services.application, asked, user);
    if (isRefusal(wanted)) return this.#refuse(onSocket(wanted), procedureId);
    this.#end(procedureId);
    if (!this.#hasPlace()) return this.#refuse(refusals.tooManyRequests, procedureId);

    const reading = new AbortController();
    this.#ongoing.set(procedureId, { kind: "read", isAboutCommand: false, end: () => reading.abort() });
    await this.#feed.asked(wanted.question);
    const pages = await this.#hall.pages.read(wanted);
    if (reading.signal.aborted) return;
    if (isRefusal(pages)) {
      this.#end(procedureId);

      return this.#refuse(onSocket(pages), procedureId);
    }
    this.#send(frame("subscribedRead", procedureId));
    for await (const items of pages) {
      if (reading.signal.aborted) return;
      for (const item of items) this.#send(frame("item", procedureId, item));
      if (!(await hasRoom(this.#outlet))) return this.#socket.terminate();
    }
    if (reading.signal.aborted) return;
    this.#end(procedureId);
    this.#send(frame("finish", procedureId));
  }

  /** The old clients say it twice, and after the end; to what is unknown there is no answer. */
  #unsubscribe({ procedureId }: Envelope, kind: Ongoing["kind"]): void {
    if (this.#ongoing.get(procedureId)?.kind !== kind) return;
    this.#end(procedureId);
    this.#send(frame(kind === "events" ? "unsubscribedEvents" : "unsubscribedRead", procedureId));
  }

  /** The old clients often forget to end what waits for the story of a command: the oldest of those makes room. */
  #hasPlace(): boolean {
    if (this.#ongoing.size < mostOngoing) return true;
    for (const [procedureId, { isAboutCommand }] of this.#ongoing) {
      if (!isAboutCommand) continue;
      this.#end(procedureId);

      return true;
    }

    return false;
  }

  #end(procedureId: string): void {
    const ongoing = this.#ongoing.get(procedureId);
    this.#ongoing.delete(procedureId);
    ongoing?.end();
  }

  #endAll(): void {
    for (const procedureId of [...this.#ongoing.keys()]) this.#end(procedureId);
    this.#feed.close();
  }

  #refuse(refusal: Refusal, procedureId?: string): void {
    this.#send(errorFrame(refusal, procedureId));
  }

  #send(text: string): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(text);
  }

  /** What was accepted is answered before the connection ends. */
  async #closeWhenAnswered(): Promise<void> {
    this.#endAll();
    const end = Date.now() + longestGoodbye;
    while (this.#inFlight > 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 5));
    this.#socket.close(goingAway, "The server is going away.");
  }
}

function askedIn(payload: unknown): Asked | undefined {
  if (!isRecord(payload)) return undefined;
  const { modelType, modelName, query = {} } = payload;
  // What is no query has no condition that could be understood.
  const { where, orderBy, skip, take } = isRecord(query) ? query : { where: query };

  return { modelType, modelName, where, orderBy, skip: countIn(skip, 0), take: countIn(take, takenByDefault) };
}

/** On the socket, all that can be wrong with a query had one name. */
function onSocket(refusal: Refusal): Refusal {
  return refusal === refusals.invalidWhere || refusal === refusals.invalidOrderBy ? refusals.invalidQuery : refusal;
}

/** What is no number counts as nothing said. */
function countIn(value: unknown, otherwise: number): number {
  const count = typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : value;

  return Number.isSafeInteger(count) && (count as number) > 0 ? (count as number) : otherwise;
}

function procedureIn(data: RawData): string | undefined {
  const envelope = openEnvelope(String(data));

  return isRefusal(envelope) ? undefined : envelope.procedureId;
}
