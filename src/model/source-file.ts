import type { Comment, Document, Span } from "../../grammar/ast.ts";
import type { Location } from "../diagnostics/diagnostic.ts";
import { lineAt, type Lines } from "../diagnostics/position.ts";
import type { Place } from "./place.ts";

/** One `.domain` file, read. */
export interface SourceFile {
  readonly file: string;
  readonly lines: Lines;
  readonly document: Document;
}

export function placeIn({ file, lines }: SourceFile, span: Span): Place {
  return { file, span, line: lineAt(lines, span.start) };
}

export const locationIn = ({ file }: SourceFile, span: Span): Location => ({ file, span });

/** The comments of a file that stand on one of its lines, first line 1. */
export function commentsOn({ lines, document }: SourceFile): ReadonlyMap<number, Comment> {
  return new Map(document.comments.map((comment) => [lineAt(lines, comment.span.start), comment]));
}
