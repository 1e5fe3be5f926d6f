/** A part of the model that the checker should have reported: our own mistake, not the model's. */
export function notEmitted(what: string): never {
  throw new Error(`${what} cannot be generated yet, and the check should have said so`);
}
