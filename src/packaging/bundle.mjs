// A step of the build of wkgen: puts the two hundred modules of the command line into a few files. Loading each alone takes longer than all it does.
import { join } from "node:path";
import { rolldown } from "rolldown";

const dist = join(import.meta.dirname, "../../dist");
const bundle = await rolldown({
  input: {
    main: join(dist, "src/cli/main.js"),
    "resolve-runtime": join(dist, "src/cli/resolve-runtime.js"),
    "play-scenarios": join(dist, "src/cli/play-scenarios.js"),
  },
  platform: "node",
  external: ["chevrotain", "compromise/two", "fast-check", "handlebars", "prettier/doc", "ts-morph"],
});
await bundle.write({ dir: join(dist, "cli"), format: "esm", chunkFileNames: "[name].js", cleanDir: true });
