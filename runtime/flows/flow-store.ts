/** A timer of one instance. */
export interface Timer {
  readonly instance: string;
  readonly name: string;
  /** What tells it from the one of the same name that was there before. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly due: number;
  /** Of the event that scheduled it. */
  readonly userId: string | null;
  readonly correlationId: string;
  readonly causationId: string;
}

/** A command that a flow runs, as it is stored until it has been carried out or turned down. */
export interface NewCommand {
  readonly instance: string;
  readonly id: string;
  readonly context: string;
  readonly aggregate: string;
  readonly aggregateId: string;
  readonly name: string;
  /** As JSON text. */
  readonly data: string;
  readonly userId: string | null;
  readonly correlationId: string;
  readonly causationId: string;
}

export interface OutgoingCommand extends NewCommand {
  readonly flow: string;
  /** Whoever was stored later has the greater number. */
  readonly number: number;
}

export interface ParkedCommand extends OutgoingCommand {
  readonly reason: string;
}

/** What is kept of an instance: its state as JSON text, or that it has ended. */
export type KeptInstance = { readonly state: string } | "ended";

/** How far a flow has come. */
export interface Progress {
  readonly position: number;
  /** Counts its steps. */
  readonly revision: number;
}

/** All that one batch of inputs leaves behind. */
export interface Step {
  readonly flow: string;
  /** The progress that it was made on; where that is not the flow's any more, somebody else runs it. */
  readonly from: Progress;
  /** The position of the last event that it took. */
  readonly position: number;
  readonly instances: ReadonlyMap<string, KeptInstance>;
  readonly scheduled: readonly Timer[];
  readonly cancelled: readonly Pick<Timer, "instance" | "name">[];
  readonly commands: readonly NewCommand[];
  /** The numbers of the commands whose rejection it took. */
  readonly answered: readonly number[];
}

/** Where flows keep their instances, their timers, and the commands that are not carried out yet. */
export interface FlowStore {
  /**
   * The flow's progress on this log; one that is not known yet, by none of its former names either, begins after the position. Throws `StoreFailure` where
   * what is kept belongs to another log.
   */
  resume(
    flow: string,
    log: { readonly incarnation: string; readonly position: number },
    begin: number,
    formerly?: readonly string[],
  ): Promise<Progress>;
  /** Those of the instances that there are. */
  instances(flow: string, ids: readonly string[]): Promise<ReadonlyMap<string, KeptInstance>>;
  /** The timers that are due at a time, the earliest first. */
  due(flow: string, time: number, limit: number): Promise<readonly Timer[]>;
  /** When the flow's next timer is due. */
  nextDue(flow: string): Promise<number | undefined>;
  /** Stores the whole step in one durable transaction, or throws and stores nothing of it. An instance that ends takes its timers with it. */
  commit(step: Step): Promise<void>;
  /** The commands after a number that are to be carried out, in their order. */
  outgoing(after: number, limit: number): Promise<readonly OutgoingCommand[]>;
  /** Forgets commands whose outcome needs no reaction. */
  settle(numbers: readonly number[]): Promise<void>;
  /** Sets a command aside that cannot be carried out. */
  park(number: number, reason: string): Promise<void>;
  parked(): Promise<readonly ParkedCommand[]>;
  /** Puts all that is parked back, behind all others, and says how many that were. */
  retry(): Promise<number>;
  close(): Promise<void>;
}
