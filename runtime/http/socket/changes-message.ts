import type { Change } from "../send-observation.ts";

const made = new WeakMap<Change, Map<string, Buffer>>();

/** The bytes that tell an observer of a change. Those who call it the same and stand at the same place share them. */
export function changesMessage(change: Change, id: string, from: number, token: string): Buffer {
  const messages = made.get(change) ?? new Map<string, Buffer>();
  made.set(change, messages);
  const key = `${from} ${id}`;
  const message = messages.get(key) ?? written(change, id, from, token);
  messages.set(key, message);

  return message;
}

function written({ changes, to }: Change, id: string, from: number, token: string): Buffer {
  return Buffer.from(
    `{"type":"changes","id":${JSON.stringify(id)},"changes":${changes},"from":${from},"to":${to},"token":${JSON.stringify(token)}}`,
  );
}
