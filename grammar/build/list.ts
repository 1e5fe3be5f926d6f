import type { Allow, Field, Index, List, Query, Reaction } from "../ast.ts";
import type { Line } from "../outline.ts";
import { checkName, type Reading } from "../reading.ts";
import { readAllow } from "./aggregate.ts";
import { keep } from "./keep.ts";
import { readMembers, spanOfLine } from "./block.ts";
import { readReaction } from "./flow.ts";

/** Every row has one already. */
const takenFields = new Set(["id"]);

export function readList(reading: Reading, line: Line): List | undefined {
  const head = reading.read(line, "list");
  if (head === undefined) return undefined;
  const fields: Field[] = [];
  const indexes: Index[] = [];
  const reactions: Reaction[] = [];
  const queries: Query[] = [];
  const allows: Allow[] = [];
  const members = {
    index: (child: Line) => keep(indexes, readIndex(reading, child)),
    when: (child: Line) => keep(reactions, readReaction(reading, child, "projection")),
    query: (child: Line) => keep(queries, readQuery(reading, child)),
    allow: (child: Line) => keep(allows, readAllow(reading, child)),
  };
  const block = readMembers(reading, line, "list", members, fields);
  for (const { name } of fields) checkName(reading, name, "list-field", takenFields);
  return { kind: "list", ...head, fields, indexes, reactions, queries, allows, ...block };
}

function readIndex(reading: Reading, line: Line): Index | undefined {
  const head = reading.read(line, "index");
  return head && { kind: "index", ...head, span: spanOfLine(line) };
}

function readQuery(reading: Reading, line: Line): Query | undefined {
  const head = reading.read(line, "query");
  return head && { kind: "query", ...head, ...readMembers(reading, line, "description", {}) };
}
