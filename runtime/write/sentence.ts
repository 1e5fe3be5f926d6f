/** "text is missing, likes must be a whole number" */
export function sentence(faults: readonly { readonly field: string; readonly rule: string }[]): string {
  return faults.map(({ field, rule }) => `${field} ${rule.replace(/\?$/, "")}`).join(", ");
}
