import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";

/** A program as browsers load it: one file, minified. */
export interface Bundle {
  readonly text: string;
  /** The files that are in it. */
  readonly modules: readonly string[];
  /** What it expects to find elsewhere. */
  readonly imports: readonly string[];
}

/** The program that begins in this file, with all that it needs but for the packages that are external. */
export async function bundle(file: string, external: readonly string[] = [], mode = "production"): Promise<Bundle> {
  const bundled = await rolldown({
    input: file,
    platform: "browser",
    logLevel: "silent",
    external: [...external],
    transform: { define: { "process.env.NODE_ENV": JSON.stringify(mode) } },
  });
  try {
    const { output } = await bundled.generate({ format: "esm", minify: true, codeSplitting: false });
    const [{ code, moduleIds, imports }] = output;

    return { text: code, modules: moduleIds, imports };
  } finally {
    await bundled.close();
  }
}

/** As a server sends them. */
export function kilobytes({ text }: Bundle): number {
  return gzipSync(text).length / 1000;
}
