import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Trouble } from "./trouble.ts";

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

const organisation = "wkgen on this machine";
const validDays = 365;
const day = 24 * 60 * 60 * 1000;

/**
 * The certificate in this folder, which exists, `certificate.pem` and `private-key.pem`. Where there is none, one is made for this machine, signed by itself; one that
 * was made here is renewed when it ends, one that somebody else put there is theirs to renew. Throws `Trouble` where it cannot be used.
 */
export async function certificateIn(folder: string, hosts: readonly string[], now: number): Promise<Certificate> {
  const files = { cert: join(folder, "certificate.pem"), key: join(folder, "private-key.pem") };
  const [cert, key] = await Promise.all([readIfThere(files.cert), readIfThere(files.key)]);
  if (cert === undefined && key === undefined) return make(folder, files, hosts, now);
  if (cert === undefined || key === undefined) {
    throw unusable(`The certificate in ${folder} lacks its ${cert === undefined ? "certificate.pem" : "private-key.pem"}.`);
  }

  const parsed = parse(cert, key, folder);
  if (Date.parse(parsed.validTo) > now) return { cert, key };
  if (parsed.subject.includes(`O=${organisation}`)) return make(folder, files, hosts, now);
  throw new Trouble(`The certificate ${files.cert} ended on ${parsed.validTo}.`, "Put its renewal, and the key, in their places.");
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw new Trouble(
      `${file} cannot be read (${code}).`,
      "Let the user that runs this process read it, or remove it, and a new one is made.",
    );
  }
}

function parse(cert: string, key: string, folder: string): X509Certificate {
  try {
    const parsed = new X509Certificate(cert);
    if (parsed.checkPrivateKey(createPrivateKey(key))) return parsed;
  } catch {
    throw unusable(`The certificate in ${folder} is damaged.`);
  }
  throw unusable(`The certificate in ${folder} does not belong to the private key beside it.`);
}

function unusable(sentence: string): Trouble {
  return new Trouble(sentence, "Remove certificate.pem and private-key.pem there, and a new certificate is made; or start with --http.");
}

/** Elliptic curves: a key takes a millisecond to make, not a second. */
async function make(folder: string, files: Certificate, hosts: readonly string[], now: number): Promise<Certificate> {
  const { generate } = await import("selfsigned");
  const made = await generate(
    [
      { name: "commonName", value: hosts[0] ?? "localhost" },
      { name: "organizationName", value: organisation },
    ],
    {
      keyType: "ec",
      curve: "P-256",
      algorithm: "sha256",
      notBeforeDate: new Date(now - day),
      notAfterDate: new Date(now + validDays * day),
      extensions: [
        { name: "basicConstraints", cA: false },
        { name: "keyUsage", digitalSignature: true },
        { name: "extKeyUsage", serverAuth: true },
        { name: "subjectAltName", altNames: alternativeNames(hosts) },
      ],
    },
  );
  try {
    await replace(files.key, made.private);
    await replace(files.cert, made.cert);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Trouble(`The certificate cannot be kept in ${folder} (${code}).`, "Let the user that runs this process write there.");
  }

  return { key: made.private, cert: made.cert };
}

function alternativeNames(hosts: readonly string[]) {
  const names = new Set(["localhost", "127.0.0.1", "::1", ...hosts]);

  return [...names].map((name) => (/^[\d.]+$|:/.test(name) ? { type: 7 as const, ip: name } : { type: 2 as const, value: name }));
}

/** Never half a file, and never one that others may read. */
async function replace(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text, { mode: 0o600 });
  await rename(`${file}.new`, file);
}
