#!/usr/bin/env node
// Written so that a Node of years ago can read it, and say what it is too old for; the check comes before anything else is loaded.
var needed = [24, 2];
var version = process.versions.node;
var parts = version.split(".");

if (Number(parts[0]) < needed[0] || (Number(parts[0]) === needed[0] && Number(parts[1]) < needed[1])) {
  console.error("wkgen needs Node ≥ " + needed.join(".") + ", this is " + version);
  process.exitCode = 2;
} else {
  import("node:module")
    .then(function (module) {
      module.enableCompileCache();
      return import("../../dist/cli/main.js");
    })
    .then(function (cli) {
      return cli.main(process.argv.slice(2));
    })
    .then(function (exitCode) {
      process.exitCode = exitCode;
    });
}
