import { template } from "../template.ts";

interface ListShape {
  readonly header: string;
  readonly runtimeImport: string;
  readonly imports: string;
  readonly comment: string;
  readonly typeName: string;
  readonly row: string;
  readonly events: string;
  readonly definition: string;
  readonly fields: string;
  readonly reactions: readonly { readonly method: string; readonly body: string }[];
  readonly rules: string;
  readonly variable: string;
  readonly name: string;
  readonly formerly: string;
  readonly description: string;
  readonly indexes: string;
  readonly codeImport: string;
  readonly codeType: string;
  readonly code: string;
  readonly queryTypes: string;
  readonly queries: readonly string[];
}

export const listTemplate = template<ListShape>(
  "list",
  `{{header}}
{{runtimeImport}}
{{imports}}{{codeImport}}
{{comment}}export interface {{typeName}}Row {{row}}

/** The events that the list is made from, and the data they carry. */
interface {{typeName}}Events {{events}}

{{queryTypes}}{{definition}}

{{codeType}}const fields: Definition["fields"] = {{fields}};

{{#if reactions}}
const when: Definition["when"] = {
{{#each reactions}}
{{method}}
{{body}}
  },
{{#unless @last}}

{{/unless}}
{{/each}}
};
{{else}}
const when: Definition["when"] = {};
{{/if}}

{{#if queries}}
const queries: Definition["queries"] = {
{{#each queries}}
{{this}}
{{/each}}
};

{{/if}}
const isAuthorized: Definition["isAuthorized"] = {
{{rules}}
};

export const {{variable}}: Definition = {
  name: "{{name}}",
{{#if formerly}}
{{formerly}}
{{/if}}
{{#if description}}
{{description}}
{{/if}}
  fields,
{{indexes}}
  when,
{{#if queries}}
  queries,
{{/if}}
{{#if code}}
{{code}}
{{/if}}
  isAuthorized,
};
`,
);
