import type { WritingCode } from "./writing.ts";

export const handleRequestPlaced: WritingCode["bakery.request.placed"] = (
  _flow,
  _event,
  mark,
) => {
  return mark.asRejected('"bakery.request.placed" is not written yet.');
};

export const handleRequestRemindRejected: WritingCode["bakery.request.remind rejected"] =
  (_flow, _command, _rejection, mark) => {
    return mark.asRejected(
      '"bakery.request.remind rejected" is not written yet.',
    );
  };
