import type * as tree from "../../../grammar/ast.ts";
import { diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Expression } from "../expression.ts";
import type { Cancel, EndFlow, Flow, FlowCode, FlowReaction, FlowStatement, FlowTrigger, Run, Schedule } from "../flow.ts";
import { fullName } from "../names.ts";
import { assign } from "../resolve/assign.ts";
import { at, complain, type Environment, locationOf, placeOf } from "../resolve/environment.ts";
import { findAggregate, findCommand, findEvent, guess } from "../resolve/find-type.ts";
import { certain, fitted } from "../resolve/fitted.ts";
import { infer } from "../resolve/infer.ts";
import type { Layer, Scope } from "../resolve/scope.ts";
import { declare, find, namespace, type Namespace } from "../symbols/namespace.ts";
import type { AggregateSymbol, CommandSymbol, EventSymbol, FlowSymbol } from "../symbols/symbols.ts";
import { buildBlock, buildForEach, buildLet, buildWhen, type Dialect, the } from "./block.ts";
import { declaredAs, formerly, questionsOf } from "./declared.ts";
import { changesOf, type Holder } from "./event.ts";
import { buildStateFields } from "./field.ts";
import { commandLayer, eventLayer, flowEventScope, flowLayer, flowRejectionScope, flowTimerScope, referenceTo } from "./scopes.ts";

export function buildFlow(outside: Environment, flow: FlowSymbol): Flow {
  const env = at(outside, flow.source);
  const { tree } = flow;
  const keeper = tree.forEach && findAggregate(env, [tree.forEach]);
  const building: Building = { env, flow, keeper, timers: timersOf(env, tree) };
  if (tree.forEach === undefined && tree.fields[0] !== undefined) {
    complain(env, "flow-without-instances", tree.fields[0].span, { flow: flow.name });
  }
  return {
    kind: "flow",
    ...declaredAs(env, tree),
    ...formerly(tree.was),
    ...(keeper && { forEach: { context: keeper.context, aggregate: keeper.name } }),
    fromBeginning: tree.fromBeginning,
    state: buildStateFields(env, flow.fields),
    reactions: buildReactions(building),
    questions: questionsOf(env, tree),
  };
}

interface Building {
  readonly env: Environment;
  readonly flow: FlowSymbol;
  /** What there is one instance for; absent for a flow that keeps nothing. */
  readonly keeper: AggregateSymbol | undefined;
  readonly timers: Namespace<tree.Name>;
}

/** Every timer that is scheduled somewhere in the flow. */
function timersOf(env: Environment, flow: tree.Flow): Namespace<tree.Name> {
  const timers = namespace<tree.Name>("timer");
  const collect = (statements: readonly tree.Statement[]): void => {
    for (const statement of statements) {
      if (statement.kind === "schedule") declare(timers, statement.timer.text, statement.timer, locationOf(env, statement.timer.span));
      if (statement.kind === "when" || statement.kind === "for-each") collect(statement.statements);
      if (statement.kind === "when") collect(statement.otherwise ?? []);
    }
  };
  for (const { statements } of flow.reactions) collect(statements);
  return timers;
}

/** What a reaction is about, found out. */
interface Occasion {
  readonly trigger: FlowTrigger;
  readonly scope: Scope;
  /** The aggregate that the event came from, or whose command was turned down. */
  readonly from?: AggregateSymbol;
  /** The aggregate that the flow has an instance for each of. */
  readonly keeper: AggregateSymbol | undefined;
  /** Where the shorthand takes its values. */
  readonly data: Layer | undefined;
}

/** One block for each event, rejection and timer: of two, nobody could tell which comes first. */
function buildReactions(building: Building): readonly FlowReaction[] {
  const { env, flow } = building;
  const triggers = namespace<FlowReaction>("reaction");
  return flow.tree.reactions.flatMap((reaction) => {
    const built = buildReaction(building, reaction);
    if (built === undefined) return [];
    const before = declare(triggers, keyOfTrigger(built.trigger), built, locationOf(env, reaction.trigger.span));
    if (before === undefined) return [built];
    const facts = { event: keyOfTrigger(built.trigger), what: the("flow", flow.name) };
    return complain(env, "reaction-twice", reaction.trigger.span, facts, { related: before.location }) ?? [];
  });
}

