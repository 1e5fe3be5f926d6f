import { hash } from "node:crypto";
import { idOfFlow } from "../write/flow-id.ts";

/** So many are remembered; of more, those that were told last. */
const mostRemembered = 100_000;

/** Whole texts in JSON as `JSON.stringify` writes it, and no parts of others. */
const whole = (text: string, flags: string) => new RegExp(`(?<=[:,[{])"(${text})"`, flags);
const told = whole(idOfFlow.source, "g");
const said = whole("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", "gi");

/**
 * The old clients take UUIDs for ids, and nothing else. What a flow has begun has another id; to them it has a UUID in the place of that, always the same, and what they say of it
 * is understood by whoever has told them.
 */
export class FlowAliases {
  readonly #meant = new Map<string, string>();

  /** JSON text for an old client. */
  outwards(json: string): string {
    return json.includes('"flow:') ? json.replace(told, (_, id: string) => `"${this.#aliasOf(id)}"`) : json;
  }

  /** What an old client says. */
  inwards(value: unknown): unknown {
    if (this.#meant.size === 0 || value === undefined) return value;

    return JSON.parse(JSON.stringify(value).replace(said, (text, alias: string) => this.#meaningOf(alias) ?? text));
  }

  #aliasOf(id: string): string {
    const digits = hash("sha256", id, "hex");
    const alias = `${digits.slice(0, 8)}-${digits.slice(8, 12)}-8${digits.slice(12, 15)}-a${digits.slice(15, 18)}-${digits.slice(18, 30)}`;
    this.#meant.delete(alias);
    this.#meant.set(alias, `"${id}"`);
    if (this.#meant.size > mostRemembered) this.#meant.delete(this.#meant.keys().next().value!);

    return alias;
  }

  #meaningOf(alias: string): string | undefined {
    return this.#meant.get(alias.toLowerCase());
  }
}
