import { posix } from "node:path";
import { catalogue } from "../diagnostics/catalogue.ts";
import { type Diagnostic, diagnostic } from "../diagnostics/diagnostic.ts";
import { isCode } from "../diagnostics/explain.ts";
import type { Host } from "../host/host.ts";

/** What the project has decided for the whole model. */
export interface Settings {
  /** Advice that nobody wants to hear here. */
  readonly allow: ReadonlySet<string>;
  /** What is decided and makes no sense. */
  readonly diagnostics: readonly Diagnostic[];
  /** The file that the diagnostics are about, where there are any. */
  readonly texts: ReadonlyMap<string, string>;
}

/** `"wkgen": { "allow": ["command-never-allowed"] }` in the package.json beside the model. */
export function settingsIn(host: Host, folder: string): Settings {
  const file = posix.join(folder, "package.json");
  const text = host.read(file) ?? "";
  const codes = text.includes('"wkgen"') ? codesIn(text) : [];
  const wrong = codes.filter((code) => !isAdvice(code));
  const from = text.indexOf('"allow"', text.indexOf('"wkgen"'));
  const spanOf = (code: string) => ({
    start: text.indexOf(JSON.stringify(code), from),
    end: text.indexOf(JSON.stringify(code), from) + code.length + 2,
  });
  return {
    allow: new Set(codes),
    diagnostics: wrong.map((code) => diagnostic("needless-allowance", { file, span: spanOf(code) }, { code, known: false })),
    texts: new Map(wrong.length > 0 ? [[file, text]] : []),
  };
}

const isAdvice = (code: string): boolean => isCode(code) && catalogue[code].severity === "warning";

/** None where the file is none that npm could read: that is npm's to say. */
function codesIn(text: string): readonly string[] {
  try {
    const { wkgen } = JSON.parse(text) as { readonly wkgen?: { readonly allow?: unknown } };
    return Array.isArray(wkgen?.allow) ? wkgen.allow.filter((code) => typeof code === "string") : [];
  } catch {
    return [];
  }
}
