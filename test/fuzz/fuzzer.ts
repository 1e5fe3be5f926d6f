import { parentPort, workerData } from "node:worker_threads";
import { parse } from "../../grammar/parse.ts";
import { print } from "../../grammar/print.ts";
import { analyse, compile } from "../../src/compile.ts";
import { memoryHost } from "../../src/host/memory-host.ts";
import { chanceOf, mutated, oneOf } from "./mutate.ts";
import { models } from "./models.ts";

/** A share of the runs, on a thread of its own. `at` is told which seed is being looked at, so that one that never ends can be named. */
export interface Share {
  readonly from: number;
  readonly to: number;
  readonly at: SharedArrayBuffer;
  /** Of the models without errors, one in so many is generated; of all, one in so many is laid out. */
  readonly generateEach: number;
  readonly layOutEach: number;
}

export interface Fuzzed {
  readonly runs: number;
  readonly withoutErrors: number;
  readonly failures: readonly { readonly seed: number; readonly text: string; readonly failure: string }[];
  readonly slowest: { readonly seed: number; readonly milliseconds: number };
  /** The files of what was generated, to be type-checked together. */
  readonly generated: readonly { readonly seed: number; readonly files: readonly { readonly path: string; readonly text: string }[] }[];
}

const file = "/m.domain";

export function textOf(seed: number): string {
  const chance = chanceOf(seed);
  return mutated(oneOf(models, chance), oneOf(models, chance), chance);
}

/** What is wrong with how a text was dealt with; nothing where all is as it should be. */
function troubleWith(text: string): { readonly trouble?: string; readonly hasErrors: boolean } {
  const { diagnostics, texts } = analyse(memoryHost({ [file]: text }), [file]);
  for (const { code, message, help = "", location } of diagnostics) {
    const { start, end } = location.span;
    const length = texts.get(location.file)?.length ?? -1;
    if (start < 0 || end < start || end > length) return { trouble: `${code} stands outside of the text`, hasErrors: true };
    if (/undefined|\[object|NaN/.test(message.replaceAll(/"[^"]*"/g, "") + help.replaceAll(/"[^"]*"/g, "")))
      return { trouble: `${code} says: ${message} ${help}`, hasErrors: true };
  }
  return { hasErrors: diagnostics.some(({ severity }) => severity === "error") };
}

function layOut(text: string): string | undefined {
  const once = print(parse(text).document, text);
  return print(parse(once).document, once) === once ? undefined : "the layout of the layout is another";
}

async function fuzz({ from, to, at, generateEach, layOutEach }: Share): Promise<Fuzzed> {
  const current = new Int32Array(at);
  const failures: { seed: number; text: string; failure: string }[] = [];
  const generated: { seed: number; files: readonly { readonly path: string; readonly text: string }[] }[] = [];
  let withoutErrors = 0;
  let slowest = { seed: from, milliseconds: 0 };
  for (let seed = from; seed < to; seed++) {
    Atomics.store(current, 0, seed);
    const text = textOf(seed);
    const began = performance.now();
    try {
      const { trouble, hasErrors } = troubleWith(text);
      if (!hasErrors) withoutErrors++;
      const isGenerated = !hasErrors && withoutErrors % generateEach === 0;
      const files = isGenerated ? (await compile(memoryHost({ [file]: text }), [file])).files : undefined;
      if (isGenerated && files === undefined) throw new Error("Nothing is wrong, and nothing was generated.");
      if (files !== undefined) generated.push({ seed, files: files.map((one) => ({ path: one.path, text: one.text })) });
      const failure = trouble ?? (seed % layOutEach === 0 ? layOut(text) : undefined);
      if (failure !== undefined) failures.push({ seed, text, failure });
    } catch (failure) {
      failures.push({ seed, text, failure: failure instanceof Error ? (failure.stack ?? failure.message) : String(failure) });
    }
    const milliseconds = performance.now() - began;
    if (milliseconds > slowest.milliseconds) slowest = { seed, milliseconds };
  }
  return { runs: to - from, withoutErrors, failures, slowest, generated };
}

if (parentPort !== null) parentPort.postMessage(await fuzz(workerData as Share));
