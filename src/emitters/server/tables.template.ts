import { template } from "../template.ts";

interface TablesShape {
  readonly header: string;
  readonly imports: string;
  readonly tables: readonly {
    readonly comment: string;
    readonly typeName: string;
    readonly members: string;
    readonly open: string;
  }[];
  readonly all: string;
}

export const tablesTemplate = template<TablesShape>(
  "tables",
  `{{header}}
{{#if imports}}
{{imports}}
{{/if}}
{{#each tables}}
export interface {{typeName}} {{members}}

{{comment}}{{open}}

{{/each}}
{{all}}
`,
);
