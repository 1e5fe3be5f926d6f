import { template } from "../template.ts";

interface SdkShape {
  readonly header: string;
  readonly imports: string;
  readonly interfaces: readonly string[];
  readonly aggregates: readonly { readonly typeName: string; readonly comment: string; readonly methods: readonly string[] }[];
  readonly events: readonly string[];
  readonly comment: string;
  readonly typeName: string;
  readonly contexts: readonly { readonly name: string; readonly comment: string; readonly members: readonly string[] }[];
  readonly lists: readonly string[];
  readonly eventsMember: string;
  readonly name: string;
  readonly call: string;
}

export const sdkTemplate = template<SdkShape>(
  "sdk",
  `{{header}}
{{imports}}

{{#each interfaces}}
{{this}}

{{/each}}
{{#each aggregates}}
{{comment}}export interface {{typeName}} {
  readonly id: string;
{{#each methods}}
{{this}}
{{/each}}
}

{{/each}}
{{#each events}}
{{this}}
{{#if @last}}

{{/if}}
{{/each}}
{{comment}}export interface {{typeName}} extends Connection {
{{#each contexts}}
{{#if members}}
{{comment}}  readonly {{name}}: {
{{#each members}}
{{this}}
{{/each}}
  };
{{else}}
{{comment}}  readonly {{name}}: {};
{{/if}}
{{/each}}
{{#if lists}}
  readonly lists: {
{{#each lists}}
{{this}}
{{/each}}
  };
{{else}}
  readonly lists: {};
{{/if}}
{{eventsMember}}
}

/** Connects to a running {{name}}; without an address, to where the page came from. */
export function connect(
  address?: Address,
  options?: ConnectOptions,
): Promise<{{typeName}}> {
{{call}}
}
`,
);
