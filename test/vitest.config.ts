import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: new URL("..", import.meta.url).pathname,
    include: ["test/**/*.test.{ts,tsx}"],
    globalSetup: ["test/build.ts", "test/postgres/setup.ts"],
    setupFiles: ["test/seed.ts"],
    // One for each core: many tests wait for processes that they have started.
    maxWorkers: "100%",
    // Whatever waits in vain is ended; what waits long on a busy machine is not.
    testTimeout: 90_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
