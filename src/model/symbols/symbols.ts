import type * as tree from "../../../grammar/ast.ts";
import type { SourceFile } from "../source-file.ts";
import type { Namespace } from "./namespace.ts";

/** A declaration with where it was found. */
export interface Found<Tree> {
  readonly tree: Tree;
  readonly source: SourceFile;
  /** The context it stands in; absent beside the contexts. */
  readonly context?: string;
}

/** A field, a parameter or a column. */
export type FieldSymbol = Found<tree.Field | tree.Parameter>;

/** What a type's name may mean. */
export type TypeSymbol = AggregateSymbol | ValueSymbol | ChoiceSymbol | AliasSymbol;

export interface AggregateSymbol extends Found<tree.Aggregate> {
  readonly kind: "aggregate";
  readonly context: string;
  readonly name: string;
  readonly fields: Namespace<FieldSymbol>;
  readonly commands: Namespace<CommandSymbol>;
  readonly events: Namespace<EventSymbol>;
}

export interface CommandSymbol {
  readonly tree: tree.Command;
  readonly aggregate: AggregateSymbol;
  readonly fields: Namespace<FieldSymbol>;
}

export interface EventSymbol {
  readonly tree: tree.Event;
  readonly aggregate: AggregateSymbol;
  readonly fields: Namespace<FieldSymbol>;
}

export interface ValueSymbol extends Found<tree.Value> {
  readonly kind: "value";
  readonly name: string;
  readonly fields: Namespace<FieldSymbol>;
}

export interface ChoiceSymbol extends Found<tree.Choice> {
  readonly kind: "choice";
  readonly name: string;
  readonly options: Namespace<tree.ChoiceOption>;
}

export interface AliasSymbol extends Found<tree.TypeAlias> {
  readonly kind: "type";
  readonly name: string;
}

export interface FunctionSymbol extends Found<tree.FunctionDeclaration> {
  readonly name: string;
}

export interface TableSymbol extends Found<tree.Table> {
  readonly name: string;
  readonly columns: Namespace<FieldSymbol>;
}

export interface RoleSymbol extends Found<tree.Role> {
  readonly name: string;
}

export interface ListSymbol extends Found<tree.List> {
  readonly name: string;
  readonly fields: Namespace<FieldSymbol>;
}

export interface FlowSymbol extends Found<tree.Flow> {
  readonly name: string;
  readonly fields: Namespace<FieldSymbol>;
}

/** What one context, or the room beside the contexts, declares. */
export interface Room {
  readonly types: Namespace<TypeSymbol>;
  readonly functions: Namespace<FunctionSymbol>;
  readonly tables: Namespace<TableSymbol>;
}

/** Every declared name of the domain. */
export interface Symbols {
  readonly domains: readonly Found<tree.Domain>[];
  readonly contexts: Namespace<ContextSymbol>;
  /** What stands beside the contexts. */
  readonly shared: Room;
  readonly roles: Namespace<RoleSymbol>;
  readonly lists: Namespace<ListSymbol>;
  readonly flows: Namespace<FlowSymbol>;
  /** The types of all contexts by their bare names, for where no context is near. */
  readonly everywhere: ReadonlyMap<string, readonly TypeSymbol[]>;
  readonly scenarios: readonly Found<tree.Scenario>[];
}

/** A context may be continued in another file. */
export interface ContextSymbol extends Room {
  readonly name: string;
  readonly parts: Found<tree.Context>[];
}
