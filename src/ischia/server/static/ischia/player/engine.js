import { isTold, secondsLeft } from "./timeline.js";

/** @import {Step} from "./types.js" */

/**
 * @typedef {"idle" | "running" | "paused" | "ended"} EngineState
 * @typedef {object} EngineListener
 * @property {(step: Step) => void} enter a step begins, or begins again
 * @property {(step: Step, completed: boolean) => void} leave a step is over; completed means it ran to its end
 * @property {(step: Step, elapsed_s: number) => void} tick
 * @property {(reason: PauseReason) => void} pause
 * @property {() => void} resume
 * @property {() => void} end
 * @property {(step: Step, elapsed_s: number, gap_s: number) => number} [pace] where in a step it is after so many
 *   seconds more by the clock; the clock itself where nobody else says
 *
 * @typedef {"asked" | "hidden" | "asleep"} PauseReason
 */

const TICK_MS = 100;
// A longer gap between two looks at the clock means that the device slept: the session waits instead of racing on.
const ASLEEP_MS = 5000;

/**
 * Runs steps on a clock. Where it is follows from the time that went by, never from the number of ticks, so a
 * slow page changes nothing.
 */
export class Engine {
  /** @type {EngineState} */ state = "idle";
  /** @type {Step[]} */ steps = [];
  index = 0;
  elapsed_s = 0;
  /** Steps played before going on at ``index``: a count down after a pause, an instruction once more.
   * @type {Step[]} */ interludes = [];
  #seen_ms = 0;
  #timer = 0;

  /**
   * @param {EngineListener} listener
   * @param {() => number} [now] milliseconds
   */
  constructor(listener, now = () => performance.now()) {
    this.listener = listener;
    this.now = now;
  }

  /** @returns {Step | null} the step being played */
  get step() {
    return this.interludes[0] ?? this.steps[this.index] ?? null;
  }

  /** Seconds into the step at this very moment, between two ticks too. */
  get elapsed_now_s() {
    const since_s = this.state === "running" ? (this.now() - this.#seen_ms) / 1000 : 0;
    return Math.min(this.elapsed_s + since_s, this.step?.duration_s ?? 0);
  }

  get seconds_left() {
    const own = this.interludes.length > 0 ? 0 : this.elapsed_s;
    return secondsLeft(this.steps, this.index, own);
  }

  /** @param {Step[]} steps */
  start(steps) {
    this.#play(steps, 0, 0);
  }

  /**
   * Go on with other steps, for instance after something was left out.
   *
   * @param {Step[]} steps
   */
  continueWith(steps) {
    this.#leave(false);
    this.#play(steps, 0, 0);
  }

  /**
   * The same place in the same session, in other words. Whether it runs or waits stays as it is.
   *
   * @param {Step[]} steps
   */
  translate(steps) {
    const at = this.steps[this.index];
    const part = at && at.duration_s > 0 && this.interludes.length === 0 ? this.elapsed_s / at.duration_s : 0;
    const index = steps.findIndex((step) => step.id === at?.id);
    if (!at || index < 0) return;
    this.interludes = [];
    this.steps = steps;
    this.index = index;
    const step = /** @type {Step} */ (steps[index]);
    this.elapsed_s = isTold(step) ? 0 : part * step.duration_s;
    this.#seen_ms = this.now();
  }

  /** @param {PauseReason} [reason] */
  pause(reason = "asked") {
    if (this.state !== "running") return;
    if (reason !== "asleep") this.#look();
    if (this.state !== "running") return;
    this.state = "paused";
    clearTimeout(this.#timer);
    this.listener.pause(reason);
  }

  /**
   * Go on after a pause. A movement that was broken off is not taken up halfway: the repetition starts again,
   * behind ``lead`` (a count down).
   *
   * @param {(step: Step) => Step[]} [lead] steps to play first, for the step it goes on with
   */
  resume(lead = () => []) {
    if (this.state !== "paused") return;
    const step = this.step;
    if (!step) return;
    this.state = "running";
    this.listener.resume();
    if (this.interludes.length > 0 || isTold(step)) {
      this.elapsed_s = 0;
    } else if (step.rep > 0 && step.kind !== "pause") {
      this.index = this.#startOfRepetition();
      this.elapsed_s = 0;
      this.interludes = lead(/** @type {Step} */ (this.steps[this.index]));
    }
    this.#seen_ms = this.now();
    this.#enter();
    this.#schedule();
  }

  /**
   * Play the step again from its beginning; a repetition starts again behind ``lead``.
   *
   * @param {(step: Step) => Step[]} lead
   */
  again(lead) {
    const step = this.step;
    if (!step || this.state === "ended" || this.state === "idle") return;
    const wasPaused = this.state === "paused";
    this.#leave(false);
    if (this.interludes.length === 0) {
      if (step.rep > 0) this.index = this.#startOfRepetition();
      this.interludes = lead(/** @type {Step} */ (this.steps[this.index]));
    }
    this.elapsed_s = 0;
    this.state = "running";
    if (wasPaused) this.listener.resume();
    this.#seen_ms = this.now();
    this.#enter();
    this.#schedule();
  }

  /** End this step now and go on with the next one: the person is ready, or has answered. */
  next() {
    if (this.state !== "running") return;
    this.#look();
    if (this.state === "running") this.#advance(0);
    this.#schedule();
  }

  /** Nothing more comes: the session was stopped. */
  stop() {
    if (this.state === "ended") return;
    this.#leave(false);
    this.state = "ended";
    clearTimeout(this.#timer);
  }

  /**
   * @param {Step[]} steps
   * @param {number} index
   * @param {number} elapsed_s
   */
  #play(steps, index, elapsed_s) {
    this.steps = steps;
    this.index = index;
    this.elapsed_s = elapsed_s;
    this.interludes = [];
    this.state = "running";
    this.#seen_ms = this.now();
    if (!this.step) return this.#end();
    this.#enter();
    this.#schedule();
  }

  #schedule() {
    clearTimeout(this.#timer);
    if (this.state === "running") {
      this.#timer = setTimeout(() => {
        this.#look();
        this.#schedule();
      }, TICK_MS);
    }
  }

