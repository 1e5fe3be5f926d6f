import type { Application } from "./application.ts";
import { currentLog } from "./evolution/current-log.ts";
import { evolutionOf } from "./evolution/evolution.ts";
import { Trouble } from "./http/trouble.ts";
import type { Journal } from "./journal.ts";
import { openToReplay } from "./open-lists.ts";
import type { Options } from "./options.ts";
import { timeOrderedId } from "./protocol/time-ordered-id.ts";
import type { ListStatus, ReadModel } from "./read/read-model.ts";
import { stoppedSentence } from "./read/stopped-sentence.ts";
import { suggestion } from "./read/suggestion.ts";
import type { EventLog } from "./store/event-log.ts";
import { openLog } from "./store/open-log.ts";

const step = 2_000;
const progressEvery = 2_000;

/** Makes one list anew from all events. Where the application is running, it answers meanwhile with what the list was before. */
export async function replayList(application: Application, options: Options, name: string, journal: Journal): Promise<void> {
  const { aggregates, lists } = application;
  const list = lists.find((candidate) => candidate.name === name);
  if (!list) {
    const names = lists.map((candidate) => candidate.name);
    throw new Trouble(`There is no list "${name}".`, suggestion(name, names));
  }
  const log = currentLog(await openLog(options.store, { newId: timeOrderedId }), evolutionOf(aggregates));
  try {
    const model = await openToReplay(application, list, options, log);
    try {
      await build(model, log, journal);
    } finally {
      await model.close();
    }
  } finally {
    await log.close();
  }
}

async function build(model: ReadModel, log: EventLog, journal: Journal): Promise<void> {
  const head = await log.head();
  let [status] = (await model.attach(head)) as [ListStatus];
  let told = Date.now();
  while (status.building && !status.stopped) {
    [status] = (await model.buildOn(status.building.position, step)).statuses as [ListStatus];
    if (status.building && Date.now() - told > progressEvery) {
      told = Date.now();
      journal.info(`The list ${status.list} is being made anew: ${status.building.position} of ${head.position} events.`);
    }
  }
  const stopped = stoppedSentence(status);
  if (stopped !== undefined) throw new Trouble(stopped, "Mend what stopped it, build, and try again.");
  journal.info(`The list ${status.list} has been made anew from ${status.position} events.`);
}
