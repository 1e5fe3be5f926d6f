import type { AddTo, RemoveFrom, RemoveItems, UpdateItems } from "../../model/event.ts";
import type { Expression } from "../../model/expression.ts";
import { withoutOptional } from "../../model/types/fit.ts";
import { array, arrow, binary, call, changed, conditional, member, name, type Js } from "../javascript/syntax.ts";
import { elementOf, forElement } from "./collections.ts";
import { deny } from "./deny.ts";
import { emitExpression } from "./expression.ts";
import type { Scope } from "./scope.ts";

/** A list that something was added to, taken out of, or changed in. */
export function emitListChange(change: AddTo | RemoveFrom | RemoveItems | UpdateItems, list: Js, scope: Scope): Js {
  switch (change.kind) {
    case "add-to": {
      const value = emitExpression(change.value, scope);
      // `concat` takes a list apart; what may be one stands in a list of its own.
      const mayBeList = ["list", "json", "optional"].includes(change.value.type.kind);
      return call(member(list, "concat"), mayBeList ? array([value]) : value);
    }
    case "remove-from": {
      const value = emitExpression(change.value, scope);
      if (isComposed(change.value)) return scope.imports.calculate("content", "without", list, value);
      return call(member(list, "filter"), arrow(["item"], binary(name("item"), "!==", value)));
    }
    case "remove-items": {
      const stays = deny(emitExpression(change.condition, scope));
      return call(member(list, "filter"), forElement(change.variable, scope, stays));
    }
    case "update-items":
      return emitUpdate(change, list, scope);
  }
}

const isComposed = ({ type }: Expression) => ["value", "list", "map"].includes(withoutOptional(type).kind);

/** `list.map((item) => item.sku === event.data.sku ? { ...item, quantity: 1 } : item)` */
function emitUpdate({ variable, condition, assignments }: UpdateItems, list: Js, scope: Scope): Js {
  const element = elementOf(variable, scope);
  const changes = assignments.map(({ field, value }) => [field, emitExpression(value, scope)] as const);
  return call(
    member(list, "map"),
    arrow([element], conditional(emitExpression(condition, scope), changed(name(element), changes), name(element))),
  );
}