function keyOfTrigger(trigger: FlowTrigger): string {
  if (trigger.kind === "timer") return trigger.timer;
  return trigger.kind === "event" ? fullName(trigger.event) : `${fullName(trigger.command)} rejected`;
}

function buildReaction(building: Building, { trigger, statements, span }: tree.Reaction): FlowReaction | undefined {
  const { env } = building;
  const occasion = occasions[trigger.kind](building, trigger as never);
  if (occasion === undefined) return undefined;
  return {
    trigger: occasion.trigger,
    statements: buildBlock(statements, occasion.scope, dialectOf(building, occasion)).statements,
    place: placeOf(env, span),
  };
}

const occasions: {
  readonly [Kind in tree.Trigger["kind"]]: (
    building: Building,
    trigger: Extract<tree.Trigger, { readonly kind: Kind }>,
  ) => Occasion | undefined;
} = {
  "event-trigger": onEvent,
  "rejection-trigger": onRejection,
  "timer-trigger": onTimer,
};

function onEvent(building: Building, trigger: Extract<tree.Trigger, { readonly kind: "event-trigger" }>): Occasion | undefined {
  const { env, flow, keeper } = building;
  const event = findEvent(env, trigger.event.parts);
  if (event === undefined) return undefined;
  const { context, name: aggregate } = event.aggregate;
  const scope = flowEventScope(env, flow, event, keeper);
  const instance = instanceOf(building, trigger, event, scope);
  return {
    trigger: { kind: "event", event: { context, aggregate, event: event.tree.name.text }, ...(instance && { instance }) },
    scope,
    from: event.aggregate,
    keeper,
    data: eventLayer(env, event),
  };
}

/** Which instance an event is for: what `for` says, or the aggregate itself, where it is the one that there are instances for. */
function instanceOf(
  { env, flow, keeper }: Building,
  trigger: Extract<tree.Trigger, { readonly kind: "event-trigger" }>,
  event: EventSymbol,
  scope: Scope,
): Expression | undefined {
  if (flow.tree.forEach === undefined) {
    return trigger.for && complain(env, "for-without-instances", trigger.for.span, { flow: flow.name });
  }
  if (keeper === undefined) return undefined;
  if (trigger.for !== undefined) {
    const instance = certain(infer(trigger.for, scope, referenceTo(keeper)), scope);
    return instance && fitted(instance, referenceTo(keeper), scope, the("flow", flow.name));
  }
  if (event.aggregate === keeper) return { kind: "given", what: "aggregate id", type: referenceTo(keeper), span: trigger.span };
  return complain(env, "for-missing", trigger.span, { flow: flow.name, keeper: keeper.name, event: event.tree.name.text });
}

function onRejection(building: Building, trigger: Extract<tree.Trigger, { readonly kind: "rejection-trigger" }>): Occasion | undefined {
  const { env, flow, keeper } = building;
  const command = findCommand(env, trigger.command.parts);
  if (command === undefined) return undefined;
  const { context, name: aggregate } = command.aggregate;
  return {
    trigger: { kind: "rejection", command: { context, aggregate, command: command.tree.name.text } },
    scope: flowRejectionScope(env, flow, command, keeper),
    from: command.aggregate,
    keeper,
    data: commandLayer(env, command),
  };
}

function onTimer(building: Building, { timer }: Extract<tree.Trigger, { readonly kind: "timer-trigger" }>): Occasion | undefined {
  if (!isTimer(building, timer)) return undefined;
  const { env, flow, keeper } = building;
  return { trigger: { kind: "timer", timer: timer.text }, scope: flowTimerScope(env, flow, keeper), keeper, data: undefined };
}

function isTimer({ env, timers, flow }: Building, name: tree.Name): boolean {
  if (find([timers], name.text) !== undefined) return true;
  const location = locationOf(env, name.span);
  env.findings.missing({
    name: name.text,
    location,
    namespaces: [timers],
    say: (suggestion) => diagnostic("unknown-timer", location, { name: name.text, flow: flow.name, suggestion }, guess(name, suggestion)),
  });
  return false;
}

