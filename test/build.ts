import { execFileSync } from "node:child_process";

/** Both packages are compiled before any test runs, so that tests of one room see the other as its users do. */
export default function setup() {
  execFileSync("npm", ["run", "--silent", "build"], { stdio: "inherit" });
}
