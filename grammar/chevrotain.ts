/**
 * Chevrotain from the one file that it ships bundled beside its hundred modules: loading it takes 6 ms instead of 33 (node 24, compile
 * cache warm), and the compiler runs on every save.
 */
const bundle = new URL("../chevrotain.min.mjs", import.meta.resolve("chevrotain"));

export const {
  Alternation,
  createToken,
  EmbeddedActionsParser,
  EOF,
  Lexer,
  LLkLookaheadStrategy,
  NonTerminal,
  Option,
  Repetition,
  RepetitionMandatory,
  Terminal,
} = (await import(bundle.href)) as typeof import("chevrotain");