  /** Look at the clock and be where the session is by now. */
  #look() {
    const now_ms = this.now();
    const gap_ms = now_ms - this.#seen_ms;
    this.#seen_ms = now_ms;
    if (gap_ms > ASLEEP_MS) return this.pause("asleep");
    this.#goOn(gap_ms / 1000);
    for (let step = this.step; this.state === "running" && step && this.elapsed_s >= step.duration_s; step = this.step) {
      this.#advance(this.elapsed_s - step.duration_s);
    }
    if (this.state === "running" && this.step) this.listener.tick(this.step, this.elapsed_s);
  }

  /** @param {number} gap_s seconds gone by the clock */
  #goOn(gap_s) {
    const { step } = this;
    const paced = step && this.listener.pace?.(step, this.elapsed_s, gap_s);
    this.elapsed_s = paced ?? this.elapsed_s + gap_s;
  }

  /** End this repetition now: the person says that it is done. */
  finishRepetition() {
    const at = this.step;
    if (this.state !== "running" || !at || at.rep === 0 || this.interludes.length > 0) return;
    this.#leave(true);
    for (this.index += 1; this.step && isSameRepetition(this.step, at); this.index += 1) this.#leave(true);
    this.elapsed_s = 0;
    this.#seen_ms = this.now();
    if (!this.step) return this.#end();
    this.#enter();
    this.#schedule();
  }

  /** @param {number} over_s seconds that already belong to the next step */
  #advance(over_s) {
    this.#leave(true);
    if (this.state !== "running") return;
    if (this.interludes.length > 0) this.interludes = this.interludes.slice(1);
    else this.index += 1;
    this.elapsed_s = over_s;
    if (!this.step) return this.#end();
    this.#enter();
  }

  #end() {
    this.state = "ended";
    clearTimeout(this.#timer);
    this.listener.end();
  }

  #enter() {
    if (this.step) this.listener.enter(this.step);
  }

  /** @param {boolean} completed */
  #leave(completed) {
    const step = this.step;
    if (step && this.state !== "idle" && this.state !== "ended") this.listener.leave(step, completed);
  }

  #startOfRepetition() {
    const at = this.steps[this.index];
    let index = this.index;
    while (index > 0 && at && isSameRepetition(this.steps[index - 1], at)) index -= 1;
    return index;
  }
}

/**
 * @param {Step | undefined} one
 * @param {Step} other
 */
function isSameRepetition(one, other) {
  return (
    one !== undefined &&
    one.exercise === other.exercise &&
    one.side === other.side &&
    one.set === other.set &&
    one.rep === other.rep
  );
}
