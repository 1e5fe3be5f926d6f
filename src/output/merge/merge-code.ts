import { Node, Project, type SourceFile, ts } from "ts-morph";
import type { CodePart, CodeParts } from "../../emitters/emitted-file.ts";

/** What becomes of a file that a person owns: at most something is added at its end. */
export type Merged =
  /** `orphans`: handlers that the model no longer asks for. They stay. */
  | { readonly kind: "merged"; readonly text: string; readonly orphans: readonly string[] }
  | { readonly kind: "refused"; readonly reason: string };

/** Adds the handlers that are missing. Not a byte of what stands there is changed. */
export function mergeCode(present: string, asked: CodeParts): Merged {
  const { parts, type, importText } = asked;
  const { file, fault } = parse(present);
  if (fault !== undefined) return { kind: "refused", reason: fault };
  const exported = exportedNames(file);
  const local = localNames(file);
  const missing = parts.filter(({ name }) => !exported.has(name));
  const hidden = missing.find(({ name }) => local.has(name));
  if (hidden !== undefined) return { kind: "refused", reason: `"${hidden.name}" is there, but not exported` };
  return { kind: "merged", text: append(present, missing, local.has(type) ? [] : [importText]), orphans: orphansIn(file, exported, asked) };
}

/** Handlers are known by their names, functions by their types: both are as we have once written them. */
function orphansIn(file: SourceFile, exported: ReadonlySet<string>, { parts, type }: CodeParts): readonly string[] {
  const typed = file
    .getVariableDeclarations()
    .filter((declaration) => declaration.getTypeNode()?.getText().startsWith(`${type}[`) === true);
  const ours = new Set(typed.map((declaration) => declaration.getName()));
  const isOurs = (name: string) => ours.has(name) || /^(handle|upgrade)\p{Lu}/u.test(name);
  return [...exported].filter((name) => isOurs(name) && parts.every((part) => part.name !== name));
}

function append(present: string, missing: readonly CodePart[], imports: readonly string[]): string {
  if (missing.length === 0) return present;
  const lineEnd = present.includes("\r\n") ? "\r\n" : "\n";
  const gap = /^\uFEFF?$/u.test(present) ? "" : present.endsWith("\n") ? "\n" : "\n\n";
  const added = `${gap}${[...imports, ...missing.map(({ text }) => text)].join("\n\n")}\n`;
  return present + added.replaceAll("\n", lineEnd);
}

function parse(text: string): { readonly file: SourceFile; readonly fault?: string } {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    compilerOptions: { noLib: true, noResolve: true },
  });
  const file = project.createSourceFile("code.ts", text);
  const fault = project.getProgram().getSyntacticDiagnostics(file)[0];
  if (fault === undefined) return { file };
  const sentence = ts.flattenDiagnosticMessageText(fault.compilerObject.messageText, " ");
  return { file, fault: `line ${String(fault.getLineNumber() ?? 1)}: ${sentence}` };
}

function exportedNames(file: SourceFile): ReadonlySet<string> {
  const declared = file.getStatements().flatMap((statement) => {
    const isExported = Node.isExportable(statement) && statement.hasExportKeyword() && !statement.hasDefaultKeyword();
    return isExported ? namesOf(statement) : [];
  });
  const named = file.getExportDeclarations().flatMap((declaration) => declaration.getNamedExports());
  return new Set([...declared, ...named.map((specifier) => specifier.getAliasNode()?.getText() ?? specifier.getName())]);
}

function localNames(file: SourceFile): ReadonlySet<string> {
  const imported = file
    .getImportDeclarations()
    .flatMap((declaration) => [
      ...declaration.getNamedImports().map((specifier) => specifier.getAliasNode()?.getText() ?? specifier.getName()),
      ...[declaration.getDefaultImport(), declaration.getNamespaceImport()].flatMap((node) => (node === undefined ? [] : [node.getText()])),
    ]);
  return new Set([...file.getStatements().flatMap(namesOf), ...imported]);
}

/** What a statement of the file's outermost level gives a name to. */
function namesOf(statement: Node): readonly string[] {
  if (Node.isVariableStatement(statement)) return statement.getDeclarations().map((declaration) => declaration.getName());
  const isNamed = Node.isFunctionDeclaration(statement) || Node.isClassDeclaration(statement);
  if (isNamed || Node.isInterfaceDeclaration(statement) || Node.isTypeAliasDeclaration(statement)) {
    const name = statement.getName();
    return name === undefined ? [] : [name];
  }
  return [];
}
