import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inFolder, run } from "./cli.ts";

const model = `domain errands

context home

  aggregate errand
    title: text

    command begin on new errand
      title: text
      publish begun with title

    command handOn
      heir: id
      publish handedOn with heir

    event begun
      title: text
      set title

    event handedOn
      heir: id
      set owner = heir, title = "handed on"

    allow authenticated to begin
    allow owner to handOn
    allow owner to see begun, handedOn

list errands
  title: text
  owner: optional id

  when errand.begun
    add title, owner = event.user

  when errand.handedOn
    update title = "handed on", owner = heir

  allow everyone to read

scenario "An errand is whose it was given to"
  given errand.begun as jane with title = "Buy milk"
  when errand.handOn as bob with heir = bob
  then not allowed
  when errand.handOn as jane with heir = bob
  then errand.handedOn with heir = bob
  when errand.handOn as jane with heir = jane
  then not allowed
  when errand.handOn as bob with heir = jane
  then errands has title = "handed on", owner = jane
`;

test("an event may set who owns an aggregate", { timeout: 60_000 }, async () => {
  await inFolder(async (cwd) => {
    writeFileSync(join(cwd, "errands.domain"), model);
    const { code, out, err } = await run(["test"], { cwd });
    expect([code, err, out]).toEqual([0, expect.any(String), expect.stringContaining("1 scenario")]);
  });
});
