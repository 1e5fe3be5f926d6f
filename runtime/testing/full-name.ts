/** `communication.message.sent`, in its parts. */
export function partsOf(fullName: string): { readonly context: string; readonly aggregate: string; readonly name: string } {
  const [context = "", aggregate = "", name = ""] = fullName.split(".");
  return { context, aggregate, name };
}

/** `communication.message.sent` is about a `communication.message`. */
export function kindOf(fullName: string): string {
  return fullName.slice(0, fullName.lastIndexOf("."));
}

export function nameOf(event: {
  readonly context: { readonly name: string };
  readonly aggregate: { readonly name: string };
  readonly name: string;
}): string {
  return `${event.context.name}.${event.aggregate.name}.${event.name}`;
}
