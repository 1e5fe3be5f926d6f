import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Domain } from "../../model/domain.ts";
import type { FormerNames } from "../../model/names.ts";
import type { Place } from "../../model/place.ts";
import { aggregatesOf } from "../aggregates-of.ts";

/** What a thing was called before is not the name, present or former, of another thing beside it. */
export function* formerNameTaken(domain: Domain): Iterable<Diagnostic> {
  for (const siblings of groupsOf(domain)) yield* complaints(siblings);
  yield* complaints(addressesOf(domain));
}

interface Named {
  readonly name: string;
  readonly was?: FormerNames;
  readonly place: Place;
}

const groupsOf = (domain: Domain): readonly (readonly Named[])[] => [
  domain.lists,
  domain.flows,
  ...byContext(domain.values),
  ...byContext(domain.choices),
  ...domain.choices.map(({ options, place }) => options.map((option) => ({ ...option, place }))),
  ...[...domain.values, ...domain.lists].map(({ fields }) => fields),
  ...domain.flows.map(({ state }) => state),
  ...aggregatesOf(domain).flatMap(({ state, commands, events }) => [
    state,
    commands,
    events,
    ...[...commands, ...events].map(({ fields }) => fields),
  ]),
];

const byContext = <Part extends Named & { readonly context?: string }>(parts: readonly Part[]): readonly (readonly Part[])[] => [
  ...Map.groupBy(parts, ({ context }) => context).values(),
];

/** Two contexts may come from one, as long as no two of their aggregates do. */
const addressesOf = ({ contexts }: Domain): readonly Named[] =>
  contexts.flatMap(({ name: context, was: contextWas = [], aggregates }) =>
    aggregates.map(({ name, was = [], place }) => {
      const [now = "", ...formerly] = [context, ...contextWas].flatMap((one) => [name, ...was].map((other) => `${one}.${other}`));
      return { name: now, was: formerly, place };
    }),
  );

function* complaints(siblings: readonly Named[]): Iterable<Diagnostic> {
  const taken = new Map(siblings.map((one) => [one.name, one]));
  for (const one of siblings) {
    for (const was of one.was ?? []) {
      const other = taken.get(was);
      if (other === undefined) taken.set(was, one);
      else
        yield diagnostic(
          "former-name-taken",
          one.place,
          { name: one.name, was, other: other.name },
          { related: other === one ? undefined : other.place },
        );
    }
  }
}
