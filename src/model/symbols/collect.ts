import type * as tree from "../../../grammar/ast.ts";
import type { Findings } from "../findings.ts";
import { locationIn, type SourceFile } from "../source-file.ts";
import { declare, namespace, type Namespace } from "./namespace.ts";
import { isBuiltInType } from "../../../grammar/built-in-types.ts";
import type {
  AggregateSymbol,
  ContextSymbol,
  FieldSymbol,
  FlowSymbol,
  Found,
  FunctionSymbol,
  ListSymbol,
  RoleSymbol,
  Room,
  Symbols,
  TableSymbol,
  TypeSymbol,
} from "./symbols.ts";

/** Finds every declared name, and complains where one is declared twice or may not be a name. */
export function collect(sources: readonly SourceFile[], findings: Findings): Symbols {
  const collector: Collector = {
    findings,
    domains: [],
    contexts: namespace<ContextSymbol>("context"),
    shared: emptyRoom(),
    roles: namespace<RoleSymbol>("role"),
    lists: namespace<ListSymbol>("list"),
    flows: namespace<FlowSymbol>("flow"),
    everywhere: new Map(),
    scenarios: [],
  };
  for (const source of sources) {
    for (const declaration of source.document.declarations) collectDeclaration(collector, declaration, source);
  }
  return collector;
}

interface Collector extends Symbols {
  readonly findings: Findings;
  readonly domains: Found<tree.Domain>[];
  readonly everywhere: Map<string, TypeSymbol[]>;
  readonly scenarios: Found<tree.Scenario>[];
}

const emptyRoom = (): Room => ({
  types: namespace<TypeSymbol>("type"),
  functions: namespace<FunctionSymbol>("function"),
  tables: namespace<TableSymbol>("table"),
});

function collectDeclaration(collector: Collector, declaration: tree.Declaration, source: SourceFile): void {
  switch (declaration.kind) {
    case "domain":
      return void collector.domains.push({ tree: declaration, source });
    case "import":
      return;
    case "context":
      return collectContext(collector, declaration, source);
    case "list":
      return collectNamed(collector, collector.lists, "list", declaration, source, {
        fields: fieldsOf(collector, declaration.fields, source, "field of the list"),
      });
    case "flow":
      return collectNamed(collector, collector.flows, "flow", declaration, source, {
        fields: fieldsOf(collector, declaration.fields, source, "field"),
      });
    case "scenario":
      return void collector.scenarios.push({ tree: declaration, source });
    default:
      return collectMember(collector, collector.shared, declaration, source);
  }
}

function collectContext(collector: Collector, declaration: tree.Context, source: SourceFile): void {
  const name = declaration.name.text;
  const found: Found<tree.Context> = { tree: declaration, source };
  const created: ContextSymbol = { name, parts: [found], ...emptyRoom() };
  const known = declare(collector.contexts, name, created, locationIn(source, declaration.name.span))?.item;
  known?.parts.push(found);
  for (const member of declaration.members) collectMember(collector, known ?? created, member, source, name);
}

type Member = Exclude<tree.Declaration, tree.Domain | tree.Import | tree.Context | tree.List | tree.Flow | tree.Scenario> | tree.Aggregate;

function collectMember(collector: Collector, room: Room, member: Member, source: SourceFile, context?: string): void {
  const inside = context === undefined ? {} : { context };
  switch (member.kind) {
    case "role":
      return collectNamed(collector, collector.roles, "role", member, source, {});
    case "function":
      return collectNamed(collector, room.functions, "function", member, source, inside);
    case "table":
      return collectNamed(collector, room.tables, "table", member, source, {
        ...inside,
        columns: fieldsOf(collector, member.columns, source, "column", context),
      });
    case "aggregate":
      return collectType(collector, room, "aggregate", aggregateSymbol(collector, member, source, context ?? ""));
    case "value":
      return collectType(collector, room, "value", {
        kind: "value",
        tree: member,
        source,
        ...inside,
        name: member.name.text,
        fields: fieldsOf(collector, member.fields, source, "field", context),
      });
    case "choice":
      return collectType(collector, room, "choice", {
        kind: "choice",
        tree: member,
        source,
        ...inside,
        name: member.name.text,
        options: named(collector, member.options, source, "option", (option) => option),
      });
    case "type":
      return collectType(collector, room, "type", { kind: "type", tree: member, source, ...inside, name: member.name.text });
  }
}

function collectType(collector: Collector, room: Room, noun: string, symbol: TypeSymbol): void {
  const { name } = symbol.tree;
  if (isBuiltInType(name.text))
    collector.findings.complain("name-of-a-type", locationIn(symbol.source, name.span), { noun, name: name.text });
  if (!takeName(collector, room.types, noun, name, symbol, symbol.source)) return;
  const same = collector.everywhere.get(symbol.name) ?? [];
  same.push(symbol);
  collector.everywhere.set(symbol.name, same);
}

function aggregateSymbol(collector: Collector, aggregate: tree.Aggregate, source: SourceFile, context: string): AggregateSymbol {
  const symbol: AggregateSymbol = {
    kind: "aggregate",
    tree: aggregate,
    source,
    context,
    name: aggregate.name.text,
    fields: fieldsOf(collector, aggregate.fields, source, "field of the state", context),
    commands: named(collector, aggregate.commands, source, "command", (command) => ({
      tree: command,
      fields: fieldsOf(collector, command.fields, source, "field", context),
      get aggregate() {
        return symbol;
      },
    })),
    events: named(collector, aggregate.events, source, "event", (event) => ({
      tree: event,
      fields: fieldsOf(collector, event.fields, source, "field", context),
      get aggregate() {
        return symbol;
      },
    })),
  };
  return symbol;
}

function fieldsOf(
  collector: Collector,
  fields: readonly (tree.Field | tree.Parameter)[],
  source: SourceFile,
  noun: string,
  context?: string,
): Namespace<FieldSymbol> {
  return named(collector, fields, source, noun, (field) =>
    context === undefined ? { tree: field, source } : { tree: field, source, context },
  );
}

function named<Tree extends { readonly name: tree.Name }, Item>(
  collector: Collector,
  trees: readonly Tree[],
  source: SourceFile,
  noun: string,
  item: (tree: Tree) => Item,
): Namespace<Item> {
  const names = namespace<Item>(noun);
  for (const tree of trees) takeName(collector, names, noun, tree.name, item(tree), source);
  return names;
}

function collectNamed<Tree extends { readonly name: tree.Name }, Extra extends object>(
  collector: Collector,
  names: Namespace<Found<Tree> & { readonly name: string } & Extra>,
  noun: string,
  tree: Tree,
  source: SourceFile,
  extra: Extra,
): void {
  takeName(collector, names, noun, tree.name, { tree, source, name: tree.name.text, ...extra }, source);
}

/** Whether the name was free. */
function takeName<Item>(
  { findings }: Collector,
  names: Namespace<Item>,
  noun: string,
  name: tree.Name,
  item: Item,
  source: SourceFile,
): boolean {
  const location = locationIn(source, name.span);
  const before = declare(names, name.text, item, location);
  if (before !== undefined) findings.complain("name-declared-twice", location, { noun, name: name.text }, { related: before.location });
  return before === undefined;
}
