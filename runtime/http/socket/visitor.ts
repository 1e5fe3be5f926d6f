import { at } from "../at.ts";
import type { Guest } from "../identity/identity.ts";

/** Who is at the other end of a socket. They may log in and out, and their token ends; then they are nobody, who may not even do what everyone may. */
export class Visitor {
  readonly #expired: () => void;
  #guest: Guest | undefined;
  #stopClock: () => void = () => undefined;

  constructor(guest: Guest, expired: () => void) {
    this.#expired = expired;
    this.become(guest);
  }

  get guest(): Guest | undefined {
    return this.#guest;
  }

  /** True where what they may do is not the same as before. */
  become(guest: Guest | undefined): boolean {
    const before = this.#guest;
    this.leave();
    this.#guest = guest;
    if (guest)
      this.#stopClock = at(guest.until, () => {
        this.#guest = undefined;
        this.#expired();
      });

    return !(before && guest) || before.user.id !== guest.user.id || String(before.user.roles) !== String(guest.user.roles);
  }

  leave(): void {
    this.#stopClock();
  }
}
