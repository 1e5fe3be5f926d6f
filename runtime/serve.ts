import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Application } from "./application.ts";
import { adviceFile } from "./advice-file.ts";
import { makeDataFolder } from "./data-folder.ts";
import type { Doorkeeper } from "./doorkeeper.ts";
import { currentLog } from "./evolution/current-log.ts";
import { evolutionOf } from "./evolution/evolution.ts";
import { checkLog } from "./evolution/log-check.ts";
import { sentenceOf } from "./evolution/unreadable.ts";
import type { FlowsAtWork } from "./flows/flows.ts";
import { flowsPlace } from "./flows/flows-place.ts";
import { certificateIn } from "./http/certificate.ts";
import { admission } from "./http/admission.ts";
import { identitiesByIssuers, identitiesForDevelopment, nobodyKnown, type Identities } from "./http/identity/identity-of-application.ts";
import { isTraced } from "./http/is-traced.ts";
import type { Furnish } from "./http/create-server.ts";
import type { Door } from "./http/door.ts";
import type { Measured } from "./http/metrics.ts";
import { originsAllowed } from "./http/origins.ts";
import { RateLimit } from "./http/rate-limit.ts";
import type { Services } from "./http/services.ts";
import { silent, type Journal } from "./journal.ts";
import { explained, listen } from "./listen.ts";
import { openLists } from "./open-lists.ts";
import type { Options } from "./options.ts";
import type { FlowsSurroundings } from "./start-flows.ts";
import { tellOutage } from "./tell-outage.ts";
import { timeOrderedId } from "./protocol/time-ordered-id.ts";
import { EventTail } from "./read/event-tail.ts";
import { Lists } from "./read/lists.ts";
import type { ListsReport } from "./read/lists-report.ts";
import { stoppedSentence } from "./read/stopped-sentence.ts";
import { openLog } from "./store/open-log.ts";
import { StoreFailure } from "./store/store-failure.ts";
import type { Inbox } from "./write/inbox.ts";
import { openWriteModel, type WriteModel } from "./write/write-model.ts";

export interface Serving extends Options {
  /** The folder of the application's own page. */
  readonly client: string;
  /** The folder of the documents that were generated about its API. */
  readonly api?: string;
  /** The URL of the module that exports the application: lists then get a thread of their own. */
  readonly module?: string;
  readonly journal?: Journal;
  /** Whoever keeps the address; otherwise the server listens itself. */
  readonly doorkeeper?: Doorkeeper;
  /** The time, in milliseconds since 1970, as commands and timers are to have it. */
  readonly now?: () => number;
}

export interface Served {
  readonly url: string;
  /** The flows, where the application has some: for whoever turns the clock. */
  readonly flows?: FlowsAtWork;
  /** Takes no more requests, answers those that it has, and closes everything. */
  close(): Promise<void>;
}

/** Runs an application in this process. Throws `Trouble`, `StoreFailure`, `NotUnique` or `ListsUnavailable` where the machine does not let it. */
export async function serve(application: Application, serving: Serving): Promise<Served> {
  const closing = new AbortController();
  const opened: (() => Promise<unknown> | void)[] = [];
  const close = async () => {
    closing.abort();
    for (const end of opened.splice(0).reverse()) await end();
  };

  makeDataFolder(serving.data);
  try {
    const parts = openParts(application, serving, opened);
    const journal = tellOutage(serving.journal ?? silent, async () => (await parts.log).head(), closing.signal);
    const [furnish, others, services] = await Promise.all([
      newServer(serving),
      otherDoors(serving),
      assemble(application, { ...serving, journal }, parts, closing.signal, opened),
    ]);
    const server = furnish(services, { client: serving.client, api: serving.api, studio: serving.dev }, others);
    const listening = await listen(server, serving, serving.doorkeeper);
    opened.push(() => listening.close());

    return { url: listening.url, close, ...(services.flows && { flows: services.flows }) };
  } catch (error) {
    await close();
    throw error;
  }
}

async function newServer({ http, data, host }: Serving): Promise<Furnish> {
  const [{ createServer }, certificate] = await Promise.all([
    import("./http/create-server.ts"),
    http ? undefined : certificateIn(data, [host], Date.now()),
  ]);

  return createServer(certificate);
}

/** Nothing is loaded for clients that nobody expects. */
async function otherDoors({ compat }: Serving): Promise<readonly Door[]> {
  return compat === undefined ? [] : [(await import("./compat/wolkenkit-1.ts")).wolkenkit1];
}

type Closers = (() => Promise<unknown> | void)[];

/** Two threads start at the same time; whichever fails, the other is closed. */
function openParts(application: Application, serving: Serving, opened: Closers) {
  const evolution = evolutionOf(application.aggregates);
  const log = openLog(serving.store, { newId: timeOrderedId }).then((stored) => currentLog(stored, evolution));
  const model = openLists(application, serving, log, serving.module);
  opened.push(
    () => log.then((opened) => opened.close()).catch(() => undefined),
    () => model.then((opened) => opened.close()).catch(() => undefined),
  );

  return { log, model };
}

