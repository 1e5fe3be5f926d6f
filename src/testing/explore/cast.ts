/** What the aggregates of a kind are called in stories that are made up. */
export const instanceNames = (aggregate: string): readonly [string, string] => [`${aggregate}1`, `${aggregate}2`];

/** Who acts in them, with roles or without. */
export const people = ["jane", "john"] as const;
