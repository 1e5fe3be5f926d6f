import { template } from "../template.ts";

interface FunctionsShape {
  readonly header: string;
  readonly imports: string;
  readonly members: string;
  readonly all: string;
}

export const functionsTemplate = template<FunctionsShape>(
  "functions",
  `{{header}}
{{imports}}
/** What is written in functions.code.ts: pure functions, which give the same result for the same values, always. */
export interface Functions {{members}}

{{all}}
`,
);
