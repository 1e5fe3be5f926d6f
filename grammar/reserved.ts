/** Words that join expressions; they are never names. */
export const reservedWords = [
  "and",
  "or",
  "not",
  "is",
  "if",
  "then",
  "else",
  "where",
  "when",
  "unless",
  "with",
  "otherwise",
  "over",
  "of",
  "none",
] as const;
