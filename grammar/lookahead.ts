import type { IOrAlt, IToken, OptionalProductionType, Rule, TokenType } from "chevrotain";
import { Alternation, LLkLookaheadStrategy, NonTerminal, Option, Repetition, RepetitionMandatory, Terminal } from "./chevrotain.ts";

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
/** Those that the grammar is made of. */
type Production = keyof typeof constructors;

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

  override buildLookaheadForOptional(options: Options & { readonly prodType: OptionalProductionType }) {
    let decision: Decision | undefined;
    return function (this: unknown) {
      const reader = this as Reader;
      decision ??= decisionOf(options, options.prodType as Production);
      reader.decided?.(options.rule.name, decision.accepted);
      return decision.alternatives[reader.LA(1).tokenTypeIdx] !== undefined;
    };
  }
}

function decisionOf({ prodOccurrence, rule }: Options, prodType: Production): Decision {
  const production = findProduction(rule.definition, prodType, prodOccurrence)!;
  const accepted = prodType === "Alternation" ? production.definition.map((each) => firstOf([each])) : [firstOf(production.definition)];
  const alternatives: number[][] = [];
  accepted.forEach((types, index) => {
    for (const type of types) {
      for (const known of [type.tokenTypeIdx!, ...(type.categoryMatches ?? [])]) {
        const candidates = (alternatives[known] ??= []);
        if (candidates.at(-1) !== index) candidates.push(index);
      }
    }
  });
  return { accepted: accepted.flat(), alternatives };
}

type Productions = Rule["definition"];
type Nested = Productions[number] & { readonly definition: Productions; readonly idx: number };

const constructors = { Alternation, Option, Repetition, RepetitionMandatory };

function findProduction(productions: Productions, type: Production, occurrence: number): Nested | undefined {
  for (const production of productions) {
    if (!isNested(production)) continue;
    if (production instanceof constructors[type] && production.idx === occurrence) return production;
    const found = findProduction(production.definition, type, occurrence);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a sequence may begin with. */
function firstOf(productions: Productions): TokenType[] {
  const first: TokenType[] = [];
  for (const production of productions) {
    if (production instanceof Terminal) return [...first, production.terminalType];
    if (production instanceof NonTerminal) return [...first, ...firstOf(production.referencedRule.definition)];
    if (!isNested(production)) continue;
    if (production instanceof Alternation) return [...first, ...production.definition.flatMap((each) => firstOf([each]))];
    first.push(...firstOf(production.definition));
    if (!(production instanceof Option) && !(production instanceof Repetition)) return first;
  }
  return first;
}

/** A rule that is mentioned has a definition, too, but one that stands elsewhere. */
function isNested(production: Productions[number]): production is Nested {
  return "definition" in production && !(production instanceof NonTerminal);
}
