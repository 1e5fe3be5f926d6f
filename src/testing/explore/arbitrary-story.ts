import type { Arbitrary } from "fast-check";
import { aggregatesOf } from "../../checker/aggregates-of.ts";
import type { Domain } from "../../model/domain.ts";
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
    commands.map(({ name: command, fields }) =>
      fc.record({
        kind: fc.constant("when" as const),
        command: fc.constant(fullName({ context, aggregate, command })),
        on: fc.constantFrom(...instanceNames(aggregate)),
        as: arbitraryPerson(domain, fc),
        data: arbitraryData(fields, chance),
      }),
    ),
  );
  return fc.oneof(...kinds).map(({ as, ...when }) => ({ ...when, ...(as && { as }) }));
}

/** Smaller is a story whose people have no roles, and smaller still one in which nobody has a name. */
function arbitraryPerson({ roles }: Domain, fc: Chance["fc"]): Arbitrary<When["as"]> {
  const named = people.map((name) => ({ name }));
  return fc.constantFrom<When["as"]>(
    undefined,
    ...named,
    ...roles.flatMap(({ name: role }) => named.map((person) => ({ ...person, role }))),
  );
}
