import { registerHooks } from "node:module";

/**
 * Loaded before a generated application by `dev` and `start`: where its folder has no `@wkgen/runtime` installed, it runs on the one that wkgen
 * was installed with. A model alone in an empty folder is enough.
 */
registerHooks({
  resolve(specifier, context, nextResolve) {
    if (!/^@wkgen\/runtime(\/|$)/.test(specifier)) return nextResolve(specifier, context);
    try {
      return nextResolve(specifier, context);
    } catch (failure) {
      if ((failure as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw failure;
      return nextResolve(specifier, { ...context, parentURL: import.meta.url });
    }
  },
});
