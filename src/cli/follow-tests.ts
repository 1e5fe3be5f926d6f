import { Following } from "./follow.ts";
import { exitCode, type ExitCode } from "./exit-code.ts";
import type { Located } from "./locate.ts";
import type { Terminal } from "./terminal.ts";
import { testModel, type Asked } from "./test-model.ts";
import { untilTold } from "./until-told.ts";

/** `wkgen test --watch`: builds and plays the scenarios now and after every change, until it is told to end. */
export async function followTests(found: Located, asked: Asked, terminal: Terminal): Promise<ExitCode> {
  const following = new Following(
    found,
    terminal,
    async () => void (await testModel(found, asked, terminal)),
    () => "; no scenario was played",
  );
  const told = untilTold();
  await following.begin();
  await told;
  await following.end();
  return exitCode.fine;
}
