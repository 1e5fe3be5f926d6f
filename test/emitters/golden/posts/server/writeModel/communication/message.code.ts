import type { MessageCode } from "./message.ts";

export const upgradeLovedFrom1: MessageCode["loved from 1"] = () => {
  throw new Error("The upgrade of loved from 1 is not written yet.");
};

export const upgradeLovedFrom2: MessageCode["loved from 2"] = () => {
  throw new Error("The upgrade of loved from 2 is not written yet.");
};
