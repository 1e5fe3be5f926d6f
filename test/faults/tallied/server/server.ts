import { start, type Application, type ListDefinition } from "@wkgen/runtime";
import { chat } from "../../../../examples/chat/server/server.ts";
import type { MessageEvents } from "../../../../examples/chat/server/writeModel/communication/message.ts";

interface TallyRow {
  readonly id: string;
  readonly sender: string;
  readonly messages: number;
  readonly likes: number;
}

interface TallyEvents {
  readonly "communication.message.sent": MessageEvents["sent"];
  readonly "communication.message.liked": MessageEvents["liked"];
}

/** Who sent a message, by its id. */
export const senderOf = (id: string): string => id.split("-").at(-2) ?? id;

/** Counts: an event that is applied twice, or not at all, leaves a row that nothing makes good again. */
const tally: ListDefinition<TallyRow, TallyEvents> = {
  name: "tally",
  fields: {
    sender: { type: "text", initialState: "" },
    messages: { type: "integer", initialState: 0 },
    likes: { type: "integer", initialState: 0 },
  },
  indexes: [["sender"]],
  when: {
    "communication.message.sent"(tally, event, mark) {
      tally.addOrUpdate({ key: { sender: senderOf(event.aggregate.id) }, set: ({ messages }) => ({ messages: messages + 1 }) });

      return mark.asDone();
    },
    "communication.message.liked"(tally, event, mark) {
      tally.addOrUpdate({ key: { sender: senderOf(event.aggregate.id) }, set: ({ likes }) => ({ likes: likes + 1 }) });

      return mark.asDone();
    },
  },
  isAuthorized: { read: [{ who: "everyone" }] },
};

/** The chat, and a list more, for audits. */
export const talliedChat: Application = { ...chat, lists: [...chat.lists, tally] };

if (import.meta.main) {
  await start(talliedChat, { folder: import.meta.dirname });
}
