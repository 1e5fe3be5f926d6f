import type { FetchingCode } from "./fetching.ts";

export const handleTooLate: FetchingCode["tooLate"] = (_flow, mark) => {
  return mark.asRejected('"tooLate" is not written yet.');
};
