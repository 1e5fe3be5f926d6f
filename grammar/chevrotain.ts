/**
 * Chevrotain from the one file that it ships bundled beside its hundred modules: loading that takes 4 ms instead of 30, and the compiler
 * is started on every save. Measured by `node --input-type=module -e 'console.time(); await import("chevrotain"); console.timeEnd()'`,
 * and the same with the bundle's path, with a warm NODE_COMPILE_CACHE.
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
