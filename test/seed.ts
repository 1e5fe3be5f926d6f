import fc from "fast-check";

/**
 * Property tests try the same cases in each run, so that a test that fails does so because of what was changed. `WKGEN_SEED=7` tries others, `WKGEN_SEED=any` new ones in each
 * run: for whoever looks for what nobody has thought of.
 */
const asked = process.env["WKGEN_SEED"] ?? "20261128";

if (asked !== "any") fc.configureGlobal({ seed: Number(asked) });
