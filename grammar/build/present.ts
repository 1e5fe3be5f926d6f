/** The object without the properties that are undefined: absent is absent. */
export function present<T extends object>(properties: T): Present<T> {
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(properties)) if (value !== undefined) result[key] = value;
  return result as Present<T>;
}

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};
