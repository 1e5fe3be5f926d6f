import type { Place } from "../model/place.ts";
import { generatedMark } from "./emitted-file.ts";

/** The first lines of every generated file: where it comes from, and where to edit instead. */
export function header(place: Place, part?: string): string {
  const from = part === undefined ? `${fileOf(place)}.` : `${fileOf(place)}: ${part}.`;
  return `${generatedMark}${from}\n// Change the model, then run \`wkgen build\`; what is written here is overwritten.\n`;
}

/** The name of the model's file. */
export const fileOf = ({ file }: Place): string => file.slice(file.lastIndexOf("/") + 1);
