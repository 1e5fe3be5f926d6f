import type { Document, Name, Path, Quoted, Span } from "../../grammar/ast.ts";

type Property = readonly [name: string, value: unknown];

/** The tree as an outline: one node a line, its simple properties behind its kind, the others below. */
export function treeText(document: Document): string {
  const { comments, unread, declarations } = document;
  const lines = declarations.flatMap((declaration) => nodeLines("", declaration, 0));
  if (comments.length > 0) lines.push("comments", ...comments.map(({ text }) => `  #${text}`));
  if (unread.length > 0) lines.push(`unread: ${unread.length}`);
  return `${lines.join("\n")}\n`;
}

function nodeLines(label: string, node: object, depth: number): string[] {
  const simple: string[] = [];
  const below: string[] = [];
  for (const [name, value] of Object.entries(node) as Property[]) {
    if (name === "kind" || name.endsWith("pan") || isEmpty(value)) continue;
    const text = simpleText(value);
    if (text !== undefined) simple.push(name === "name" ? text : `${name}=${text}`);
    else if (Array.isArray(value)) for (const item of value) below.push(...nodeLines(name, item as object, depth + 1));
    else below.push(...nodeLines(name, value as object, depth + 1));
  }
  const kind = (node as { kind?: string }).kind ?? "";
  const head = [label && `${label}:`, kind, ...simple].filter((part) => part !== "").join(" ");
  return ["  ".repeat(depth) + head, ...below];
}

function isEmpty(value: unknown) {
  return value === undefined || value === false || (Array.isArray(value) && value.length === 0);
}

function simpleText(value: unknown): string | undefined {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) {
    const texts = value.map(simpleText);
    return texts.every((text) => text !== undefined) ? texts.join(", ") : undefined;
  }
  const node = value as Partial<Name | Quoted | Path>;
  if (node.kind === "name") return node.text;
  if (node.kind === "quoted") return JSON.stringify(node.value);
  if (node.kind === "path") return node.parts!.map(({ text }) => text).join(".");
  return undefined;
}

/** A copy of any part of the tree in which nothing tells where it stood. */
export function withoutSpans(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutSpans);
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(Object.entries(node).flatMap(([name, value]) => (name.endsWith("pan") ? [] : [[name, withoutSpans(value)]])));
}

/** Every node that has a span, with the one around it. */
export function* spannedNodes(
  node: unknown,
  around?: Span,
): Iterable<{ node: { readonly kind?: string; readonly span: Span }; around: Span | undefined }> {
  if (typeof node !== "object" || node === null) return;
  const { span } = node as { span?: Span };
  if (span !== undefined) yield { node: node as { span: Span }, around };
  for (const [name, value] of Object.entries(node))
    if (!name.endsWith("pan") && name !== "unread") yield* spannedNodes(value, span ?? around);
}
