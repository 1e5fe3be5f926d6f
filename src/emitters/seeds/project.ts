import type { EmittedFile } from "../emitted-file.ts";
import { packageName } from "./package-name.ts";

/** Which versions a new project begins with: those that this wkgen was tested with. */
export interface Versions {
  readonly wkgen: string;
  readonly typescript: string;
  readonly nodeTypes: string;
  /** The oldest Node that will do. */
  readonly node: string;
}

const seeded = (path: string, text: string): EmittedFile => ({ path, text, ownership: "seeded" });
const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** `package.json` of a generated application: one dependency to run, three to develop. */
export const seedPackage = (domain: string, versions: Versions): EmittedFile =>
  seeded(
    "package.json",
    json({
      name: packageName(domain),
      version: "0.0.0",
      private: true,
      type: "module",
      engines: { node: versions.node },
      scripts: {
        dev: "wkgen dev",
        build: "wkgen build",
        check: "wkgen check && tsc",
        test: "wkgen build --check && tsc && wkgen test",
        start: "node --import @wkgen/runtime/compile-cache server/server.ts",
      },
      dependencies: { "@wkgen/runtime": versions.wkgen },
      devDependencies: { "@types/node": versions.nodeTypes, typescript: versions.typescript, wkgen: versions.wkgen },
    }),
  );

/** `tsconfig.json`: strict, and only what Node runs as it is. Programs that people put beside the model are checked with the rest. */
export const seedTsconfig = (): EmittedFile =>
  seeded(
    "tsconfig.json",
    `{
  "compilerOptions": {
    "target": "es2024",
    "lib": ["es2024", "dom", "dom.iterable", "dom.asynciterable"],
    "module": "nodenext",
    "strict": true,
    "noUncheckedIndexedAccess": true,
    "exactOptionalPropertyTypes": true,
    "noUnusedLocals": true,
    "noUnusedParameters": true,
    "erasableSyntaxOnly": true,
    "verbatimModuleSyntax": true,
    "allowImportingTsExtensions": true,
    "noEmit": true,
    "types": ["node"]
  },
  "include": ["**/*.ts"],
  "exclude": ["node_modules", "data", "dist"]
}
`,
  );

export const seedGitignore = (): EmittedFile => seeded(".gitignore", "node_modules/\ndata/\n.wkgen/\n");
