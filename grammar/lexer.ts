import type { IToken, TokenType } from "chevrotain";
import type { Comment } from "./ast.ts";
import { Lexer } from "./chevrotain.ts";
import { lexedTypes, typeOfWord, Unknown, Word } from "./tokens.ts";

/** A text in tokens: line breaks are among them, spaces and comments are not. */
export interface Lexed {
  readonly tokens: readonly IToken[];
  readonly comments: readonly Comment[];
}

const lexer = new Lexer([...lexedTypes], { ensureOptimizations: true, positionTracking: "onlyOffset", skipValidations: true });

export function lex(text: string): Lexed {
  const { tokens, groups, errors } = lexer.tokenize(text);
  for (const token of tokens) if (token.tokenType === Word) nameWord(token);
  const unknown = errors.map(({ offset, length }) => tokenOf(Unknown, text.slice(offset, offset + length), offset));
  return {
    tokens: unknown.length === 0 ? tokens : [...tokens, ...unknown].sort((one, other) => one.startOffset - other.startOffset),
    comments: (groups["comments"] ?? []).map(toComment),
  };
}

/** A token that the lexer did not make. */
export function tokenOf(type: TokenType, image: string, startOffset: number): IToken {
  const common = { startLine: NaN, endLine: NaN, startColumn: NaN, endColumn: NaN };
  return { ...common, image, startOffset, endOffset: startOffset + image.length - 1, tokenType: type, tokenTypeIdx: type.tokenTypeIdx! };
}

/** Words of the language get their own type; the map is by image, so the lexer itself knows one type of word only, and stays fast. */
function nameWord(token: IToken) {
  const type = typeOfWord.get(token.image);
  if (type === undefined) return;
  token.tokenType = type;
  token.tokenTypeIdx = type.tokenTypeIdx!;
}

function toComment({ image, startOffset }: IToken): Comment {
  return { kind: "comment", text: image.slice(1).trimEnd(), span: { start: startOffset, end: startOffset + image.length } };
}
