import type { Functions } from "./functions.ts";

/** Hours at which appointments begin. */
const mornings = [8, 12] as const;
const afternoons = [14, 18] as const;

export const isOpen: Functions["isOpen"] = (start) => {
  const time = new Date(start);
  const hour = time.getUTCHours();
  const isWorkday = time.getUTCDay() >= 1 && time.getUTCDay() <= 5;
  const isOnTheHalfHour = time.getTime() % 1_800_000 === 0;
  return (
    isWorkday &&
    isOnTheHalfHour &&
    [mornings, afternoons].some(([from, to]) => hour >= from && hour < to)
  );
};
