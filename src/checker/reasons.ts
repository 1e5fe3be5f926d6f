import type { Aggregate } from "../model/aggregate.ts";
import type { CommandStatement, Reason } from "../model/command.ts";
import type { Place } from "../model/place.ts";

/** A reason that somebody may hear. Without `command`, every command of the aggregate may be turned down for it. */
export interface GivenReason {
  readonly reason: Reason;
  readonly command?: string;
  readonly of: "command" | "invariant" | "unique";
  readonly place: Place;
}

export const reasonsOf = ({ commands, invariants, uniques }: Aggregate): readonly GivenReason[] => [
  ...commands.flatMap(({ name: command, statements }) =>
    statements.flatMap(reasonsIn).map((given) => ({ ...given, command, of: "command" as const })),
  ),
  ...invariants.map(({ reason, place }) => ({ reason, place, of: "invariant" as const })),
  ...uniques.map(({ reason, place }) => ({ reason, place, of: "unique" as const })),
];

function reasonsIn(statement: CommandStatement): readonly { readonly reason: Reason; readonly place: Place }[] {
  switch (statement.kind) {
    case "reject":
      return [statement];
    case "when":
      return [...statement.statements, ...(statement.otherwise ?? [])].flatMap(reasonsIn);
    case "by-code":
      return statement.mayReject.map((text) => ({ reason: [text], place: statement.place }));
    default:
      return [];
  }
}

export const inOneText = (reason: Reason): string => reason.map((part) => (typeof part === "string" ? part : "…")).join("");

/** Where a reason holds values, anything may stand. */
export function isReason(text: string, reason: Reason): boolean {
  let at = 0;
  for (const [index, part] of reason.entries()) {
    if (typeof part !== "string") continue;
    const found = index === 0 ? (text.startsWith(part) ? 0 : -1) : text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return typeof reason.at(-1) !== "string" || text.endsWith(String(reason.at(-1)));
}
