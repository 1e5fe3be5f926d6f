import { template } from "../template.ts";

interface AggregateShape {
  readonly header: string;
  readonly runtimeImport: string;
  readonly codeImport: string;
  readonly imports: string;
  readonly codeTypes: string;
  readonly comment: string;
  readonly typeName: string;
  readonly state: string;
  readonly commandTypes: string;
  readonly eventTypes: string;
  readonly definition: string;
  readonly fields: string;
  readonly initialState: string;
  readonly commands: readonly {
    readonly open: string;
    readonly head: string;
    readonly fields: string;
    readonly handle: string;
    readonly body: string;
  }[];
  readonly events: readonly {
    readonly open: string;
    readonly evolution: string;
    readonly upgrades: string;
    readonly fields: string;
    readonly apply: string;
    readonly body: string;
  }[];
  readonly invariants: string;
  readonly uniques: string;
  readonly commandRules: string;
  readonly eventRules: string;
  readonly variable: string;
  readonly names: string;
}

export const aggregateTemplate = template<AggregateShape>(
  "aggregate",
  `{{header}}
{{runtimeImport}}
{{codeImport}}{{imports}}
{{comment}}export interface {{typeName}}State {{state}}

export interface {{typeName}}Commands {{commandTypes}}

export interface {{typeName}}Events {{eventTypes}}

{{codeTypes}}{{definition}}

const fields: Definition["fields"] = {{fields}};

const initialState: Definition["initialState"] = {{initialState}};

{{#if commands}}
const commands: Definition["commands"] = {
{{#each commands}}
{{open}}
{{head}}
{{fields}}

{{handle}}
{{body}}
    },
  },
{{#unless @last}}

{{/unless}}
{{/each}}
};
{{else}}
const commands: Definition["commands"] = {};
{{/if}}

{{#if events}}
const events: Definition["events"] = {
{{#each events}}
{{open}}
{{evolution}}
{{fields}}
{{#if upgrades}}
{{upgrades}}
{{/if}}

{{#if body}}
{{apply}}
{{body}}
    },
{{else}}
    apply() {},
{{/if}}
  },
{{#unless @last}}

{{/unless}}
{{/each}}
};
{{else}}
const events: Definition["events"] = {};
{{/if}}

{{#if invariants}}
const invariants: Definition["invariants"] = {{invariants}};

{{/if}}
{{#if uniques}}
const unique: Definition["unique"] = {{uniques}};

{{/if}}
const isAuthorized: Definition["isAuthorized"] = {
{{commandRules}}
{{eventRules}}
};

export const {{variable}}: Definition = {
{{names}}
  fields,
  initialState,
  commands,
  events,
{{#if invariants}}
  invariants,
{{/if}}
{{#if uniques}}
  unique,
{{/if}}
  isAuthorized,
};
`,
);
