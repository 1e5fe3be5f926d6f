import type { EvolvingKind } from "../evolution/kind.ts";
import { meaningsOf } from "../evolution/meaning.ts";
import type { AnyList } from "./table.ts";

/** Lists that are made anew when what their stored events mean has changed, though their own definition has not. */
export function withMeanings(lists: readonly AnyList[], kinds: readonly EvolvingKind[]): readonly AnyList[] {
  return lists.map((list) => {
    const meaning = meaningsOf(kinds, Object.keys(list.when));
    return meaning === undefined ? list : { ...list, meaning };
  });
}
