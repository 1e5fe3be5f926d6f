import picocolors from "picocolors";

export type Paint = ReturnType<typeof picocolors.createColors>;

export interface Circumstances {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: boolean;
}

/** Colours are for terminals; who says otherwise is heard: first those who want none, then those who insist. */
export function hasColours({ args, env, isTerminal }: Circumstances): boolean {
  if (args.includes("--no-color") || isSet(env.NO_COLOR)) return false;
  if (isSet(env.FORCE_COLOR)) return env.FORCE_COLOR !== "0" && env.FORCE_COLOR !== "false";
  return isTerminal && env.TERM !== "dumb";
}

const isSet = (value: string | undefined) => value !== undefined && value !== "";

export const paintIf = (colours: boolean): Paint => picocolors.createColors(colours);
