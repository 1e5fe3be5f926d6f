import type { Fault, FaultCode, FaultOf } from "../../grammar/faults.ts";
import { type Diagnostic, diagnostic, type Facts } from "./diagnostic.ts";

/** What there is to say about a line that could not be read. */
export function diagnosticOfFault<C extends FaultCode>(fault: FaultOf<C> & Fault, file: string): Diagnostic {
  const { code, facts, span, related, fix } = fault as FaultOf<C>;
  return diagnostic(code, { file, span }, facts as Facts<C>, {
    related: related && { file, span: related },
    fix: fix && { span: fix.span, text: fix.text, safe: fix.isGuess !== true },
  });
}
