import type { BoardsCode } from "./boards.ts";

export const handleClosed: BoardsCode["club.board.closed"] = (
  _list,
  _event,
  mark,
) => {
  return mark.asDone();
};
