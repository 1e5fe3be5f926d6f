import type { Socket } from "node:net";

/** Whoever started this process and keeps its address, so that nobody is refused while one process follows another. */
export interface Doorkeeper {
  /** Says that all code is loaded, and resolves when the process before this one has let go of everything. */
  turn(): Promise<void>;
  /** Has it listen, and says at which port. Throws as a server does that cannot listen. */
  listen(host: string, port: number): Promise<number>;
  /** Hears of those who connected. */
  onVisitor(take: (visitor: Socket) => void): void;
  /** Hears when this process is to end: of all visitors before. */
  onEnd(end: () => void): void;
}

type Said =
  | { readonly kind: "begin" }
  | { readonly kind: "listens"; readonly port: number }
  | { readonly kind: "refused"; readonly code: string }
  | { readonly kind: "visitor" }
  | { readonly kind: "end" };

/** The process that started this one, where it says that it is such a one. */
export function doorkeeperOf(process: NodeJS.Process): Doorkeeper | undefined {
  if (process.env["WKGEN_DOORKEEPER"] !== "parent" || !process.send) return undefined;
  const say = (said: object) => void process.send!(said);
  const hear = (listener: (said: Said, handle: unknown) => void) => void process.on("message", listener as NodeJS.MessageListener);

  return {
    turn: () =>
      new Promise((resolve) => {
        hear(({ kind }) => kind === "begin" && resolve());
        say({ kind: "loaded" });
      }),
    listen: (host, port) =>
      new Promise((resolve, reject) => {
        hear((said) => {
          if (said.kind === "listens") resolve(said.port);
          if (said.kind === "refused") reject(Object.assign(new Error(`The address is refused: ${said.code}`), { code: said.code }));
        });
        say({ kind: "listen", host, port });
      }),
    // Whoever went away meanwhile has no socket any more.
    onVisitor: (take) => hear(({ kind }, visitor) => kind === "visitor" && visitor !== undefined && take(visitor as Socket)),
    onEnd: (end) => hear(({ kind }) => kind === "end" && end()),
  };
}
