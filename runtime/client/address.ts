/** Where an application runs: a URL, or host and port. */
export type Address = string | URL | HostAndPort;

export interface HostAndPort {
  readonly host: string;
  /** 443, or 80 where the protocol is not encrypted, by default. */
  readonly port?: number;
  /** Encrypted by default. */
  readonly protocol?: "https" | "wss" | "http" | "ws";
}

/** The socket of the application at this address; without one, of the application that the page came from. */
export function socketUrl(address?: Address): string {
  const url = applicationUrl(address ?? pageAddress());
  url.protocol = url.protocol.replace(/^http/, "ws");
  url.pathname = url.pathname.replace(/\/*$/, "/api/socket");
  url.search = "";
  url.hash = "";

  return url.href;
}

function applicationUrl(address: Address): URL {
  if (typeof address === "string" || address instanceof URL) return new URL(address);

  const { host, port, protocol = "wss" } = address;

  return new URL(`${protocol}://${host}${port === undefined ? "" : `:${port}`}`);
}

function pageAddress(): string {
  const { location } = globalThis as { readonly location?: Location };
  if (!location) throw new TypeError('Outside of a page there is no address to guess: connect("https://localhost:3000").');

  return location.origin;
}