function dialectOf(building: Building, occasion: Occasion): Dialect<FlowStatement> {
  const { env, flow } = building;
  const holder: Holder = {
    target: { names: flow.fields, what: the("flow", flow.name) },
    read: flowLayer(env, flow),
    event: occasion.data === undefined ? [] : [occasion.data],
  };
  const dialect: Dialect<FlowStatement> = {
    place: "a flow",
    handlers: {
      ...changesOf(holder),
      run: (statement, scope) => ({ statement: buildRun(statement, scope, occasion), scope }),
      schedule: (statement, scope) => ({ statement: buildSchedule(statement, scope, building), scope }),
      cancel: (statement, scope) => ({ statement: buildCancel(statement, scope, building), scope }),
      end: (statement, scope) => ({ statement: buildEnd(statement, scope), scope }),
      let: buildLet,
      when: (statement, scope) => buildWhen(statement, scope, dialect),
      "for-each": (statement, scope) => buildForEach(statement, scope, dialect),
      "by-code": (statement, scope) => ({ statement: buildCode(statement, scope), scope }),
    },
  };
  return dialect;
}

function buildRun(statement: tree.Run, scope: Scope, occasion: Occasion): Run | undefined {
  const { env } = scope;
  const command = findCommand(env, statement.command.parts);
  if (command === undefined) return undefined;
  const { context, name: aggregate } = command.aggregate;
  const on = runsOn(statement, command, scope, occasion);
  const what = `the command "${aggregate}.${command.tree.name.text}"`;
  const all = occasion.data;
  const data = assign(statement.args, { names: command.fields, what, defaults: true }, scope, infer, { complete: statement.span, all });
  if (on === undefined || data === undefined) return undefined;
  return { kind: "run", command: { context, aggregate, command: command.tree.name.text }, on, data, place: placeOf(env, statement.span) };
}

function runsOn(
  { on, command: path, span }: tree.Run,
  command: CommandSymbol,
  scope: Scope,
  { from, keeper }: Occasion,
): "new" | Expression | undefined {
  const { env } = scope;
  const { aggregate, tree } = command;
  const facts = { command: tree.name.text, aggregate: aggregate.name };
  if (on === "new") return tree.on === undefined ? complain(env, "run-on-new", path.span, facts) : "new";
  if (on !== undefined) {
    const id = certain(infer(on, scope, referenceTo(aggregate)), scope);
    return id && fitted(id, referenceTo(aggregate), scope, `"on"`);
  }
  if (from === aggregate) return { kind: "given", what: "aggregate id", type: referenceTo(aggregate), span };
  return complain(env, "run-on-missing", path.span, { ...facts, isNew: tree.on !== undefined, isOwn: keeper === aggregate });
}

function buildSchedule({ timer, word, time, span }: tree.Schedule, scope: Scope, { env, flow }: Building): Schedule | undefined {
  if (flow.tree.forEach === undefined) return complain(env, "timer-without-instances", span, { flow: flow.name });
  const value = certain(infer(time, scope), scope);
  const needed = { kind: word === "in" ? "duration" : "timestamp" } as const;
  const other = word === "in" ? "at" : "in";
  if (value?.type.kind === (word === "in" ? "timestamp" : "duration")) {
    const start = env.source.lines.text.indexOf(word, timer.span.end);
    const place = { start, end: start + word.length };
    return complain(env, "foreign-spelling", place, { found: word, write: other }, { fix: { span: place, text: other, safe: true } });
  }
  const fitting = value && fitted(value, needed, scope, `"schedule … ${word}"`);
  return fitting && { kind: "schedule", timer: timer.text, word, time: fitting, place: placeOf(env, span) };
}

function buildCancel({ timer, span }: tree.Cancel, { env }: Scope, building: Building): Cancel | undefined {
  return isTimer(building, timer) ? { kind: "cancel", timer: timer.text, place: placeOf(env, span) } : undefined;
}

function buildEnd({ aggregate, span }: tree.End, { env }: Scope): EndFlow | undefined {
  if (aggregate !== undefined) return complain(env, "end-in-flow", aggregate.span, { name: aggregate.text });
  return { kind: "end", place: placeOf(env, span) };
}

function buildCode({ mayRun, span }: tree.ByCode, { env }: Scope): FlowCode {
  const commands = mayRun.flatMap((path) => {
    const command = findCommand(env, path.parts);
    if (command === undefined) return [];
    return [{ context: command.aggregate.context, aggregate: command.aggregate.name, command: command.tree.name.text }];
  });
  return { kind: "by-code", mayRun: commands, place: placeOf(env, span) };
}
