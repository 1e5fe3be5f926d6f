import { type Diagnostic, diagnostic, type Location } from "../../diagnostics/diagnostic.ts";
import type { Domain } from "../../model/domain.ts";

/** What the language has and the emitters cannot translate is said, once for each line, and never left out silently. */
export function* notSupportedYet(domain: Domain): Iterable<Diagnostic> {
  const told = new Set<string>();
  for (const { what, location } of missingIn(domain)) {
    const key = `${location.file} ${String(location.span.start)} ${what}`;
    if (told.has(key)) continue;
    told.add(key);
    yield diagnostic("not-supported-yet", location, { what });
  }
}

interface Missing {
  readonly what: string;
  readonly location: Location;
}

const missing = (what: string, location: Location): Missing => ({ what, location });

function* missingIn(domain: Domain): Iterable<Missing> {
  for (const { was, place } of domain.flows) if (was !== undefined) yield missing(`"was"`, place);
}
