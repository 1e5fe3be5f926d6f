import type { IncomingHttpHeaders } from "node:http";

/** A request as far as it tells where it comes from, by HTTP/1.1, HTTP/2 or as a WebSocket's first. */
export interface Caller {
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/** The address that a request comes from; behind a proxy, the one that the proxy says it got it from. */
export function addressOf({ headers, socket }: Caller, isBehindProxy: boolean): string {
  const told = isBehindProxy ? last(headers["x-forwarded-for"]) : undefined;

  return plain(told ?? socket.remoteAddress ?? "");
}

/** The host that a request was sent to; behind a proxy, the one that the proxy was asked for. */
export function hostOf({ headers }: Caller, isBehindProxy: boolean): string | undefined {
  const told = isBehindProxy ? last(headers["x-forwarded-host"]) : undefined;

  return told ?? headers.host ?? (headers[":authority"] as string | undefined);
}

export function isThisMachine(address: string): boolean {
  return address === "::1" || address.startsWith("127.");
}

/** Whoever comes first may have written it; the last entry is our own proxy's. */
function last(list: string | string[] | undefined): string | undefined {
  const entry = (typeof list === "string" ? list : list?.at(-1))?.split(",").at(-1)?.trim();

  return entry === "" ? undefined : entry;
}

/** Without the prefix that IPv4 has on a socket of IPv6. */
function plain(address: string): string {
  return address.startsWith("::ffff:") ? address.slice("::ffff:".length) : address;
}
