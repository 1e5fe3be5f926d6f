import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Domain } from "../../model/domain.ts";
import { aggregatesOf } from "../aggregates-of.ts";

/** Versions count from 1. */
export function* upgradeTooEarly(domain: Domain): Iterable<Diagnostic> {
  for (const { upgrades } of aggregatesOf(domain)) {
    for (const { event, from, place } of upgrades) if (from < 1) yield diagnostic("upgrade-too-early", place, { event, from });
  }
}
