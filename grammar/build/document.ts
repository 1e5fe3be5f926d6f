import type { Comment, Context, Declaration, Document, Domain, Import, Quoted, Role, Span } from "../ast.ts";
import { fault } from "../faults.ts";
import type { Line } from "../outline.ts";
import { checkName, type Reading } from "../reading.ts";
import { readAggregate } from "./aggregate.ts";
import { isDescription } from "../blocks.ts";
import { type Members, readMember, readMembers, spanOfLine } from "./block.ts";
import { readChoice, readFunction, readTable, readTypeAlias, readValue } from "./data.ts";
import { readFlow } from "./flow.ts";
import { keep } from "./keep.ts";
import { readList } from "./list.ts";
import { readScenario } from "./scenario.ts";

/** Roles are named after people, not after what everybody is. */
const takenRoles = new Set(["everyone", "authenticated", "owner"]);

export function readDocument(
  reading: Reading,
  lines: readonly Line[],
  rest: { readonly comments: readonly Comment[]; readonly unread: readonly Span[]; readonly span: Span },
): Document {
  const declarations: Declaration[] = [];
  const members: Members = {
    domain: (line) => keep(declarations, readDomain(reading, line)),
    import: (line) => keep(declarations, readImport(reading, line)),
    role: (line) => keep(declarations, readRole(reading, line)),
    context: (line) => keep(declarations, readContext(reading, line)),
    value: (line) => keep(declarations, readValue(reading, line)),
    choice: (line) => keep(declarations, readChoice(reading, line)),
    type: (line) => keep(declarations, readTypeAlias(reading, line)),
    function: (line) => keep(declarations, readFunction(reading, line)),
    table: (line) => keep(declarations, readTable(reading, line)),
    list: (line) => keep(declarations, readList(reading, line)),
    flow: (line) => keep(declarations, readFlow(reading, line)),
    scenario: (line) => keep(declarations, readScenario(reading, line)),
  };
  for (const line of lines) {
    if (!isDescription(line.tokens)) {
      readMember(reading, line, "file", members);
      continue;
    }
    reading.note(fault("misplaced-description", spanOfLine(line), { opener: "" }));
    reading.skip(line);
  }
  return { kind: "document", declarations, ...rest };
}

function readDomain(reading: Reading, line: Line): Domain | undefined {
  const head = reading.read(line, "domain");
  if (head === undefined) return undefined;
  let timeZone: Quoted | undefined;
  const block = readMembers(reading, line, "domain", {
    time: (child) => {
      timeZone = reading.read(child, "timeZone");
    },
  });
  return { kind: "domain", ...head, ...(timeZone && { timeZone }), ...block };
}

function readImport(reading: Reading, line: Line): Import | undefined {
  const head = reading.read(line, "import");
  return head && { kind: "import", ...head, span: spanOfLine(line) };
}

function readRole(reading: Reading, line: Line): Role | undefined {
  const head = reading.read(line, "role");
  if (head === undefined) return undefined;
  checkName(reading, head.name, "role", takenRoles);
  return { kind: "role", ...head, ...readMembers(reading, line, "description", {}) };
}

function readContext(reading: Reading, line: Line): Context | undefined {
  const head = reading.read(line, "context");
  if (head === undefined) return undefined;
  const members: Context["members"][number][] = [];
  const block = readMembers(reading, line, "context", {
    aggregate: (child) => keep(members, readAggregate(reading, child)),
    value: (child) => keep(members, readValue(reading, child)),
    choice: (child) => keep(members, readChoice(reading, child)),
    type: (child) => keep(members, readTypeAlias(reading, child)),
    function: (child) => keep(members, readFunction(reading, child)),
    table: (child) => keep(members, readTable(reading, child)),
    role: (child) => keep(members, readRole(reading, child)),
  });
  return { kind: "context", ...head, members, ...block };
}
