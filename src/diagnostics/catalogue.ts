import type { FaultFacts } from "../../grammar/faults.ts";
import { accessEntries } from "./catalogue/access.ts";
import { adviceEntries } from "./catalogue/advice.ts";
import { calculationEntries } from "./catalogue/calculation.ts";
import { characterEntries } from "./catalogue/character.ts";
import { declarationEntries } from "./catalogue/declaration.ts";
import { evolutionEntries } from "./catalogue/evolution.ts";
import { fieldEntries } from "./catalogue/field.ts";
import { flowEntries } from "./catalogue/flow.ts";
import { layoutEntries } from "./catalogue/layout.ts";
import { lineEntries } from "./catalogue/line.ts";
import { nameEntries } from "./catalogue/name.ts";
import { scenarioEntries } from "./catalogue/scenario.ts";
import { statementEntries } from "./catalogue/statement.ts";
import type { Entry } from "./entry.ts";

/** Every sentence that wkgen can say about a model, by its code. */
export const catalogue = {
  ...characterEntries,
  ...layoutEntries,
  ...lineEntries,
  ...nameEntries,
  ...declarationEntries,
  ...fieldEntries,
  ...calculationEntries,
  ...statementEntries,
  ...accessEntries,
  ...evolutionEntries,
  ...flowEntries,
  ...scenarioEntries,
  ...adviceEntries,
} satisfies { readonly [C in keyof FaultFacts]: Entry<FaultFacts[C]> };
