declare module "commands-events" {
  export class Command {
    constructor(command: {
      context: { name: string };
      aggregate: { name: string; id: string };
      name: string;
      data?: object;
      custom?: object;
    });
    static isWellformed(command: unknown): boolean;
    readonly id: string;
    readonly name: string;
    readonly aggregate: { readonly name: string; readonly id: string };
    readonly metadata: { readonly timestamp: number; readonly correlationId: string; readonly causationId: string };
  }

  export class Event {
    static isWellformed(event: unknown): boolean;
  }
}
