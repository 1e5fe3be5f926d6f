/** By which an observer goes on where it stopped: the position that it knows, and of what. */
export function writeToken(position: number, mark: string): string {
  return `${position}.${mark}`;
}

/** The position; undefined where the token is of something else. */
export function readToken(token: string, mark: string): number | undefined {
  const [, position, of] = /^(\d{1,16})\.([\w-]+)$/.exec(token) ?? [];

  return of === mark ? Number(position) : undefined;
}

/** The position that a token claims, whatever it is of; 0 where it is none. */
export function positionIn(token: string): number {
  return Number(/^\d{1,16}(?=\.)/.exec(token)?.[0] ?? 0);
}
