import type { ByCode, Name, Path, Quoted } from "../ast.ts";
import type { Line } from "../outline.ts";
import type { Reading } from "../reading.ts";
import { readMember, spanOfBlock } from "./block.ts";

/** `by code`, and below it what the code may do. */
export function readByCode(reading: Reading, line: Line): ByCode | undefined {
  if (reading.read(line, "byCode") === undefined) return undefined;
  const mayPublish: Name[] = [];
  const mayReject: Quoted[] = [];
  const mayRun: Path[] = [];
  for (const child of line.children) {
    readMember(reading, child, "code", {
      may: (may) => {
        const { publish, reject, run } = reading.read(may, "may") ?? { publish: [], reject: [], run: [] };
        mayPublish.push(...publish);
        mayReject.push(...reject);
        mayRun.push(...run);
      },
    });
  }
  return { kind: "by-code", mayPublish, mayReject, mayRun, span: spanOfBlock(line) };
}
