import type { Domain } from "../model/domain.ts";
import { emitAsyncApi } from "./api/asyncapi.ts";
import { emitOpenApi } from "./api/openapi.ts";
import { emitSdk } from "./client/sdk.ts";
import type { EmittedFile } from "./emitted-file.ts";
import { emitAggregate } from "./server/aggregate.ts";
import { emitApplication } from "./server/application.ts";
import { emitCode } from "./server/code.ts";
import { emitFlow } from "./server/flow.ts";
import { emitFlowCode } from "./server/flow-code.ts";
import { emitFunctions } from "./server/functions.ts";
import { emitListCode } from "./server/list-code.ts";
import { emitList } from "./server/list.ts";
import { emitTables } from "./server/tables.ts";
import { emitValues } from "./server/values.ts";
import { shareNames } from "./declared-names.ts";

/** Every file that a checked model becomes, in the model's order. The same model gives the same bytes, wherever and whenever. */
export function emit(domain: Domain): readonly EmittedFile[] {
  const shared = shareNames(domain);
  return [
    emitApplication(domain),
    ...emitValues(domain, shared),
    ...emitTables(domain, shared),
    ...emitFunctions(domain, shared),
    ...domain.contexts.flatMap(({ aggregates, was }) =>
      aggregates.flatMap((aggregate) => [emitAggregate(aggregate, shared, was), ...emitCode(aggregate)]),
    ),
    ...domain.lists.flatMap((list) => [emitList(list, domain, shared), ...emitListCode(list)]),
    ...domain.flows.flatMap((flow) => [emitFlow(flow, domain, shared), ...emitFlowCode(flow)]),
    emitSdk(domain),
    emitOpenApi(domain),
    emitAsyncApi(domain),
  ];
}
