// A step of the build of wkgen: puts the two hundred modules of the command line into a few files, and as many of the server. Loading each alone takes
// longer than all it does.
import { isAbsolute, join } from "node:path";
import { rolldown } from "rolldown";

const commandLine = join(import.meta.dirname, "../../dist");
const runtime = join(import.meta.dirname, "../../runtime/dist");

await bundle(join(commandLine, "cli"), {
  input: {
    main: join(commandLine, "src/cli/main.js"),
    "resolve-runtime": join(commandLine, "src/cli/resolve-runtime.js"),
    "play-scenarios": join(commandLine, "src/cli/play-scenarios.js"),
  },
  external: ["chevrotain", "compromise/two", "fast-check", "handlebars", "prettier/doc", "ts-morph"],
});

// What browsers load, too, stays as it is. The threads find each other by their names in one folder.
await bundle(join(runtime, "node"), {
  input: {
    server: join(runtime, "server.js"),
    operate: join(runtime, "operate.js"),
    testing: join(runtime, "testing.js"),
    "journal-worker": join(runtime, "store/sqlite/journal-worker.js"),
    "flows-worker": join(runtime, "flows/sqlite/flows-worker.js"),
    "read-model-worker": join(runtime, "read/read-model-worker.js"),
  },
  external: (name) => !name.startsWith(".") && !isAbsolute(name),
});

async function bundle(dir, { input, external }) {
  const modules = await rolldown({ platform: "node", input, external });
  await modules.write({ dir, format: "esm", chunkFileNames: "[name].js", cleanDir: true });
}
