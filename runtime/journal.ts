/** Where an application tells its operator what happens. */
export interface Journal {
  info(sentence: string): void;
  error(sentence: string, fault?: unknown): void;
}

export const silent: Journal = { info: () => undefined, error: () => undefined };

/** Sentences, or JSON, a line each. */
export type Form = "sentences" | "json";

/** All that is told is of one form. */
export async function journalTo(stream: NodeJS.WriteStream & { readonly fd: number }, form: Form): Promise<Journal> {
  if (form === "sentences") return forPeople(stream);
  const { pino } = await import("pino");
  const logger = pino(
    { timestamp: pino.stdTimeFunctions.isoTime, base: { pid: process.pid } },
    pino.destination({ dest: stream.fd, sync: true }),
  );

  return {
    info: (sentence) => logger.info(sentence),
    error: (sentence, fault) => (fault === undefined ? logger.error(sentence) : logger.error({ err: fault }, sentence)),
  };
}

function forPeople(stream: NodeJS.WriteStream): Journal {
  return {
    info: (sentence) => void stream.write(`${sentence}\n`),
    error: (sentence, fault) => void stream.write(`${sentence}${fault === undefined ? "" : ` ${reasonOf(fault)}`}\n`),
  };
}

function reasonOf(fault: unknown): string {
  return fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
}
