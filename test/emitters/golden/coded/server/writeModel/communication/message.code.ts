import type { MessageCode } from "./message.ts";

export const handleLike: MessageCode["like"] = (_aggregate, _command, mark) => {
  return mark.asRejected("Like is not written yet.");
};

export const handleModerate: MessageCode["moderate"] = (
  _aggregate,
  _command,
  mark,
) => {
  return mark.asRejected("Moderate is not written yet.");
};
