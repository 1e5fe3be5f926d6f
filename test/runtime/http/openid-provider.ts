import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWK, type JWTPayload } from "jose";
import { Provider } from "oidc-provider";

interface Person {
  readonly roles: readonly string[];
}

interface Signing {
  readonly alg?: string;
  readonly header?: object;
  readonly claims?: JWTPayload;
  readonly key?: CryptoKey | Uint8Array;
}

type CryptoKey = Awaited<ReturnType<typeof generateKeyPair>>["privateKey"];

interface Key {
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

/** An OpenID Connect provider, certified and over real HTTP; its people get their tokens as clients do. */
export class OpenIdProvider {
  readonly #people: Readonly<Record<string, Person>>;
  readonly #server = createServer();
  #key!: Key;
  #count = 0;
  /** How often its keys were fetched. */
  fetched = 0;
  #isPaused = false;

  constructor(people: Readonly<Record<string, Person>>) {
    this.#people = people;
  }

  async start(): Promise<void> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    await this.rotate();
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Signs with a new key from now on, and knows the old one no more. */
  async rotate(): Promise<void> {
    this.#key = await makeKey(`key-${++this.#count}`);
    const { url } = this;
    const provider = new Provider(url, {
      jwks: { keys: [this.#key.jwk as never] },
      clients: Object.keys(this.#people).map((id) => ({
        client_id: id,
        client_secret: "secret",
        grant_types: ["client_credentials"],
        redirect_uris: [],
        response_types: [],
      })),
      extraTokenClaims: (_ctx, token) => {
        const { roles } = this.#people[token.clientId!]!;
        return { roles, realm_access: { roles: [...roles] } };
      },
      features: {
        devInteractions: { enabled: false },
        clientCredentials: { enabled: true },
        resourceIndicators: {
          enabled: true,
          getResourceServerInfo: (_ctx, resource) => ({ scope: "", audience: resource, accessTokenFormat: "jwt", accessTokenTTL: 600 }),
        },
      },
    });
    const answer = provider.callback();
    this.#server.removeAllListeners("request").on("request", (request, response) => {
      if (request.url === "/jwks") this.fetched += 1;
      if (this.#isPaused) request.socket.destroy();
      else void answer(request, response);
    });
  }

  /** The token of a person, for an audience, as the provider itself gives it out. */
  async token(person: string, audience: string): Promise<string> {
    const response = await fetch(`${this.url}/token`, {
      method: "POST",
      headers: {
        authorization: `Basic ${Buffer.from(`${person}:secret`).toString("base64")}`,
        "content-type": "application/x-www-form-urlencoded",
      },
      body: new URLSearchParams({ grant_type: "client_credentials", resource: audience }),
    });
    const { access_token: token } = (await response.json()) as { readonly access_token?: string };
    if (token === undefined) throw new Error(`No token for ${person}: ${response.status}`);

    return token;
  }

  /** A token with the provider's own key, or another one, about whatever it says. */
  async sign(audience: string, { alg = "RS256", header = {}, claims = {}, key = this.#key.privateKey }: Signing = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const payload = { iss: this.url, aud: audience, sub: "jane", iat: now, exp: now + 600, ...claims };

    return new SignJWT(payload).setProtectedHeader({ alg, kid: this.#key.jwk.kid!, typ: "at+jwt", ...header }).sign(key);
  }

  /** A token that nobody has signed. */
  unsigned(audience: string): string {
    return new UnsecuredJWT({ sub: "jane", roles: ["boss"] }).setIssuer(this.url).setAudience(audience).setExpirationTime("10m").encode();
  }

  /** What everybody can know of its key. */
  get publicKey(): JWK {
    const { kty, n, e, kid, alg, use } = this.#key.jwk;

    return { kty: kty!, n: n!, e: e!, kid: kid!, alg: alg!, use: use! };
  }

  /** Hangs up on whoever asks, until it goes on. */
  pause(): void {
    this.#isPaused = true;
  }

  goOn(): void {
    this.#isPaused = false;
  }

  async end(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}

async function makeKey(kid: string): Promise<Key> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });

  return { privateKey, jwk: { ...(await exportJWK(privateKey)), kid, alg: "RS256", use: "sig" } };
}
