/** Whether a request comes from this application's own pages, or from no page at all. Browsers always say; other programs need not. */
export function isSameOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return true;

  return URL.canParse(origin) && new URL(origin).host === host;
}
