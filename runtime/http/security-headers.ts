import { createHash } from "node:crypto";

/** On every answer: nobody guesses a type, and nothing of the API is ever run or framed. */
export const headersOfAnswers = {
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
} as const;

/** For pages: what comes from here may run and connect here, and the scripts that stand in the page itself, by their hashes. */
export function headersOfPage(html: string): Readonly<Record<string, string>> {
  const scripts = [...html.matchAll(/<script(?![^>]*\ssrc\s*=)[^>]*>([\s\S]*?)<\/script>/gi)];
  const hashes = scripts.map(([, text = ""]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`);

  return {
    "content-security-policy": [
      "default-src 'self'",
      ["script-src 'self'", ...hashes].join(" "),
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join("; "),
    "cross-origin-opener-policy": "same-origin",
  };
}
