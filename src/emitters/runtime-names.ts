/**
 * Everything that generated code takes from the runtime, by public entry, in the order of the alphabet: here, and nowhere else, compiler and
 * runtime meet. A test holds it against what the runtime gives and against what is emitted.
 */
export const runtimeNames = {
  "@wkgen/runtime": ["AggregateDefinition", "Application", "ListDefinition", "start", "Upgrade"],
  "@wkgen/runtime/client": [
    "Address",
    "Connection",
    "ConnectOptions",
    "connectTo",
    "EventOf",
    "Events",
    "List",
    "NoData",
    "RequestOptions",
    "Sending",
  ],
  "@wkgen/runtime/testing": ["playStories"],
} as const;
