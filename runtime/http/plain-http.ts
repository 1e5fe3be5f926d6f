import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";

/** What a server that speaks TLS tells, as far as we listen. */
interface Secure {
  on(event: "tlsClientError", listener: (error: NodeJS.ErrnoException, socket: TLSSocket) => void): unknown;
}

/** Who speaks plain HTTP where TLS is spoken is told the address to take. `sockets` are the connections as they came in. */
export function answerPlainHttp(server: Secure, sockets: () => Iterable<Socket>, url: string): void {
  server.on("tlsClientError", ({ code }, { remoteAddress, remotePort }) => {
    if (code !== "ERR_SSL_HTTP_REQUEST") return;
    for (const socket of sockets())
      if (socket.remotePort === remotePort && socket.remoteAddress === remoteAddress) socket.end(answerOf(url));
  });
}

function answerOf(url: string): string {
  const text = `This address speaks https: ${url}\n`;

  return `HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: ${text.length}\r\nconnection: close\r\n\r\n${text}`;
}
