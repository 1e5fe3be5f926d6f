import type { Application } from "../application.ts";
import { Act } from "./act.ts";
import { Cast } from "./cast.ts";
import { isClaim, isTrue, saysTurnedDown, tell } from "./claim.ts";
import { faultOf } from "./fault-of.ts";
import { give } from "./give.ts";
import { Seeing } from "./seeing.ts";
import { Stage } from "./stage.ts";
import type { Claim, Step, Story } from "./story.ts";
import { userOf } from "./user-of.ts";
import type { Cause, Failure, Refusal, Verdict } from "./verdict.ts";

/** Plays a story on the generated code. It ends with the first act that does not go as it was told; all claims about that act are heard. */
export async function play(application: Application, story: Story): Promise<Verdict> {
  const began = performance.now();
  const stage = await Stage.open(application);
  try {
    const play = new Play(stage, story);
    await play.toTheEnd();
    const { failures, turnedDown, seeing } = play;
    return { title: story.title, milliseconds: performance.now() - began, failures, turnedDown, seen: seeing.seen };
  } finally {
    await stage.close();
  }
}

class Play {
  readonly failures: Failure[] = [];
  readonly turnedDown: Verdict["turnedDown"][number][] = [];
  readonly seeing = new Seeing();
  readonly #stage: Stage;
  readonly #steps: readonly Step[];
  readonly #isOpen: boolean;
  readonly #cast: Cast;
  #act: Act;

  constructor(stage: Stage, story: Story) {
    this.#stage = stage;
    this.#steps = story.steps;
    this.#isOpen = story.isOpen === true;
    this.#cast = new Cast(story);
    this.#act = new Act(stage, this.#cast, 0, 0);
  }

  async toTheEnd(): Promise<void> {
    for (const [index, step] of this.#steps.entries()) {
      if (isClaim(step)) await this.#hear(step, index);
      else if (this.failures.length > 0) return;
      else await this.#perform(step, index).catch((error: unknown) => this.#fail(index, faultOf(error)));
    }
    if (this.failures.length === 0) await this.#compareLists();
  }

  async #perform(step: Exclude<Step, Claim>, index: number): Promise<void> {
    if (step.kind === "given") await this.#give(step, index);
    else await this.#begin(step, index);
    for (const fault of this.#stage.takeFaults()) await this.#fail(index, faultOf(fault));
    for (const { list, stopped } of await this.#stage.follow())
      await this.#fail(index, { kind: "list stopped", list, event: stopped!.event!, reason: stopped!.reason });
  }

  async #give({ event, on, as, data }: Extract<Step, { kind: "given" }>, index: number): Promise<void> {
    const address = this.#cast.address(event, on);
    const sentence = await give(this.#stage, event, address, this.#cast.values(data), userOf(as));
    if (sentence !== undefined) return this.#fail(index, { kind: "impossible", sentence });
    this.#cast.meet(address);
    for (const trouble of (await this.#stage.flows.learn()).troubles) await this.#fail(index, trouble);
    this.#act.passOver(await this.#stage.position());
  }

  async #begin(step: Extract<Step, { kind: "when" | "pass" }>, index: number): Promise<void> {
    const act = new Act(this.#stage, this.#cast, index, await this.#stage.position());
    this.#act = act;
    await (step.kind === "pass" ? act.pass(step.duration) : act.send(step));
    this.seeing.witness(act, await act.events());
    for (const cause of [...act.troubles, ...(await act.brokenLaws())]) await this.#fail(index, cause);
    if (act.turnedDown !== undefined) await this.#judge(act.turnedDown, index);
  }

  /** A command that is turned down has to be told to be; in an open story that goes without saying, but for reasons that are not the model's. */
  async #judge(refusal: Refusal, index: number): Promise<void> {
    this.turnedDown.push({ step: index, refusal });
    if (!this.#isOpen && saysTurnedDown(this.#claimsAfter(index))) return;
    if (refusal.isUnforeseen) await this.#fail(index, { kind: "unforeseen", sentence: refusal.detail });
    else if (!this.#isOpen) await this.#fail(index, { kind: "turned down" });
  }

  async #hear(claim: Claim, index: number): Promise<void> {
    const rows = "list" in claim ? this.#stage.rows(claim.list) : undefined;
    if ("list" in claim) this.seeing.look(this.#stage.list(claim.list), await this.#stage.eventsAfter(0));
    const told = tell(claim, this.#stage, this.#cast);
    const happened = { ...(await this.#act.happened()), ...(rows && { rows }) };
    if (!isTrue(told, happened, this.#cast))
      this.failures.push({ step: index, cause: { kind: "untrue" }, claimed: told.claimed, happened });
  }

  /** The claims about an act: those until something else is done. */
  #claimsAfter(index: number): readonly Claim[] {
    const after = this.#steps.slice(index + 1);
    const next = after.findIndex(({ kind }) => kind === "when" || kind === "pass");
    return after.slice(0, next < 0 ? after.length : next).filter(isClaim);
  }

  /** Projections depend on nothing but the events: made anew, a list is the same. */
  async #compareLists(): Promise<void> {
    for (const [list, rows] of await this.#stage.rowsMadeAnew()) {
      if (JSON.stringify(rows) !== JSON.stringify(this.#stage.rows(list)))
        await this.#fail(this.#steps.length - 1, { kind: "list differs", list });
    }
  }

  async #fail(step: number, cause: Cause): Promise<void> {
    this.failures.push({ step, cause, happened: await this.#act.happened() });
  }
}
