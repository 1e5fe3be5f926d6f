import type { Address } from "./stage.ts";
import { kindOf, partsOf } from "./full-name.ts";
import type { Data, Step, Story, Values } from "./story.ts";

/**
 * Who is who in a story. An aggregate that has a name has it for an id; of those without one there is one of each kind: the one that was begun,
 * be it by the story or by a flow, or, before any was, one that is called as its kind is.
 */
export class Cast {
  readonly #named: ReadonlyMap<string, ReadonlySet<string>>;
  /** The latest one without a name, of each kind. */
  readonly #unnamed = new Map<string, string>();

  constructor({ steps }: Story) {
    const named = steps.flatMap((step) => addressIn(step) ?? []);
    this.#named = new Map([...Map.groupBy(named, ({ kind }) => kind)].map(([kind, all]) => [kind, new Set(all.map(({ id }) => id))]));
  }

  readonly idOf = (kind: string): string => this.#unnamed.get(kind) ?? partsOf(`${kind}.`).aggregate;

  /** Somebody enters. */
  meet({ kind, id }: Address): void {
    if (this.#isUnnamed({ kind, id })) this.#unnamed.set(kind, id);
  }

  address(fullName: string, on: string | undefined): Address {
    const kind = kindOf(fullName);
    return { kind, id: on ?? this.idOf(kind) };
  }

  /** Whether a claim without a name, or with this one, can be about the aggregate. */
  isMeant({ kind, id }: Address, on: string | undefined): boolean {
    return on === undefined ? this.#isUnnamed({ kind, id }) : on === id;
  }

  values(data: Data): Values {
    return typeof data === "function" ? data(this.idOf) : data;
  }

  #isUnnamed({ kind, id }: Address): boolean {
    return this.#named.get(kind)?.has(id) !== true;
  }
}

function addressIn(step: Step): Address | undefined {
  if (!("on" in step) || step.on === undefined) return undefined;
  return { kind: kindOf(step.kind === "when" ? step.command : step.event), id: step.on };
}
