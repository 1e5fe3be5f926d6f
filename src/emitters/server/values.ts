import type { Domain, Value } from "../../model/domain.ts";
import { fullName, type SharedName } from "../../model/names.ts";
import { heldValue } from "../../model/types/held-value.ts";
import type { EmittedFile } from "../emitted-file.ts";
import { header } from "../header.ts";
import { arrow, path, type Js } from "../javascript/syntax.ts";
import type { Shared } from "../declared-names.ts";
import { docComment } from "../typescript/doc-comment.ts";
import { fieldsText } from "../typescript/interface.ts";
import { emitFields } from "./field.ts";
import { Imports } from "./imports.ts";
import { valueText } from "./section.ts";
import { valuesTemplate } from "./values.template.ts";

/** `server/values.ts`: what the value objects of the model hold. Nothing where it has none. */
export function emitValues(domain: Domain, shared: Shared): readonly EmittedFile[] {
  if (domain.values.length === 0) return [];
  return [{ path: "server/values.ts", text: valuesTemplate(shapeValues(domain, shared)), ownership: "generated" }];
}

export function shapeValues({ values, place }: Domain, shared: Shared) {
  const imports = new Imports(shared, "./", [], []);
  const written = new Set<string>();
  const shapes = innermostFirst(values).map((value) => {
    // A value that is found inside of itself, or further down, is asked for when it is needed.
    const fieldsOf = (name: SharedName): Js =>
      written.has(fullName(name)) ? path(shared.fieldsName(name)) : arrow([], path(shared.fieldsName(name)));
    const fields = valueText(emitFields(value.fields, imports, fieldsOf));
    written.add(fullName(value));
    return {
      comment: docComment(0, value.description),
      typeName: shared.typeName(value),
      members: fieldsText(value.fields, shared.typeName),
      fieldsName: shared.fieldsName(value),
      fields,
    };
  });
  return { header: header(place, "values"), values: shapes };
}

/** In the order of the model, but each below the values that it holds. */
function innermostFirst(values: readonly Value[]): readonly Value[] {
  const byName = new Map(values.map((value) => [fullName(value), value]));
  const ordered = new Set<Value>();
  const begun = new Set<Value>();
  const visit = (value: Value) => {
    if (begun.has(value)) return;
    begun.add(value);
    for (const { type } of value.fields) {
      const inner = byName.get(heldValue(type) ?? "");
      if (inner !== undefined) visit(inner);
    }
    ordered.add(value);
  };
  values.forEach(visit);
  return [...ordered];
}
