/** Lines that could not be read leave nothing to keep. */
export function keep<T>(items: T[], item: T | undefined) {
  if (item !== undefined) items.push(item);
}
