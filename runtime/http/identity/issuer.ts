/** Who gives out tokens that are believed here. */
export interface Issuer {
  readonly url: string;
  /** In front of the ids of its users; the one issuer that may have no name leaves its users' ids as they are. */
  readonly name?: string;
}

/** Which tokens are believed, and what they are read for. */
export interface TokenOptions {
  readonly issuers: readonly Issuer[];
  /** A token is for us when it is for one of these. */
  readonly audiences: readonly string[];
  /** The claim that holds the roles: its name, or a path of names joined by dots. */
  readonly rolesClaim: string;
}

/** Issuers as the command line names them, `URL` or `NAME=URL`; or the sentence that says what is wrong. */
export function readIssuers(texts: readonly string[]): readonly Issuer[] | string {
  const issuers: Issuer[] = [];
  for (const text of texts) {
    const [, name, url = ""] = /^(?:([A-Za-z][A-Za-z0-9-]*)=)?(.*)$/s.exec(text)!;
    if (!isSafe(url)) return `The issuer "${text}" has to be an address such as https://accounts.example.com, or NAME=ADDRESS.`;
    const same = issuers.find((other) => other.name === name || other.url === url);
    if (same?.url === url) return `The issuer ${url} is named twice.`;
    if (same)
      return name === undefined
        ? `The issuers ${same.url} and ${url} need a name, one of them at least: --issuer partners=${url}.`
        : `Two issuers are called ${name}.`;
    issuers.push(name === undefined ? { url } : { url, name });
  }

  return issuers;
}

/** Keys are fetched from there, so nobody may listen in: encrypted, or on this machine. */
export function isSafe(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, search, hash } = new URL(url);
  const isNear = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);

  return (protocol === "https:" || (protocol === "http:" && isNear)) && search === "" && hash === "";
}
