/** The value that lies further out than all others, the first of equals; none where there are no values. */
export const outermost = (values: readonly string[], isFurther: (one: string, other: string) => boolean): string | null =>
  values.reduce<string | null>((outer, value) => (outer === null || isFurther(value, outer) ? value : outer), null);
