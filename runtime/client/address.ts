/** Where an application runs: a URL, or host and port. */
export type Address = string | URL | HostAndPort;

export interface HostAndPort {
  readonly host: string;
  /** 443, or 80 where the protocol is not encrypted, by default. */
  readonly port?: number;
  /** Encrypted by default. */
  readonly protocol?: "https" | "wss" | "http" | "ws";
}

const protocols: readonly string[] = ["https:", "http:", "wss:", "ws:"];

/** The socket of the application at this address; without one, of the application that the page came from. Throws a `TypeError` that says what to write where it is none. */
export function socketUrl(address?: Address): string {
  const url = applicationUrl(address ?? pageAddress());
  url.protocol = url.protocol.replace(/^http/, "ws");
  url.pathname = url.pathname.replace(/\/*$/, "/api/socket");
  url.search = "";
  url.hash = "";

  return url.href;
}

function applicationUrl(address: Address): URL {
  const text = textOf(address);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && protocols.includes(url.protocol)) return url;

  const meant = `https://${text.replace(/^([a-z]+:)?\/\/+/i, "")}`;
  throw new TypeError(
    `"${text}" is no address of an application; it has to begin with https:// or http://: connect("${URL.canParse(meant) ? meant : "https://localhost:3000"}").`,
  );
}

function textOf(address: Address): string {
  if (typeof address === "string" || address instanceof URL) return String(address);
  const { host, port, protocol = "wss" } = address;

  return `${protocol}://${host}${port === undefined ? "" : `:${port}`}`;
}

function pageAddress(): string {
  const { location } = globalThis as { readonly location?: Location };
  if (!location) throw new TypeError('Outside of a page there is no address to guess: connect("https://localhost:3000").');

  return location.origin;
}
