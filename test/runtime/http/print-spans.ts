import { trace } from "@opentelemetry/api";
import { BasicTracerProvider, SimpleSpanProcessor, type ReadableSpan } from "@opentelemetry/sdk-trace-base";

// What an operator loads before the application: here it prints each span as it ends.
const exporter = {
  export(spans: ReadableSpan[], done: (result: { readonly code: number }) => void) {
    for (const { name, attributes } of spans) process.stdout.write(`span ${JSON.stringify({ name, attributes })}\n`);
    done({ code: 0 });
  },
  shutdown: () => Promise.resolve(),
};
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
