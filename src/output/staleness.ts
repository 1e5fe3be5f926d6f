import type { Plan } from "./plan.ts";

export interface Stale {
  readonly path: string;
  readonly reason:
    | "missing"
    | "differs from the model"
    | "changed by hand"
    | "no longer in the model"
    | "not written by wkgen"
    | "a handler is missing"
    | "a handler that the model does not have"
    | "cannot be read";
}

/** Which generated files do not match the model, and why: what `wkgen build --check` answers. Seeded files never do wrong. */
export function staleFiles(plan: Plan): readonly Stale[] {
  return plan.flatMap((action): readonly Stale[] => {
    switch (action.kind) {
      case "create":
        return action.ownership !== "seeded" ? [{ path: action.path, reason: "missing" }] : [];
      case "update":
        return [{ path: action.path, reason: action.edited ? "changed by hand" : "differs from the model" }];
      case "remove":
      case "leave":
        return [{ path: action.path, reason: "no longer in the model" }];
      case "blocked":
        return [{ path: action.path, reason: "not written by wkgen" }];
      case "merge":
        return [{ path: action.path, reason: "a handler is missing" }];
      case "unchanged":
        return action.orphans.length > 0 ? [{ path: action.path, reason: "a handler that the model does not have" }] : [];
      case "refused":
        return [{ path: action.path, reason: "cannot be read" }];
      case "keep":
        return [];
    }
  });
}
