import { template } from "../template.ts";

interface FlowShape {
  readonly header: string;
  readonly runtimeImport: string;
  readonly imports: string;
  readonly comment: string;
  readonly typeName: string;
  readonly state: string;
  readonly events: string;
  readonly commands: string;
  readonly codeTypes: string;
  readonly definition: string;
  readonly identity: string;
  readonly initialState: string;
  readonly sections: readonly {
    readonly section: string;
    readonly reactions: readonly { readonly method: string; readonly body: string }[];
  }[];
  readonly variable: string;
  readonly properties: string;
}

export const flowTemplate = template<FlowShape>(
  "flow",
  `{{header}}
{{runtimeImport}}
{{imports}}
{{#if state}}
/** What an instance remembers. */
export interface {{typeName}}State {{state}}

{{/if}}
/** The events that the flow reacts to, and the data they carry. */
interface {{typeName}}Events {{events}}

/** The commands that it runs or hears of, and their data. */
interface {{typeName}}Commands {{commands}}

{{codeTypes}}{{definition}}

{{#if identity}}
const identity: Definition["identity"] = {{identity}};

{{/if}}
const initialState: Definition["initialState"] = {{initialState}};

{{#each sections}}
{{#if reactions}}
const {{section}}: Definition["{{section}}"] = {
{{#each reactions}}
{{method}}
{{body}}
  },
{{#unless @last}}

{{/unless}}
{{/each}}
};
{{else}}
const {{section}}: Definition["{{section}}"] = {};
{{/if}}

{{/each}}
{{comment}}export const {{variable}}: Definition = {
{{properties}}
};
`,
);
