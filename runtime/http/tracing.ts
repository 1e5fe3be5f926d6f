import { SpanStatusCode, trace } from "@opentelemetry/api";
import { outcomeOf, type Around } from "./around-commands.ts";

/** A span for each command, below whatever span there is already, without what the command says or who says it. */
export function tracedCommands(): Around {
  const tracer = trace.getTracer("@wkgen/runtime");

  return ({ context, aggregate, name }, handle) =>
    tracer.startActiveSpan(`command ${context}.${aggregate}.${name}`, async (span) => {
      try {
        const answer = await handle();
        span.setAttribute("wkgen.outcome", outcomeOf(answer));
        if (answer.kind === "handled")
          span.setAttributes({ "wkgen.position": answer.handled.position, "wkgen.events": [...answer.handled.events] });
        else if (answer.problem.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });

        return answer;
      } finally {
        span.end();
      }
    });
}
