import type { SharedName } from "../../model/names.ts";
import { call, path, text, type Js } from "../javascript/syntax.ts";
import { calculations, type Calculation } from "../runtime-names.ts";
import type { Shared } from "../declared-names.ts";
import { importText } from "../typescript/import.ts";
import { FileNames } from "../typescript/names.ts";

/** What one file takes from the files beside it and from the runtime: whoever mentions something asks here for its name, and has it imported. */
export class Imports {
  readonly shared: Shared;
  readonly #root: string;
  readonly #types: FileNames;
  readonly #constants: FileNames;
  readonly #calculations = new Set<Calculation>();
  /** By module, what is imported as what. */
  readonly #taken = new Map<string, Map<string, string>>();

  /** `root` leads from the file to the folder `server`; `types` and `constants` are what the file itself declares. */
  constructor(shared: Shared, root: string, types: readonly string[], constants: readonly string[]) {
    this.shared = shared;
    this.#root = root;
    this.#types = new FileNames(...types);
    this.#constants = new FileNames(...constants);
  }

  /** The interface of a value. */
  readonly value = (name: SharedName): string => {
    const exported = this.shared.typeName(name);
    return this.#take("values.ts", `type ${exported}`, () => this.#types.claim(exported, `${exported}Value`));
  };

  /** The fields of a value. */
  readonly fields = (name: SharedName): Js => {
    const exported = this.shared.fieldsName(name);
    return path(this.#take("values.ts", exported, () => this.#constants.claim(exported, `${exported}OfValue`)));
  };

  /** `decimal.add(a, b)` */
  readonly calculate = (calculation: Calculation, verb: string, ...args: readonly Js[]): Js => {
    this.#calculations.add(calculation);
    return call(path(calculation, verb), ...args);
  };

  /** The calendar day of an instant. */
  readonly dayOf = (instant: Js): Js => {
    const { timeZone } = this.shared;
    return this.calculate("date", "of", instant, ...(timeZone === "UTC" ? [] : [text(timeZone)]));
  };

  /** An instant within a sentence, as the clocks of the domain show it. */
  readonly inWords = (instant: Js): Js => this.calculate("timestamp", "inWords", instant, text(this.shared.timeZone));

  readonly function = (name: SharedName): Js =>
    path(
      this.#take("functions.ts", "functions", () => "functions"),
      this.shared.functionName(name),
    );

  readonly table = (name: SharedName): Js =>
    path(
      this.#take("tables.ts", "tables", () => "tables"),
      this.shared.tableName(name),
    );

  /** The import of the runtime, of which the file needs these types. */
  runtimeText(...types: readonly string[]): string {
    const used = calculations.filter((name) => this.#calculations.has(name));
    if (used.length + types.length === 0) return "";
    if (used.length === 0) return importText(types, "@wkgen/runtime", true);
    return importText([...used, ...types.map((type) => `type ${type}`)], "@wkgen/runtime");
  }

  /** All other imports, a line each; what is mentioned later is missing. */
  text(): string {
    const modules = [...this.#taken].sort(([left], [right]) => (left < right ? -1 : 1));
    return modules.map(([module, names]) => `${lineFor([...names].map(specifier).sort(valuesFirst), `${this.#root}${module}`)}\n`).join("");
  }

  #take(module: string, exported: string, claim: () => string): string {
    const names = this.#taken.get(module) ?? new Map<string, string>();
    const local = names.get(exported) ?? claim();
    this.#taken.set(module, names.set(exported, local));
    return local;
  }
}

const specifier = ([exported, local]: readonly [string, string]): string =>
  exported.replace("type ", "") === local ? exported : `${exported} as ${local}`;

const valuesFirst = (left: string, right: string): number => Number(left.startsWith("type ")) - Number(right.startsWith("type "));

function lineFor(names: readonly string[], module: string): string {
  const typesOnly = names.every((name) => name.startsWith("type "));
  return importText(typesOnly ? names.map((name) => name.slice("type ".length)) : names, module, typesOnly);
}
