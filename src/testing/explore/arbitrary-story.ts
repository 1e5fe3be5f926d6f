import type { Arbitrary } from "fast-check";
import { aggregatesOf } from "../../checker/aggregates-of.ts";
import type { Rule } from "../../model/allow.ts";
import { fullName } from "../../model/names.ts";
import type { Pass, Story, When } from "../story.ts";
import { arbitraryData, type Chance } from "./arbitrary-value.ts";
import { instanceNames, people } from "./cast.ts";

const mostSteps = 25;

/** Stories of commands that anybody sends, allowed or not, and of time that passes. Where nothing takes time, none does. */
export function arbitraryStory(chance: Chance, title: string): Arbitrary<Story> {
  const { fc, domain } = chance;
  const commands = arbitraryCommand(chance);
  const steps =
    domain.flows.length === 0 ? commands : fc.oneof({ arbitrary: commands, weight: 5 }, { arbitrary: passing(chance), weight: 1 });
  return fc.array<When | Pass>(steps, { minLength: 1, maxLength: mostSteps, size: "max" }).map((steps) => ({ title, isOpen: true, steps }));
}

const passing = ({ fc }: Chance): Arbitrary<Pass> =>
  fc.constantFrom("PT1H", "P1D", "P3D", "P30D").map((duration) => ({ kind: "pass", duration }));

function arbitraryCommand(chance: Chance): Arbitrary<When> {
  const { fc, domain } = chance;
  const kinds = aggregatesOf(domain).flatMap(({ context, name: aggregate, commands }) =>
    commands.map(({ name: command, fields, allows }) => {
      const arbitrary = fc.record({
        kind: fc.constant("when" as const),
        command: fc.constant(fullName({ context, aggregate, command })),
        on: fc.constantFrom(...instanceNames(aggregate)),
        as: arbitraryPerson(allows, chance),
        data: arbitraryData(fields, chance),
      });
      // What only flows run, people try in vain.
      return { arbitrary, weight: allows.length === 0 ? 1 : 8 };
    }),
  );
  return fc.oneof(...kinds).map(({ as, ...when }) => ({ ...when, ...(as && { as }) }));
}

/** Mostly somebody whom the model may allow it. Smaller is a story whose people have no roles, and smaller still one in which nobody has a name. */
function arbitraryPerson(allows: readonly Rule[], { fc, domain }: Chance): Arbitrary<When["as"]> {
  const named = people.map((name) => ({ name }));
  const withRole = (role: string) => named.map((person) => ({ role, ...person }));
  const anybody = fc.constantFrom<When["as"]>(undefined, ...named, ...domain.roles.flatMap(({ name }) => withRole(name)));
  const allowed = allows.flatMap(({ who }) => (who.kind === "role" ? withRole(who.role) : named));
  return allowed.length === 0
    ? anybody
    : fc.oneof({ arbitrary: anybody, weight: 1 }, { arbitrary: fc.constantFrom(...allowed), weight: 3 });
}
