import type { Aggregate } from "../model/aggregate.ts";
import type { Domain } from "../model/domain.ts";

export const aggregatesOf = ({ contexts }: Domain): readonly Aggregate[] => contexts.flatMap(({ aggregates }) => aggregates);
