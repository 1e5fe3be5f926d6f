import type { Rule } from "./rule.ts";
import { aggregateNeverBegins } from "./rules/aggregate-never-begins.ts";
import { allowedAnyway } from "./rules/allowed-anyway.ts";
import { commandNeverAllowed } from "./rules/command-never-allowed.ts";
import { commandNotImperative } from "./rules/command-not-imperative.ts";
import { commandWithoutEvent } from "./rules/command-without-event.ts";
import { conditionAlwaysHolds } from "./rules/condition-always-holds.ts";
import { conditionNeverHolds } from "./rules/condition-never-holds.ts";
import { defaultNotAllowed } from "./rules/default-not-allowed.ts";
import { eventNeverPublished } from "./rules/event-never-published.ts";
import { eventNotPast } from "./rules/event-not-past.ts";
import { eventWithoutEffect } from "./rules/event-without-effect.ts";
import { fieldNeverUsed } from "./rules/field-never-used.ts";
import { formerNameTaken } from "./rules/former-name-taken.ts";
import { flowsInACircle } from "./rules/flows-in-a-circle.ts";
import { givenIncomplete } from "./rules/given-incomplete.ts";
import { givenTooEarly } from "./rules/given-too-early.ts";
import { listNeverFilled } from "./rules/list-never-filled.ts";
import { listNeverRead } from "./rules/list-never-read.ts";
import { listRepeated } from "./rules/list-repeated.ts";
import { nameOfADatabase } from "./rules/name-of-a-database.ts";
import { nameOfTheClient } from "./rules/name-of-the-client.ts";
import { nameRepeated } from "./rules/name-repeated.ts";
import { openQuestion } from "./rules/open-question.ts";
import { rowAddedTwice } from "./rules/row-added-twice.ts";
import { rowNeverThere } from "./rules/row-never-there.ts";
import { rowReplaced } from "./rules/row-replaced.ts";
import { rowStartMissing } from "./rules/row-start-missing.ts";
import { rowWithoutId } from "./rules/row-without-id.ts";
import { startMissing } from "./rules/start-missing.ts";
import { stateNeverSet } from "./rules/state-never-set.ts";
import { unknownReason } from "./rules/unknown-reason.ts";
import { upgradeMissing } from "./rules/upgrade-missing.ts";
import { upgradeTooEarly } from "./rules/upgrade-too-early.ts";
import { upgradeTwice } from "./rules/upgrade-twice.ts";
import { valueContainsItself } from "./rules/value-contains-itself.ts";

/** What has to hold, besides all that is found out while names are resolved and types are told. */
export const rules: readonly Rule[] = [
  valueContainsItself,
  defaultNotAllowed,
  startMissing,
  rowStartMissing,
  rowWithoutId,
  nameOfTheClient,
  formerNameTaken,
  upgradeMissing,
  upgradeTwice,
  upgradeTooEarly,
  givenTooEarly,
  givenIncomplete,
  unknownReason,
];

/** What is hardly ever meant. */
export const advice: readonly Rule[] = [
  aggregateNeverBegins,
  commandNeverAllowed,
  commandWithoutEvent,
  eventNeverPublished,
  eventWithoutEffect,
  fieldNeverUsed,
  stateNeverSet,
  listNeverFilled,
  listNeverRead,
  rowReplaced,
  rowNeverThere,
  rowAddedTwice,
  listRepeated,
  allowedAnyway,
  conditionNeverHolds,
  conditionAlwaysHolds,
  flowsInACircle,
  nameRepeated,
  nameOfADatabase,
  commandNotImperative,
  eventNotPast,
];

export const questions: readonly Rule[] = [openQuestion];
