/** What a thing was called before: the latest name first, the oldest last. */
export type FormerNames = readonly string[];

/** An aggregate's full name. */
export interface AggregateName {
  readonly context: string;
  readonly aggregate: string;
}

/** A value's, choice's or function's full name; one that stands beside the contexts has none of its own. */
export interface SharedName {
  readonly context?: string;
  readonly name: string;
}

export interface CommandName extends AggregateName {
  readonly command: string;
}

export interface EventName extends AggregateName {
  readonly event: string;
}

/** `communication.message`, as the runtime writes it. */
export function fullName(name: AggregateName | CommandName | EventName | SharedName): string {
  return [...("name" in name ? [name.context, name.name] : [name.context, name.aggregate, lastPart(name)])]
    .filter((part) => part !== undefined)
    .join(".");
}

function lastPart(name: AggregateName | CommandName | EventName): string | undefined {
  if ("command" in name) return name.command;
  return "event" in name ? name.event : undefined;
}
