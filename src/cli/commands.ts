import type { Run } from "./invocation.ts";
import { serverOptions } from "./server-arguments.ts";

export interface CommandDescription {
  readonly name: string;
  readonly args: string;
  readonly summary: string;
  readonly options: readonly (readonly [flags: string, description: string, choices?: readonly string[]])[];
  readonly examples: readonly (readonly [line: string, effect: string])[];
  readonly next?: string;
  /** Only the command that is run is loaded. */
  load(): Promise<Run>;
}

const onPath = "PATH is a .domain file or the folder it is in; by default, the current folder.";
const json = ["--json", "answer in JSON, for machines"] as const;

const store = ["--store <store>", "the log: sqlite:FILE or postgres://… (default: WKGEN_STORE, or sqlite:data/NAME.db)"] as const;
const data = ["--data <folder>", "where flows are kept beside a log in SQLite (default: beside it)"] as const;

export const commands: readonly CommandDescription[] = [
  {
    name: "new",
    args: "<name>",
    summary: "a running application in a new folder",
    options: [["--example <example>", "which example to begin with (default: chat)"]],
    examples: [
      ["wkgen new hello", "makes the folder hello with a model, a web page and a README"],
      ["wkgen new hello --example chat", "the same, said in full"],
    ],
    next: "Then: cd into the folder, npm install, npx wkgen dev.",
    load: async () => (await import("./new.ts")).runNew,
  },
  {
    name: "build",
    args: "[path]",
    summary: "generate the application from the model",
    options: [
      ["--watch", "build again whenever the model changes"],
      ["--check", "write nothing; fail where the files do not match the model (for CI)"],
      ["--dry-run", "write nothing; say what would be written"],
      json,
    ],
    examples: [
      ["wkgen build", "generates server/ and client/ beside the model in this folder"],
      ["wkgen build --check", "names the generated files that are stale, and why"],
    ],
    next: `${onPath}\nThen: wkgen dev runs it.`,
    load: async () => (await import("./build.ts")).runBuild,
  },
  {
    name: "check",
    args: "[path]",
    summary: "everything that is wrong with the model; nothing is written",
    options: [
      ["--format <format>", "text, json, github, sarif or junit (default: text)", ["text", "json", "github", "sarif", "junit"]],
      ["--json", "the same as --format json"],
      ["--fix", "mend what can be mended safely, and show what changed"],
      ["--unsafe", "with --fix: make the guesses, too"],
    ],
    examples: [
      ["wkgen check", "checks the model in this folder"],
      ["wkgen check chat.domain --fix", "mends what is sure, and reports the rest"],
      ["wkgen check --format github", "annotates the lines of a pull request"],
    ],
    next: `${onPath}\nThen: wkgen explain CODE tells more about a finding.`,
    load: async () => (await import("./check.ts")).runCheck,
  },
  {
    name: "format",
    args: "[path]",
    summary: "the canonical layout; comments stay",
    options: [["--check", "write nothing; fail where the layout is another"]],
    examples: [
      ["wkgen format", "lays out the models in this folder"],
      ["wkgen format chat.domain --check", "says whether that one is laid out already"],
    ],
    next: onPath,
    load: async () => (await import("./format.ts")).runFormat,
  },
  {
    name: "model",
    args: "[path]",
    summary: "the checked model, for other tools",
    options: [
      ["--format <format>", "json (default: json)", ["json"]],
      ["--schema", "print the JSON Schema of that form instead"],
    ],
    examples: [
      ["wkgen model --format json", "prints the model in this folder: every name resolved, every shorthand expanded"],
      ["wkgen model --schema", "says what the form is, as a JSON Schema"],
    ],
    next: onPath,
    load: async () => (await import("./model.ts")).runModel,
  },
  {
    name: "test",
    args: "[path]",
    summary: "play the scenarios on the generated code",
    options: [
      ["--filter <text>", "only scenarios with this in their title"],
      ["--watch", "again whenever the model changes"],
      ["--coverage <percent>", "fail where the scenarios show less of the model than this"],
      ["--format <format>", "text, json, junit or github (default: text)", ["text", "json", "junit", "github"]],
      ["--json", "the same as --format json"],
      ["--explore", "make stories up instead, until one breaks something"],
      ["--runs <count>", "how many stories to make up (default: 300)"],
      ["--seed <number>", "make up the same stories as another time"],
    ],
    examples: [
      ["wkgen test", "builds, plays all scenarios, says what they do not show"],
      ["wkgen test --filter likes --watch", "only those about likes, after every change"],
      ["wkgen test --format junit --coverage 100", "for CI: fails where anything of the model is not shown"],
      ["wkgen test --explore", "prints the smallest story that breaks something, as a scenario to paste"],
    ],
    next: onPath,
    load: async () => (await import("./test.ts")).runTest,
  },
  {
    name: "dev",
    args: "[path]",
    summary: "build, run, and follow every change",
    options: serverOptions,
    examples: [
      ["wkgen dev", "runs the model in this folder and prints the address"],
      ["wkgen dev chat.domain --port 4000", "runs that one, on another port"],
    ],
    next: `${onPath}\nCtrl-C ends it. What was said stays in data/.`,
    load: async () => (await import("./dev.ts")).runDev,
  },
  {
    name: "start",
    args: "[path]",
    summary: "run for production what was built",
    options: [...serverOptions, ["--json", "the log is lines of JSON in a terminal, too"]],
    examples: [["wkgen start", "the same as node server/server.ts"]],
    next: onPath,
    load: async () => (await import("./start.ts")).runStart,
  },
  {
    name: "parked",
    args: "[path]",
    summary: "the commands that flows could not have carried out",
    options: [["--retry", "have them tried again; a running application does so by itself"], store, data],
    examples: [
      ["wkgen parked", "says which they are, and why"],
      ["wkgen parked --retry", "puts them back"],
    ],
    next: onPath,
    load: async () => (await import("./parked.ts")).runParked,
  },
  {
    name: "replay",
    args: "<list> [path]",
    summary: "make a list anew from all events, while it answers",
    options: [store],
    examples: [["wkgen replay messages", "also while the application is running, which goes on answering"]],
    next: onPath,
    load: async () => (await import("./replay.ts")).runReplay,
  },
  {
    name: "explain",
    args: "[code]",
    summary: "what a finding means, with an example",
    options: [],
    examples: [
      ["wkgen explain unknown-event", "what it means, why it matters, how it is mended"],
      ["wkgen explain", "lists all codes"],
    ],
    load: async () => (await import("./explain.ts")).runExplain,
  },
  {
    name: "doctor",
    args: "[path]",
    summary: "examine this installation",
    options: [json],
    examples: [["wkgen doctor", "Node, port, permissions, versions, stale files: each with a cure"]],
    next: onPath,
    load: async () => (await import("./doctor.ts")).runDoctor,
  },
  {
    name: "events",
    args: "[path]",
    summary: "what happened: the event log, listed, filtered, followed",
    options: [
      store,
      ["--name <event>", "only events of this name, such as message.sent"],
      ["--on <id>", "only what happened to the aggregate with this id"],
      ["--user <id>", "only what this user did"],
      ["--since <time>", "only from this time on"],
      ["--until <time>", "only up to this time"],
      ["--after <position>", "only what comes after this position"],
      ["--take <count>", "at most so many"],
      ["--follow", "go on with what happens from now on"],
      ["--json", "whole events as lines of JSON, for machines"],
    ],
    examples: [
      ["wkgen events --name message.sent --take 10", "the first ten messages"],
      ["wkgen events --follow", "goes on until Ctrl-C"],
      ["wkgen events --json > events.jsonl", "all of them; wkgen restore takes them into a new log"],
    ],
    next: `${onPath}\nNothing is changed, and the application may go on.`,
    load: async () => (await import("./operate.ts")).runEvents,
  },
  {
    name: "backup",
    args: "<file> [path]",
    summary: "copy the event log, and what flows keep, to a file while the application runs",
    options: [store, data],
    examples: [["wkgen backup monday.jsonl", "the whole log as of now, as lines of JSON"]],
    next: `${onPath}\nThen: wkgen restore FILE, into a new log, of whatever kind.`,
    load: async () => (await import("./operate.ts")).runBackup,
  },
  {
    name: "restore",
    args: "<file> [path]",
    summary: "fill a new event log from a backup",
    options: [store, data],
    examples: [
      ["wkgen restore monday.jsonl --store sqlite:data/restored.db", "into a file that is made"],
      ["wkgen restore monday.jsonl --store postgres://me@db/shop", "from SQLite to PostgreSQL"],
    ],
    next: `${onPath}\nA log that has events is left as it is.`,
    load: async () => (await import("./operate.ts")).runRestore,
  },
];
