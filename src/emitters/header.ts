import type { Place } from "../model/place.ts";
import { generatedMark } from "./emitted-file.ts";

/** The first lines of every generated file: where it comes from, and where to edit instead. */
export function header(place: Place, part?: string): string {
  const file = place.file.slice(place.file.lastIndexOf("/") + 1);
  const from = part === undefined ? `${file}.` : `${file}: ${part}.`;
  return `${generatedMark}${from}\n// Change the model, then run \`wkgen build\`; what is written here is overwritten.\n`;
}
