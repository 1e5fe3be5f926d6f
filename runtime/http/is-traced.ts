/** Whether somebody has set up OpenTelemetry in this process; its API leaves a mark where everybody can see it. */
export function isTraced(): boolean {
  return Symbol.for("opentelemetry.js.api.1") in globalThis;
}
