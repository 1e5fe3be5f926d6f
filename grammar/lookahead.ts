import type { IOrAlt, IToken, Rule, TokenType } from "chevrotain";
import { getLookaheadPaths, LLkLookaheadStrategy } from "./chevrotain.ts";

/** A parser that may want to know what could have come next. */
interface Reader {
  LA(howMuch: number): IToken;
  /** While it is there, every decision tells it which tokens it would have accepted. */
  decided?: ((rule: string, accepted: readonly TokenType[]) => void) | undefined;
}

interface Decision {
  readonly accepted: readonly TokenType[];
  /** By the token's type: the alternatives that may begin with it, in their order. */
  readonly alternatives: readonly (readonly number[] | undefined)[];
}

type Options = { readonly prodOccurrence: number; readonly rule: Rule };
type Production = Parameters<typeof getLookaheadPaths>[0]["prodType"];

/**
 * Decides by the next token, as chevrotain does, but works a decision out when it is first needed: most files use a part of the grammar,
 * and the compiler is started on every save.
 */
export class LazyLookahead extends LLkLookaheadStrategy {
  constructor() {
    super({ maxLookahead: 1 });
  }

  override buildLookaheadForAlternation(options: Options & { readonly hasPredicates: boolean }) {
    let decision: Decision | undefined;
    return function (this: unknown, alternatives: readonly IOrAlt<unknown>[] = []) {
      const reader = this as Reader;
      decision ??= decisionOf(options, "Alternation");
      reader.decided?.(options.rule.name, decision.accepted);
      const candidates = decision.alternatives[reader.LA(1).tokenTypeIdx];
      if (candidates === undefined || !options.hasPredicates) return candidates?.[0];
      return candidates.find((index) => alternatives[index]?.GATE?.call(reader) ?? true);
    };
  }

  override buildLookaheadForOptional(options: Options & { readonly prodType: Production }) {
    let decision: Decision | undefined;
    return function (this: unknown) {
      const reader = this as Reader;
      decision ??= decisionOf(options, options.prodType);
      reader.decided?.(options.rule.name, decision.accepted);
      return decision.alternatives[reader.LA(1).tokenTypeIdx] !== undefined;
    };
  }
}

function decisionOf({ prodOccurrence, rule }: Options, prodType: Production): Decision {
  const paths = getLookaheadPaths({ occurrence: prodOccurrence, rule, prodType, maxLookahead: 1 });
  // For what may be left out, chevrotain also tells what follows it.
  const own = prodType === "Alternation" ? paths : paths.slice(0, 1);
  const alternatives: number[][] = [];
  own.forEach((alternative, index) => {
    for (const type of alternative.flat()) {
      for (const accepted of [type.tokenTypeIdx!, ...(type.categoryMatches ?? [])]) {
        const known = (alternatives[accepted] ??= []);
        if (!known.includes(index)) known.push(index);
      }
    }
  });
  return { accepted: own.flat(2), alternatives };
}
