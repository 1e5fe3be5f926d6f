import { catalogue } from "../catalogue.ts";
import type { Code, Diagnostic, Location } from "../diagnostic.ts";
import type { Severity } from "../entry.ts";
import { positionAt } from "../position.ts";
import type { Sources } from "../sources.ts";

const levels: { readonly [S in Severity]: string } = { error: "error", warning: "warning", question: "note" };

/** SARIF 2.1.0, which code scanning services read. Columns are UTF-16 units, as SARIF has it by default. */
export function renderSarif(diagnostics: readonly Diagnostic[], sources: Sources): string {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort();
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "wkgen", rules: codes.map(ruleOf) } },
        columnKind: "utf16CodeUnits",
        results: diagnostics.map((diagnostic) => resultOf(diagnostic, sources, codes)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf(code: Code): object {
  return {
    id: code,
    shortDescription: { text: code.replaceAll("-", " ") },
    fullDescription: { text: catalogue[code].why },
    defaultConfiguration: { level: levels[catalogue[code].severity] },
  };
}

function resultOf({ code, severity, location, message, help, related, fix }: Diagnostic, sources: Sources, codes: readonly Code[]): object {
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: levels[severity],
    message: { text: help === undefined ? message : `${message} ${help}` },
    locations: [physical(location, sources)],
    ...(related === undefined ? {} : { relatedLocations: [{ ...physical(related.location, sources), message: { text: related.label } }] }),
    ...(fix === undefined
      ? {}
      : {
          fixes: [
            {
              artifactChanges: [
                {
                  artifactLocation: { uri: encodeURI(location.file) },
                  replacements: [
                    { deletedRegion: region({ file: location.file, span: fix.span }, sources), insertedContent: { text: fix.text } },
                  ],
                },
              ],
            },
          ],
        }),
  };
}

function physical(location: Location, sources: Sources): { readonly physicalLocation: object } {
  return { physicalLocation: { artifactLocation: { uri: encodeURI(location.file) }, region: region(location, sources) } };
}

function region({ file, span }: Location, sources: Sources): object {
  const lines = sources.linesOf(file);
  const start = positionAt(lines, span.start);
  const end = positionAt(lines, span.end);
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}
