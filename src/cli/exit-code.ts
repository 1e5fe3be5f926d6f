/** How a command ended, for whoever started it. */
export const exitCode = {
  fine: 0,
  /** The model has errors, a check found something, or the application could not start. */
  failed: 1,
  misused: 2,
  internal: 3,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
