/** What is wrong with a query: where in it, and the rule that it breaks. */
export interface Fault {
  readonly field: string;
  readonly rule: string;
}
