/** What expressions calculate with, where JavaScript has no operator for it. */
export const calculations = ["content", "date", "decimal", "duration", "numbers", "timestamp"] as const;

export type Calculation = (typeof calculations)[number];

/**
 * Everything that generated code takes from the runtime, by public entry, in the order of the alphabet: here, and nowhere else, compiler and
 * runtime meet. A test holds it against what the runtime gives and against what is emitted.
 */
export const runtimeNames = {
  "@wkgen/runtime": [
    ...calculations,
    "AggregateDefinition",
    "Application",
    "FieldsOf",
    "FlowDefinition",
    "ListDefinition",
    "OnEvent",
    "OnRejection",
    "OnTimer",
    "start",
    "Upgrade",
  ],
  "@wkgen/runtime/client": [
    "Address",
    "Connection",
    "ConnectOptions",
    "connectTo",
    "EventOf",
    "Events",
    "List",
    "NamedQuestion",
    "NoData",
    "RequestOptions",
    "Sending",
  ],
  "@wkgen/runtime/testing": ["playStories"],
} as const;
