// The chat as it is, as a process that says how much of the processors it has used, in seconds, when it is asked.

import { start } from "@wkgen/runtime";
import { chat } from "../../examples/chat/server/server.ts";

export { chat };

if (import.meta.main) {
  process.on("message", () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ seconds: (user + system) / 1e6 });
  });
  await start(chat, { folder: import.meta.dirname });
}
