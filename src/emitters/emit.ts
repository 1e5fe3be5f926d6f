import type { Domain } from "../model/domain.ts";
import { emitSdk } from "./client/sdk.ts";
import type { EmittedFile } from "./emitted-file.ts";
import { emitAggregate } from "./server/aggregate.ts";
import { emitApplication } from "./server/application.ts";
import { emitCode } from "./server/code.ts";
import { emitList } from "./server/list.ts";

/** Every file that a checked model becomes, in the model's order. The same model gives the same bytes, wherever and whenever. */
export function emit(domain: Domain): readonly EmittedFile[] {
  return [
    emitApplication(domain),
    ...domain.contexts.flatMap(({ aggregates, was }) =>
      aggregates.flatMap((aggregate) => [emitAggregate(aggregate, was), ...emitCode(aggregate)]),
    ),
    ...domain.lists.map((list) => emitList(list, domain)),
    emitSdk(domain),
  ];
}
