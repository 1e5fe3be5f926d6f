import type { Plan } from "./plan.ts";

export interface Stale {
  readonly path: string;
  readonly reason: "missing" | "differs from the model" | "changed by hand" | "no longer in the model" | "not written by wkgen";
}

/** Which generated files do not match the model, and why: what `wkgen build --check` answers. Seeded files never do wrong. */
export function staleFiles(plan: Plan): readonly Stale[] {
  return plan.flatMap((action): readonly Stale[] => {
    switch (action.kind) {
      case "create":
        return action.ownership === "generated" ? [{ path: action.path, reason: "missing" }] : [];
      case "update":
        return [{ path: action.path, reason: action.edited ? "changed by hand" : "differs from the model" }];
      case "remove":
      case "leave":
        return [{ path: action.path, reason: "no longer in the model" }];
      case "blocked":
        return [{ path: action.path, reason: "not written by wkgen" }];
      case "keep":
        return [];
    }
  });
}
