import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { exportJWK, generateKeyPair, importJWK, SignJWT, type CryptoKey, type JWK } from "jose";
import type { TrustedIssuer } from "./identity-by-token.ts";

/** Gives a token to whoever says who they are: for trying out what a model allows, in development, and nowhere else. */
export interface DevLogin {
  readonly issuer: TrustedIssuer;
  readonly audience: string;
  readonly rolesClaim: string;
  tokenFor(name: string, roles: readonly string[]): Promise<string>;
}

const algorithm = "ES256";
const url = "urn:wkgen:development";
const rolesClaim = "roles";
const validSeconds = 12 * 60 * 60;

/** Signs with the key in the folder, which is made where there is none. */
export async function openDevLogin(folder: string, audience: string, now: () => number): Promise<DevLogin> {
  const jwk = await keyIn(join(folder, "development-key.json"));
  const { d: _secret, ...publicJwk } = jwk;
  const [privateKey, publicKey] = (await Promise.all([importJWK(jwk, algorithm), importJWK(publicJwk, algorithm)])) as [
    CryptoKey,
    CryptoKey,
  ];

  return {
    issuer: { url, keys: async () => publicKey },
    audience,
    rolesClaim,
    tokenFor(name, roles) {
      const seconds = Math.floor(now() / 1000);

      return new SignJWT({ [rolesClaim]: roles })
        .setProtectedHeader({ alg: algorithm, typ: "at+jwt" })
        .setIssuer(url)
        .setAudience(audience)
        .setSubject(name)
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + validSeconds)
        .sign(privateKey);
    },
  };
}

async function keyIn(file: string): Promise<JWK> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as JWK;
  } catch {
    const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
    const jwk = await exportJWK(privateKey);
    await writeFile(`${file}.new`, JSON.stringify(jwk), { mode: 0o600 });
    await rename(`${file}.new`, file);

    return jwk;
  }
}
