import { appendEventFunction } from "./append-event.ts";
import { appendFunctions } from "./append-functions.ts";

/**
 * Each step leads from the version of its index to the next; steps are added, never changed. Texts are ordered by their bytes; values, which
 * may be longer than an index takes, are found by their hash.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE head (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    version integer NOT NULL,
    position bigint NOT NULL,
    incarnation text NOT NULL,
    rules text NOT NULL
  );

  CREATE TABLE events (
    position bigint PRIMARY KEY,
    id text NOT NULL,
    context text COLLATE "C" NOT NULL,
    aggregate text COLLATE "C" NOT NULL,
    aggregate_id text COLLATE "C" NOT NULL,
    revision bigint NOT NULL,
    name text NOT NULL,
    version integer NOT NULL,
    data json NOT NULL,
    timestamp text NOT NULL,
    user_id text,
    command_id text NOT NULL,
    correlation_id text NOT NULL,
    causation_id text NOT NULL
  );

  CREATE UNIQUE INDEX history ON events (aggregate_id, aggregate, context, revision);

  CREATE TABLE commands (
    id text COLLATE "C" PRIMARY KEY,
    digest text NOT NULL,
    position bigint NOT NULL,
    revision bigint NOT NULL,
    events json NOT NULL,
    problem json
  );

  CREATE TABLE claims (
    context text COLLATE "C" NOT NULL,
    aggregate text COLLATE "C" NOT NULL,
    field text COLLATE "C" NOT NULL,
    value text NOT NULL,
    hash bytea NOT NULL,
    aggregate_id text COLLATE "C" NOT NULL,
    PRIMARY KEY (hash, field, aggregate, context)
  );

  CREATE UNIQUE INDEX claimed ON claims (aggregate_id, aggregate, context, field);

  CREATE TABLE snapshots (
    context text COLLATE "C" NOT NULL,
    aggregate text COLLATE "C" NOT NULL,
    aggregate_id text COLLATE "C" NOT NULL,
    shape text NOT NULL,
    revision bigint NOT NULL,
    state text NOT NULL,
    PRIMARY KEY (aggregate_id, aggregate, context)
  );

  ${appendFunctions}
  `,
  appendEventFunction,
];