async function assemble(
  application: Application,
  serving: Serving,
  parts: ReturnType<typeof openParts>,
  closing: AbortSignal,
  opened: Closers,
): Promise<Services> {
  const { journal = silent, now = Date.now, origins = [], proxy = false, rate = 0 } = serving;
  const [log, model] = await Promise.all([parts.log, parts.model]);
  const tail = new EventTail(log);
  opened.push(() => tail.close());
  const lists = await Lists.start({ model, log, report: tellingOf(journal, adviceFile(serving.data)), mostObserved: serving.questions });
  opened.push(() => lists.close());
  let superseded: string | undefined;
  const report = (fault: unknown) => {
    if (!isSuperseded(fault)) return journal.error("A request met a fault of ours.", fault);
    if (superseded === undefined) journal.error((superseded = `${fault.message} ${fault.cure}`));
  };
  const plain = await openWriteModel(application.aggregates, log, { now, newId: timeOrderedId, report });
  let flows: FlowsAtWork | undefined;
  const write = await watched(plain, application, serving, { log, lists, flows: () => flows?.statuses ?? [] }, opened);
  const check = checkLog(log, application.aggregates, closing, {
    unreadable: (found) => journal.error(sentenceOf(found)),
    failed: (error) => journal.error("Whether the model can read all events could not be found out.", error),
  });

  const inbox = inboxOf(serving, write, opened);
  const identities = identitiesOf(application, serving, report);
  flows = await flowsOf(application, serving, { log, tail, write, now }, opened);

  return {
    ...{ application, log, check, write, inbox, lists, tail, closing, report, newId: timeOrderedId },
    supersededBy: () => superseded,
    ...(flows && { flows }),
    ...identities,
    admission: admission(identities.identity, new RateLimit(rate, Date.now), proxy),
    origins: originsAllowed(origins, proxy),
    isBehindProxy: proxy,
  };
}

const isSuperseded = (fault: unknown): fault is StoreFailure => fault instanceof StoreFailure && fault.trouble === "superseded";

/** What lists tell of themselves, for the operator. */
function tellingOf(journal: Journal, keepAdvice: (sentence: string) => void): ListsReport {
  return {
    stopped: (status) => journal.error(stoppedSentence(status)!),
    building: (list, position, head) => journal.info(`The list ${list} is being made anew: ${position} of ${head} events.`),
    built: (list) => journal.info(`The list ${list} has been made anew, and answers from now on.`),
    progress: (position, head) => journal.info(`The lists are catching up: ${position} of ${head} events.`),
    advice(sentence) {
      journal.info(sentence);
      keepAdvice(sentence);
    },
    failed: (error) => journal.error("The lists cannot be updated; trying again.", error),
  };
}

/** Opened when it is needed: at once, where an earlier process has left something in it. */
function inboxOf(serving: Serving, write: WriteModel, opened: Closers): () => Promise<Inbox> {
  const file = join(serving.data, "inbox.jsonl");
  let opening: Promise<Inbox> | undefined;
  const inbox = () =>
    (opening ??= import("./write/inbox.ts").then(async ({ Inbox }) => {
      const made = await Inbox.open(file, write);
      opened.push(() => made.close());

      return made;
    }));
  if (existsSync(file) && statSync(file).size > 0) void inbox();

  return inbox;
}

/** Commands are measured and traced where somebody wants to see it; elsewhere nothing is loaded, and nothing is in the way. */
async function watched(
  write: WriteModel,
  application: Application,
  { metrics: port, host, journal = silent }: Serving,
  measured: Measured,
  opened: Closers,
): Promise<WriteModel> {
  if (port === undefined && !isTraced()) return write;
  const { aroundCommands } = await import("./http/around-commands.ts");
  const traced = isTraced() ? aroundCommands(write, (await import("./http/tracing.ts")).tracedCommands()) : write;
  if (port === undefined) return traced;

  const metrics = (await import("./http/metrics.ts")).openMetrics(application, measured);
  const listening = await metrics.listen(host, port).catch((error: unknown) => {
    throw explained(error, host, port, "metrics");
  });
  opened.push(() => listening.close());
  journal.info(`What is measured can be read at ${listening.url}`);

  return aroundCommands(traced, metrics.around);
}

/** Nothing is loaded for an application that has none. */
async function flowsOf(
  application: Application,
  serving: Serving,
  world: FlowsSurroundings,
  opened: Closers,
): Promise<FlowsAtWork | undefined> {
  if (!application.flows?.length) return undefined;
  const { startFlows } = await import("./start-flows.ts");
  const flows = await startFlows(application, flowsPlace(serving.store, serving.data), world, serving.journal ?? silent);
  opened.push(() => flows.close());

  return flows;
}

function identitiesOf(application: Application, serving: Serving, report: (fault: unknown) => void): Identities {
  const world = { now: Date.now, report };
  if (serving.tokens) return identitiesByIssuers(application, serving.tokens, world);

  return serving.dev ? identitiesForDevelopment(application, serving.data, world) : nobodyKnown;
}
