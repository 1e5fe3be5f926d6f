import { registerHooks } from "node:module";

/** Preloaded into a process, prints the URL of each module that it and its threads load, on standard error, a line each. */
registerHooks({
  load(url, context, next) {
    process.stderr.write(`loaded ${url}\n`);

    return next(url, context);
  },
});
