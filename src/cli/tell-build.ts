import type { Action } from "../output/plan.ts";
import { counted } from "../diagnostics/phrases.ts";
import { isBlocked, type Build } from "./build-model.ts";
import { exitCode, type ExitCode } from "./exit-code.ts";
import { tellDiagnostics } from "./tell-diagnostics.ts";
import type { Terminal } from "./terminal.ts";

/** How many generated files there are, and how many of them the build changed. */
export function countsOf(build: Build): { readonly files: number; readonly changed: number } {
  if (build.kind !== "planned") return { files: build.kind === "up to date" ? build.files : 0, changed: 0 };
  const generated = build.plan.filter((action) => "ownership" in action && action.ownership !== "seeded");
  return { files: generated.length, changed: build.plan.filter((action) => isChange(action.kind) && !isSeeded(action)).length };
}

const isSeeded = (action: Action): boolean => "ownership" in action && action.ownership === "seeded";

export const isChange = (kind: Action["kind"]): boolean => kind === "create" || kind === "update" || kind === "remove" || kind === "merge";

/** Shows what the check found, and what a person has to know about their files. */
export async function tellBuild(build: Build, terminal: Terminal): Promise<ExitCode> {
  if (build.kind === "up to date") return exitCode.fine;
  if (build.compiled.diagnostics.length > 0) await tellDiagnostics(build.compiled, terminal);
  if (build.kind === "refused") return exitCode.failed;

  for (const action of build.plan) tellNotice(action, terminal);
  return isBlocked(build.plan) ? exitCode.failed : exitCode.fine;
}

function tellNotice(action: Action, { tell, paintTold }: Terminal): void {
  if (action.kind === "update" && action.edited)
    tell(paintTold.yellow(`${action.path} had been changed by hand; it is generated, and was overwritten. Change the model instead.`));
  if (action.kind === "merge" || action.kind === "unchanged")
    for (const name of action.orphans)
      tell(paintTold.yellow(`${action.path}: the model has no use for "${name}" any more. It was left; rename it, or delete it.`));
  if (action.kind === "refused") tell(paintTold.red(`${action.path} cannot be added to (${action.reason}). Mend it; nothing was written.`));
  if (action.kind === "leave" && action.path.endsWith(".code.ts"))
    tell(
      paintTold.yellow(`${action.path} is yours, and the model has no use for it any more. It was left; delete it if it is not needed.`),
    );
  else if (action.kind === "leave")
    tell(
      paintTold.yellow(
        `${action.path} is no longer in the model. It had been changed by hand, so it was left; delete it if it is not needed.`,
      ),
    );
  if (action.kind === "blocked")
    tell(
      paintTold.red(
        `${action.path} was not written by wkgen, and stands where a generated file belongs. Move it away; nothing was written.`,
      ),
    );
}

/** `12 files, 3 changed` */
export function countsInWords(build: Build): string {
  const { files, changed } = countsOf(build);
  return `${counted(files, "file")}, ${changed === 0 ? "none" : changed} changed`;
}
