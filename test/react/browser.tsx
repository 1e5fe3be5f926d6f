import { startTransition, StrictMode, useEffect, useState } from "react";
import { createRoot, hydrateRoot } from "react-dom/client";
import { connect, type Chat } from "../../examples/chat/client/chat.ts";
import { Apart, Crowd, Page, Together } from "./page.tsx";

const connecting = connect();

/** The page comes from the server as it is without a connection, and is completed when there is one. */
function Connected() {
  const [chat, become] = useState<Chat>();
  useEffect(() => void connecting.then(become), []);

  return <Page chat={chat} />;
}

const crowds: Readonly<Record<string, typeof Together>> = { "?together": Together, "?apart": Apart };
const Member = crowds[location.search];

if (Member) {
  const chat = await connecting;
  const root = createRoot(document.getElementById("crowd-root")!);
  const torn = () => document.body.setAttribute("data-torn", "true");
  const draw = () => startTransition(() => root.render(<Crowd chat={chat} torn={torn} Member={Member} />));
  draw();
  setInterval(draw, 20);
} else {
  hydrateRoot(
    document.getElementById("root")!,
    <StrictMode>
      <Connected />
    </StrictMode>,
  );
}
