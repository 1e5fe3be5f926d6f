import type { Services } from "../http/services.ts";
import { Past } from "../http/past.ts";
import { visibleTo } from "../http/visible-events.ts";
import type { Event } from "../protocol/event.ts";
import type { User } from "../protocol/user.ts";
import { factEvent, openTo, type WireEvent, type WriteEvent } from "./wire-event.ts";

type Visible = (event: Event) => Promise<boolean>;

/** What happens, put for the old clients once, however many hear of it. */
export class Facts {
  readonly #services: Services;
  readonly #writeEvent: WriteEvent;
  readonly #past: Past;
  readonly #events = new WeakMap<Event, WireEvent>();
  readonly #texts = new WeakMap<Event, Promise<string>>();
  readonly #visible = new WeakMap<User, Visible>();

  constructor(services: Services, write: WriteEvent) {
    this.#services = services;
    this.#writeEvent = write;
    this.#past = new Past(services.log);
  }

  event(event: Event): WireEvent {
    let known = this.#events.get(event);
    if (!known) this.#events.set(event, (known = factEvent(event)));

    return known;
  }

  isVisible(event: Event, user: User): Promise<boolean> {
    let visible = this.#visible.get(user);
    if (!visible) this.#visible.set(user, (visible = visibleTo(user, this.#services, this.#past)));

    return visible(event);
  }

  /** Of an event that somebody may see, and that the model therefore knows. */
  text(event: Event): Promise<string> {
    let text = this.#texts.get(event);
    if (!text) this.#texts.set(event, (text = this.#write(event)));

    return text;
  }

  async #write(event: Event): Promise<string> {
    const { context, aggregate, name } = event;
    const kind = this.#services.application.aggregates.find((kind) => kind.context === context.name && kind.name === aggregate.name)!;
    const { owner } = await this.#past.asOf(kind, event);

    return this.#writeEvent(this.event(event), openTo(kind.isAuthorized.events[name] ?? [], owner));
  }
}
