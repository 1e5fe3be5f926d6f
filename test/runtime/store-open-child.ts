// Opens many new logs, each at almost the moment at which other processes do the same, writes to it and closes it, and says what failed. Arguments: the folder, when to start.

import { join } from "node:path";
import { Journal } from "../../runtime/store/sqlite/journal.ts";

const [folder, start] = process.argv.slice(2) as [string, string];
const files = 100;
const milliseconds = 20;

for (let file = 0; file < files; file++) {
  const moment = Number(start) + file * milliseconds + Math.random() * 4;
  while (performance.timeOrigin + performance.now() < moment);
  try {
    const journal = new Journal(join(folder, `${file}.db`), "incarnation", 5_000);
    journal.beginClaims();
    journal.finishClaims("rules");
    journal.close();
  } catch (error) {
    console.log(String(error));
  }
}
