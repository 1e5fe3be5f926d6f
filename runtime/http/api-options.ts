import { readIssuers, type TokenOptions } from "./identity/issuer.ts";

/** Whom the API answers, and how much. */
export interface ApiOptions {
  readonly tokens?: TokenOptions;
  /** Other origins whose pages may use the API. */
  readonly origins?: readonly string[];
  /** Whether a proxy in front tells the addresses of its clients. */
  readonly proxy?: boolean;
  /** Requests a second for each user or address; 0 for no limit. */
  readonly rate?: number;
  /** Different questions that are observed at a time. */
  readonly questions?: number;
  /** The port where Prometheus reads what is measured; without one nothing is. */
  readonly metrics?: number;
  /** Whose clients are let in besides our own. */
  readonly compat?: "wolkenkit-1";
}

/** What the command line and the environment say of it, as texts. */
export interface ApiOptionsGiven {
  readonly issuer?: readonly string[];
  readonly audience?: readonly string[];
  readonly "roles-claim"?: string;
  readonly origin?: readonly string[];
  readonly proxy?: boolean;
  readonly rate?: string;
  readonly questions?: string;
  readonly metrics?: string;
  readonly compat?: string;
}

const rateByDefault = "200";

/** The options; or the sentence that says what is wrong with them. */
export function readApiOptions(given: ApiOptionsGiven): ApiOptions | string {
  const tokens = readTokenOptions(given);
  if (typeof tokens === "string") return tokens;
  const origins = (given.origin ?? []).map((origin) => (URL.canParse(origin) ? new URL(origin).origin : "null"));
  const wrong = origins.findIndex((origin, index) => origin === "null" || given.origin![index]!.replace(/\/$/, "") !== origin);
  if (wrong >= 0) return `The origin "${given.origin![wrong]}" has to be scheme, host and port only, such as https://app.example.com.`;
  const { rate = rateByDefault, proxy = false } = given;
  if (!/^\d{1,9}$/.test(rate)) return `The rate has to be a whole number of requests a second, not "${rate}".`;
  const { metrics, compat, questions } = given;
  if (questions !== undefined && !/^[1-9]\d{0,8}$/.test(questions))
    return `So many different questions cannot be observed at a time: "${questions}" has to be a whole number from 1.`;
  if (metrics !== undefined && (!/^\d{1,5}$/.test(metrics) || Number(metrics) > 65_535))
    return `The port for metrics has to be a number from 0 to 65535, not "${metrics}".`;
  if (compat !== undefined && compat !== "wolkenkit-1") return `Clients of "${compat}" are not known, only those of wolkenkit-1.`;

  return {
    ...(tokens && { tokens }),
    ...(compat && { compat }),
    ...(questions !== undefined && { questions: Number(questions) }),
    ...(metrics !== undefined && { metrics: Number(metrics) }),
    origins,
    proxy,
    rate: Number(rate),
  };
}

function readTokenOptions(given: ApiOptionsGiven): TokenOptions | string | undefined {
  const { issuer = [], audience: audiences = [], "roles-claim": rolesClaim = "roles" } = given;
  if (issuer.length === 0) {
    return audiences.length > 0 || given["roles-claim"] !== undefined
      ? "Where there is an audience or a claim for roles, there has to be an issuer: --issuer https://accounts.example.com."
      : undefined;
  }
  const issuers = readIssuers(issuer);
  if (typeof issuers === "string") return issuers;
  if (audiences.length === 0)
    return "Tokens are only believed when they are meant for this application: name it as its issuer does, --audience NAME.";

  return { issuers, audiences, rolesClaim };
}
