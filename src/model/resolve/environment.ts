import type { Span } from "../../../grammar/ast.ts";
import type { Attached, Code, Facts, Location } from "../../diagnostics/diagnostic.ts";
import type { Findings } from "../findings.ts";
import type { Place } from "../place.ts";
import { locationIn, placeIn, type SourceFile } from "../source-file.ts";
import type { Symbols } from "../symbols/symbols.ts";
import type { Type } from "../types/type.ts";

/** What building any part of the model needs: all names, a place for complaints, and where the part stands. */
export interface Environment {
  readonly symbols: Symbols;
  readonly findings: Findings;
  readonly source: SourceFile;
  /** The context that the part stands in; absent beside the contexts. */
  readonly context?: string;
  /** The types of `type` declarations and of fields, by their trees: found once, complained about once. */
  readonly types: Map<object, Type | undefined>;
}

export function complain<C extends Code>(env: Environment, code: C, span: Span, facts: Facts<C>, attached?: Attached): undefined {
  env.findings.complain(code, locationOf(env, span), facts, attached);
  return undefined;
}

export const locationOf = (env: Environment, span: Span): Location => locationIn(env.source, span);

export const placeOf = (env: Environment, span: Span): Place => placeIn(env.source, span);

/** The same environment at another declaration. */
export function at(env: Environment, source: SourceFile, context?: string): Environment {
  const { symbols, findings, types } = env;
  return context === undefined ? { symbols, findings, types, source } : { symbols, findings, types, source, context };
}
