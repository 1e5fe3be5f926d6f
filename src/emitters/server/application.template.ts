import { template } from "../template.ts";

interface ApplicationShape {
  readonly header: string;
  readonly imports: string;
  readonly comment: string;
  readonly variable: string;
  readonly properties: string;
  readonly starting: string;
}

export const applicationTemplate = template<ApplicationShape>(
  "application",
  `{{header}}
import { start, type Application } from "@wkgen/runtime";
{{imports}}
{{comment}}export const {{variable}}: Application = {
{{properties}}
};

if (import.meta.main) {
{{starting}}
}
`,
);
