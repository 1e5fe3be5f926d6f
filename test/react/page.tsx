import { useEffect, useState } from "react";
import { useCommand, useList } from "@wkgen/runtime/react";
import type { Chat } from "../../examples/chat/client/chat.ts";

/** A page as somebody writes it, and what a test wants to know of it. */
export function Page({ chat }: { readonly chat: Chat | undefined }) {
  const [times, again] = useState(0);
  const [shown, show] = useState(1);
  const [take, takeMore] = useState(2);

  return (
    <>
      <button onClick={() => again(times + 1)}>Again</button>
      <button onClick={() => show(shown - 1)}>Less</button>
      <button onClick={() => show(shown + 1)}>More</button>
      <button onClick={() => takeMore(take + 1)}>Further</button>
      <button onClick={() => takeMore(0)}>Wrong</button>
      <p id="times">{times}</p>
      {chat && <Say chat={chat} />}
      {Array.from({ length: shown }, (_, index) => (
        <Messages key={index} chat={chat} take={take} />
      ))}
    </>
  );
}

function Messages({ chat, take }: { readonly chat: Chat | undefined; readonly take: number }) {
  const { rows, isLoading, problem } = useList(chat?.lists.messages, { orderBy: { timestamp: "descending" }, take });

  return (
    <ol className="messages" data-loading={isLoading} data-problem={problem?.message}>
      {rows.map(({ id, text, likes }) => (
        <li key={id}>
          {text}: {likes}
          {chat && <Like chat={chat} id={id} />}
        </li>
      ))}
    </ol>
  );
}

function Like({ chat, id }: { readonly chat: Chat; readonly id: string }) {
  const { send, isSending } = useCommand(chat.communication.message(id).like);

  return (
    <button disabled={isSending} onClick={() => void send()}>
      Like
    </button>
  );
}

function Say({ chat }: { readonly chat: Chat }) {
  const [text, write] = useState("");
  const { send, isSending, problem } = useCommand((said: string) => chat.communication.message().send({ text: said }));
  const [first] = useState(() => send);

  return (
    <form
      data-sending={isSending}
      data-stable={first === send}
      onSubmit={async (event) => {
        event.preventDefault();
        if ((await send(text))?.events.includes("sent")) write("");
      }}
    >
      <input aria-label="Your message" value={text} onChange={({ target }) => write(target.value)} />
      <button>Say</button>
      <p role="alert">{problem?.message}</p>
    </form>
  );
}

/** A crowd that takes its time to draw what it sees; nobody of it may ever see something else than the others. */
export function Crowd({ chat, torn, Member }: { readonly chat: Chat; readonly torn: () => void; readonly Member: typeof Together }) {
  const { rows } = useList(chat.lists.messages);
  useEffect(() => {
    const watch = new MutationObserver(() => {
      const seen = new Set([...document.querySelectorAll("#crowd i")].map(({ textContent }) => textContent));
      if (seen.size > 1) torn();
    });
    watch.observe(document.getElementById("crowd")!, { subtree: true, characterData: true, childList: true });

    return () => watch.disconnect();
  }, []);

  return (
    <div id="crowd" data-seen={rows.length}>
      {Array.from({ length: 30 }, (_, index) => (
        <Member key={index} chat={chat} />
      ))}
    </div>
  );
}

export function Together({ chat }: { readonly chat: Chat }) {
  return <Slow number={useList(chat.lists.messages).rows.length} />;
}

/** How one would do it by oneself: each hears of it when it happens to. */
export const Apart: typeof Together = ({ chat }) => {
  const [number, show] = useState(0);
  useEffect(() => {
    const live = chat.lists.messages.readAndObserve();
    const late = Math.random() * 50;
    const count = (rows: readonly object[]) => setTimeout(show, late, rows.length);
    live.started(count).updated(count);

    return live.cancel;
  }, []);

  return <Slow number={number} />;
};

function Slow({ number }: { readonly number: number }) {
  const end = performance.now() + 1;
  while (performance.now() < end);

  return <i>{number}</i>;
}
