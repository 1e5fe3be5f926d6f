import { nobody, type Identity } from "./identity.ts";

/** An identity that is made when the first token comes: until then nothing of it is loaded. */
export function lazyIdentity(open: () => Promise<Identity>): Identity {
  let opening: Promise<Identity> | undefined;
  let opened: Identity | undefined;

  return {
    known: (token) => (token === undefined ? nobody : opened?.known(token)),
    async find(token) {
      opened = await (opening ??= open());

      return opened.find(token);
    },
  };
}
