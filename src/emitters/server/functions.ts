import { builders } from "prettier/doc";
import type { Doc } from "prettier";
import type { Domain, FunctionDeclaration } from "../../model/domain.ts";
import type { EmittedFile, CodePart } from "../emitted-file.ts";
import { header } from "../header.ts";
import { layOut } from "../javascript/lay-out-expression.ts";
import { textAt } from "../javascript/lay-out-statements.ts";
import { quote } from "../javascript/quote.ts";
import { name as nameOf, object } from "../javascript/syntax.ts";
import type { Shared } from "../declared-names.ts";
import { importText } from "../typescript/import.ts";
import { membersText } from "../typescript/interface.ts";
import { reserved } from "../typescript/names.ts";
import { parameterDoc, typeDoc, type NameValue } from "../typescript/type.ts";
import { functionsTemplate } from "./functions.template.ts";
import { Imports } from "./imports.ts";

const { group, ifBreak, indent, join, line, softline } = builders;

/** `server/functions.ts`, which says what the functions of the model take and give, and the file where they are written. Nothing where it has none. */
export function emitFunctions(domain: Domain, shared: Shared): readonly EmittedFile[] {
  if (domain.functions.length === 0) return [];
  const parts = domain.functions.map((each) => stub(each, shared));
  const importing = importText(["Functions"], "./functions.ts", true);
  return [
    { path: "server/functions.ts", text: functionsTemplate(shapeFunctions(domain, shared)), ownership: "generated" },
    {
      path: "server/functions.code.ts",
      text: `${[importing, ...parts.map(({ text }) => text)].join("\n\n")}\n`,
      ownership: "merged",
      code: { parts, type: "Functions", importText: importing },
    },
  ];
}

export function shapeFunctions({ functions, place }: Domain, shared: Shared) {
  const names = functions.map(shared.functionName);
  const imports = new Imports(shared, "./", ["Functions"], ["functions", ...names]);
  const members = membersText(
    functions.map((each) => ({
      name: shared.functionName(each),
      doc: signature(each, imports.value),
      ...(each.description !== undefined && { description: each.description }),
    })),
  );
  const all = layOut(object(names.map((name) => [name, nameOf(name)])), { role: "value" });
  return {
    header: header(place, "functions"),
    imports: `${importText(names, "./functions.code.ts")}\n${imports.text()}`,
    members,
    all: textAt(0, ["export const functions: Functions = ", all, ";"]),
  };
}

/** `(from: Place, to: Place) => number` */
function signature({ parameters, result }: FunctionDeclaration, nameValue: NameValue): Doc {
  const given = parameters.map(({ name, type }) => parameterDoc(free(name), type, nameValue));
  const list = given.length === 0 ? "()" : group(["(", indent([softline, join([",", line], given)]), ifBreak(","), softline, ")"]);
  return group([list, " => ", typeDoc(result, nameValue)]);
}

/** The parameter of a function may not be called like a word of JavaScript. */
const free = (name: string): string => (reserved.has(name) ? `${name}_` : name);

/** Until it is written, whoever calls it hears so. */
function stub(declared: FunctionDeclaration, shared: Shared): CodePart {
  const name = shared.functionName(declared);
  const sentence = quote(`The function ${declared.name} is not written yet.`);
  const parameters = declared.parameters.map((parameter) => `_${parameter.name}`);
  const open = textAt(0, [
    `export const ${name}: Functions[${quote(name)}] = `,
    group(["(", indent([softline, join([",", line], parameters)]), parameters.length === 0 ? "" : ifBreak(","), softline, ") => {"]),
  ]);
  const body = textAt(1, ["throw new Error(", group([indent([softline, sentence]), ifBreak(","), softline]), ");"]);
  return { name, text: `${open}\n${body}\n};` };
}
