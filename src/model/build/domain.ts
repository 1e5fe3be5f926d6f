import type { Context, Domain } from "../domain.ts";
import type { Findings } from "../findings.ts";
import type { Declared, Question } from "../place.ts";
import { at, type Environment, placeOf } from "../resolve/environment.ts";
import { typeOfAlias } from "../resolve/type.ts";
import type { SourceFile } from "../source-file.ts";
import type { Namespace } from "../symbols/namespace.ts";
import { collect } from "../symbols/collect.ts";
import type { ContextSymbol, Room, Symbols } from "../symbols/symbols.ts";
import { buildAggregate } from "./aggregate.ts";
import { buildChoice } from "./choice.ts";
import { declaredAs, formerly, questionsOf } from "./declared.ts";
import { buildFlow } from "./flow.ts";
import { buildFunction } from "./function.ts";
import { buildList } from "./list.ts";
import { buildScenario } from "./scenario.ts";
import { buildTable } from "./table.ts";
import { buildValue } from "./value.ts";

/** What all files say together. Where something was wrong the part is left out, and `findings` has been told. There is at least one file. */
export function buildDomain(sources: readonly [SourceFile, ...SourceFile[]], findings: Findings): Domain {
  const symbols = collect(sources, findings);
  const env: Environment = { symbols, findings, source: sources[0], types: new Map() };
  const rooms: readonly Room[] = [symbols.shared, ...itemsOf(symbols.contexts)];
  checkAliases(env, rooms);
  return {
    kind: "domain",
    ...aboutDomain(env, symbols),
    roles: itemsOf(symbols.roles).map(({ tree, source }) => declaredAs(at(env, source), tree)),
    contexts: itemsOf(symbols.contexts).map((context) => buildContext(env, context)),
    values: typesOf(rooms).flatMap((symbol) => (symbol.kind === "value" ? [buildValue(env, symbol)] : [])),
    choices: typesOf(rooms).flatMap((symbol) => (symbol.kind === "choice" ? [buildChoice(env, symbol)] : [])),
    functions: rooms.flatMap(({ functions }) => itemsOf(functions).flatMap((symbol) => buildFunction(env, symbol) ?? [])),
    tables: rooms.flatMap(({ tables }) => itemsOf(tables).map((symbol) => buildTable(env, symbol))),
    lists: itemsOf(symbols.lists).map((list) => buildList(env, list)),
    flows: itemsOf(symbols.flows).map((flow) => buildFlow(env, flow)),
    scenarios: symbols.scenarios.map((scenario) => buildScenario(env, scenario)),
    questions: otherQuestions(env, symbols),
  };
}

const itemsOf = <Item>({ entries }: Namespace<Item>): readonly Item[] => [...entries.values()].map(({ item }) => item);

const typesOf = (rooms: readonly Room[]) => rooms.flatMap(({ types }) => itemsOf(types));

/** A `type` that nobody uses is read as well. */
function checkAliases(env: Environment, rooms: readonly Room[]): void {
  for (const symbol of typesOf(rooms)) if (symbol.kind === "type") typeOfAlias(env, symbol);
}

function aboutDomain(env: Environment, { domains }: Symbols): Declared & { readonly timeZone: string } {
  const [first, second] = domains;
  if (first === undefined) {
    const start = { start: 0, end: 0 };
    // Where the first line could not be read, it may have been this one.
    if (env.source.document.unread.length === 0) env.findings.complain("domain-missing", { file: env.source.file, span: start }, {});
    return { name: "domain", place: placeOf(env, start), timeZone: "UTC" };
  }
  if (second !== undefined) {
    const location = { file: second.source.file, span: second.tree.name.span };
    const related = { file: first.source.file, span: first.tree.name.span };
    env.findings.complain("domain-twice", location, { name: second.tree.name.text }, { related });
  }
  checkFirst(env, first);
  const home = at(env, first.source);
  const { timeZone } = first.tree;
  if (timeZone !== undefined && !isTimeZone(timeZone.value)) {
    env.findings.complain("unknown-time-zone", { file: first.source.file, span: timeZone.span }, { zone: timeZone.value });
  }
  return { ...declaredAs(home, first.tree), timeZone: timeZone?.value ?? "UTC" };
}

/** Only imports stand above the line that says what the model is called. */
function checkFirst({ findings }: Environment, { tree, source: { file, document, lines } }: Symbols["domains"][number]): void {
  const above = document.declarations.find(({ kind }) => kind !== "import");
  if (above === undefined || above === tree) return;
  const [start, end] = [above.span.start, tree.span.end];
  const text = `${lines.text.slice(tree.span.start, end)}\n\n${lines.text.slice(start, tree.span.start).trimEnd()}`;
  const fix = { span: { start, end }, text, safe: false };
  findings.complain(
    "domain-not-first",
    { file, span: tree.name.span },
    { name: tree.name.text },
    { related: { file, span: above.span }, fix },
  );
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

function buildContext(env: Environment, { types, parts }: ContextSymbol): Context {
  const [first] = parts;
  if (first === undefined) throw new Error("A context without a place.");
  const description = parts.map(({ tree }) => tree.description).find((quoted) => quoted !== undefined);
  return {
    kind: "context",
    ...declaredAs(at(env, first.source), first.tree),
    ...(description && { description: description.value }),
    ...formerly(parts.map(({ tree }) => tree.was).find((was) => was !== undefined)),
    aggregates: itemsOf(types).flatMap((symbol) => (symbol.kind === "aggregate" ? [buildAggregate(env, symbol)] : [])),
    questions: parts.flatMap(({ tree, source }) => questionsOf(at(env, source), tree)),
  };
}

/** Those that belong to no context, list or flow. */
function otherQuestions(env: Environment, symbols: Symbols): readonly Question[] {
  const shared = [...symbols.domains, ...symbols.scenarios, ...itemsOf(symbols.roles), ...typesOf([symbols.shared])];
  return shared.flatMap(({ tree, source }) => questionsOf(at(env, source), tree));
}
