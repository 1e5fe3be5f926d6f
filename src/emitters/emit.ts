import type { Domain } from "../model/domain.ts";
import { emitSdk } from "./client/sdk.ts";
import type { EmittedFile } from "./emitted-file.ts";
import { emitAggregate } from "./server/aggregate.ts";
import { emitApplication } from "./server/application.ts";
import { emitCode } from "./server/code.ts";
import { emitList } from "./server/list.ts";

/** Every file that a checked model becomes, in the model's order. The same model gives the same bytes, wherever and whenever. */
export function emit(domain: Domain): readonly EmittedFile[] {
  const aggregates = domain.contexts.flatMap((context) => context.aggregates);
  return [
    emitApplication(domain),
    ...aggregates.flatMap((aggregate) => [emitAggregate(aggregate), ...emitCode(aggregate)]),
    ...domain.lists.map((list) => emitList(list, domain)),
    emitSdk(domain),
  ];
}
