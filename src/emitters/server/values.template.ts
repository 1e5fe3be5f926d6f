import { template } from "../template.ts";

interface ValuesShape {
  readonly header: string;
  readonly values: readonly {
    readonly comment: string;
    readonly typeName: string;
    readonly members: string;
    readonly fieldsName: string;
    readonly fields: string;
  }[];
}

export const valuesTemplate = template<ValuesShape>(
  "values",
  `{{header}}
import type { FieldsOf } from "@wkgen/runtime";
{{#each values}}

{{comment}}export interface {{typeName}} {{members}}

export const {{fieldsName}}: FieldsOf<{{typeName}}> = {{fields}};
{{/each}}
`,
);
