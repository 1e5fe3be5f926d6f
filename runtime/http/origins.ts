import { hostOf, type Caller } from "./caller.ts";

/** Which pages may use the API. */
export interface Origins {
  /** Pages of other origins that may, as `https://app.example.com`. */
  readonly others: readonly string[];
  /** Whether a request comes from a page that may, or from no page at all. Browsers always say; other programs need not. */
  allow(request: Caller): boolean;
}

/** The application's own pages may always, and those of these other origins. */
export function originsAllowed(others: readonly string[], isBehindProxy: boolean): Origins {
  return {
    others,
    allow(request) {
      const { origin } = request.headers;
      if (origin === undefined || others.includes(origin)) return true;

      return URL.canParse(origin) && new URL(origin).host === hostOf(request, isBehindProxy);
    },
  };
}
