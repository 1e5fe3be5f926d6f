import type { Aggregate, Allow, Command, Event, Field, Invariant, Unique, Upgrade } from "../ast.ts";
import { fault } from "../faults.ts";
import type { Line } from "../outline.ts";
import { checkName, type Reading } from "../reading.ts";
import { readMembers, spanOfBlock, spanOfLine } from "./block.ts";
import { readByCode } from "./by-code.ts";
import { keep } from "./keep.ts";
import { readCondition } from "./condition.ts";
import { readStatementBlock } from "./statement.ts";

/** Before a dot these are scopes. */
const takenAggregates = new Set(["user", "event", "command", "row", "flow"]);
const takenCommands = new Set(["see", "read"]);
const takenFields = new Set(["owner"]);

export function readAggregate(reading: Reading, line: Line): Aggregate | undefined {
  const head = reading.read(line, "aggregate");
  if (head === undefined) return undefined;
  checkName(reading, head.name, "aggregate", takenAggregates);
  const fields: Field[] = [];
  const commands: Command[] = [];
  const events: Event[] = [];
  const invariants: Invariant[] = [];
  const uniques: Unique[] = [];
  const allows: Allow[] = [];
  const upgrades: Upgrade[] = [];
  const block = readMembers(
    reading,
    line,
    "aggregate",
    {
      command: (child) => keep(commands, readCommand(reading, child)),
      event: (child) => keep(events, readEvent(reading, child)),
      retired: (child) => keep(events, readEvent(reading, child)),
      invariant: (child) => keep(invariants, readInvariant(reading, child)),
      unique: (child) => keep(uniques, readUnique(reading, child)),
      allow: (child) => keep(allows, readAllow(reading, child)),
      upgrade: (child) => keep(upgrades, readUpgrade(reading, child)),
    },
    fields,
  );
  for (const { name } of fields) checkName(reading, name, "state-field", takenFields);
  return { kind: "aggregate", ...head, fields, commands, events, invariants, uniques, allows, upgrades, ...block };
}

function readCommand(reading: Reading, line: Line): Command | undefined {
  const head = reading.read(line, "command");
  if (head === undefined) return undefined;
  checkName(reading, head.name, "command", takenCommands);
  return { kind: "command", ...head, ...readStatementBlock(reading, line, "command", true) };
}

function readEvent(reading: Reading, line: Line): Event | undefined {
  const head = reading.read(line, "event");
  return head && { kind: "event", ...head, ...readStatementBlock(reading, line, "event", true) };
}

function readInvariant(reading: Reading, line: Line): Invariant | undefined {
  const head = reading.read(line, "invariant");
  if (head === undefined) return undefined;
  const { reason, condition: conditionHead } = head;
  const condition = readCondition(reading, conditionHead, line);
  if (condition === undefined) return undefined;
  const described =
    conditionHead.kind === "group-head" ? { span: spanOfBlock(line), questions: [] } : readMembers(reading, line, "description", {});
  return { kind: "invariant", reason, condition, ...described };
}

function readUnique(reading: Reading, line: Line): Unique | undefined {
  const head = reading.read(line, "unique");
  return head && { kind: "unique", ...head, ...readMembers(reading, line, "description", {}) };
}

export function readAllow(reading: Reading, line: Line): Allow | undefined {
  const head = reading.read(line, "allow");
  return head && { kind: "allow", ...head, ...readMembers(reading, line, "description", {}) };
}

function readUpgrade(reading: Reading, line: Line): Upgrade | undefined {
  const head = reading.read(line, "upgrade");
  if (head === undefined) return undefined;
  let byCode = false;
  const block = readMembers(reading, line, "upgrade", {
    by: (child) => {
      byCode = readByCode(reading, child) !== undefined || byCode;
    },
  });
  if (!byCode && line.children.length === 0) {
    reading.noteUnlessFlawed(line, fault("by-code-missing", spanOfLine(line), { opener: reading.source(line) }));
  }
  return { kind: "upgrade", ...head, ...block };
}
