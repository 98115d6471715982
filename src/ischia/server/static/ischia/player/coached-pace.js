/** @import {Step} from "./types.js" */
/** @import {Live} from "../coach/types.js" */

// Not seen for this long, and the timer takes over: a shorter gap is an arm before the face.
const UNSEEN_S = 3;
// So many times its own length a movement may take, and at least so many seconds, before the timer takes over.
const PATIENCE = 3;
const LEAST_PATIENCE_S = 6;
// News of the camera is old after this long: it looks 8 times a second and more.
const STALE_S = 1;
// So long it is waited for the whole body to be in the picture before a set is counted down; then the timer leads the
// set. A longer way than from the camera to the mat and back, after each advice. Our proposal.
const SETUP_S = 60;
// Who leaves a hold for this long has ended it; shorter is a wobble.
const LEFT_S = 0.4;
// A step that waits for the person stays this much short of its end.
const SHORT_S = 0.001;

/** Why the tracker measures nothing of a movement that a camera cannot follow. */
const TOO_SMALL = "not_measurable_by_camera";

/** The pose that a step of each kind has to end in for the camera to lead it. A way to another pose, where hips are
 * lifted first and then a foot, goes by the clock: what a camera tells is the hold and the rest.
 * @type {ReadonlyMap<string, string>} */
const ENDS_IN = new Map([["move", "hold"], ["hold", "hold"], ["return", "start"]]);

/**
 * How time goes on while a camera looks: a movement lasts until it is done, a hold for the seconds truly held.
 * Where the camera sees nothing the clock takes over at once, for this repetition, without a break.
 */
export class Pace {
  /** @type {Live | null} */ live = null;
  /** Whether there is a camera to go by. */
  on = false;
  #seen_at_ms = 0;
  #step_id = "";
  #rep = "";
  #since_s = 0;
  #unseen_s = 0;
  #left_s = 0;
  /** The repetition that the timer has taken over. */
  #by_timer = "";
  /** The set before which nobody came into the picture. */
  #unframed = "";
  /** The count down that waits no longer. */
  #let_go = "";
  /** Whether a count down waits for the whole body to be in the picture. */
  waiting = false;

  /**
   * @param {object} listener
   * @param {(step: Step) => void} listener.unseen the timer takes over, for nothing was seen
   * @param {(step: Step) => void} listener.unframed the timer leads this set, for nobody came into the picture
   * @param {(step: Step) => number} listener.spoken_s seconds into a step until its words are over
   * @param {number} listener.counted_s how long a count down is
   * @param {() => number} [now] milliseconds
   */
  constructor(listener, now = () => performance.now()) {
    this.listener = listener;
    this.now = now;
  }

  /** @param {Live} live */
  see(live) {
    this.live = live;
    if (live.framing === "ready") this.#unframed = "";
    this.#seen_at_ms = this.now();
  }

  /** Forget what was seen: another set, or another camera. */
  forget() {
    this.live = null;
    this.#unseen_s = 0;
    this.#by_timer = "";
  }

  /** Wait no longer: the person wants to begin. */
  goOn() {
    this.#let_go = this.#step_id;
    this.waiting = false;
  }

  /** @param {Step} step */
  gates(step) {
    return this.on && step.rep > 0 && step.phase?.to === ENDS_IN.get(step.kind);
  }

  /**
   * Whether the camera decides when this step is over.
   *
   * @param {Step} step
   */
  leads(step) {
    return this.gates(step) && this.#by_timer !== repetitionOf(step) && this.#unframed !== setOf(step);
  }

  /**
   * Where in a step the session is, ``gap_s`` seconds by the clock after it was at ``elapsed_s``.
   *
   * @param {Step} step
   * @param {number} elapsed_s
   * @param {number} gap_s
   */
  elapsed(step, elapsed_s, gap_s) {
    const by_clock_s = elapsed_s + gap_s;
    this.waiting = false;
    if (this.on && step.kind === "ready") return this.#settling(step, elapsed_s, gap_s);
    if (!this.gates(step)) return by_clock_s;
    if (this.#step_id !== step.id || this.#rep !== repetitionOf(step)) {
      this.#step_id = step.id;
      this.#rep = repetitionOf(step);
      this.#since_s = this.#left_s = 0;
    }
    this.#since_s += gap_s;
    const age_s = (this.now() - this.#seen_at_ms) / 1000;
    const live = this.live?.scored && age_s < STALE_S ? this.live : null;
    this.#unseen_s = live ? 0 : this.#unseen_s + gap_s;
    if (!this.leads(step)) return by_clock_s;
    if (this.#unseen_s >= UNSEEN_S) return this.#takeOver(step, by_clock_s);
    const waited = this.#since_s >= Math.max(LEAST_PATIENCE_S, PATIENCE * step.duration_s);
    const end_s = step.duration_s;
    const waiting_s = Math.min(by_clock_s, end_s - SHORT_S);
    // A hold that never runs down, though somebody seems to move, is the clock's.
    if (step.kind === "hold" && this.#since_s >= end_s + LEAST_PATIENCE_S) return this.#takeOver(step, by_clock_s);
    if (step.kind === "hold") return live ? this.#held(live, age_s, elapsed_s, gap_s, end_s) : elapsed_s;
    if (step.kind === "return") return live?.phase === "rest" || waited ? end_s : waiting_s;
    if (live?.phase === "hold" || live?.phase === "back") {
      return by_clock_s >= this.listener.spoken_s(step) ? end_s : waiting_s;
    }
    return waited ? this.#takeOver(step, by_clock_s) : waiting_s;
  }

  /**
   * Get ready: what is counted down before a set waits until the camera sees the whole body, but not for ever.
   *
   * @param {Step} step
   * @param {number} elapsed_s
   * @param {number} gap_s
   */
  #settling(step, elapsed_s, gap_s) {
    const by_clock_s = elapsed_s + gap_s;
    const until_s = step.duration_s - this.listener.counted_s;
    if (this.#step_id !== step.id) {
      this.#step_id = step.id;
      this.#since_s = 0;
    }
    if (this.#let_go === step.id || by_clock_s < until_s || elapsed_s >= until_s) return by_clock_s;
    const fresh = this.now() - this.#seen_at_ms < 1000 * STALE_S;
    if (fresh && (this.live?.framing === "ready" || this.live?.reason === TOO_SMALL)) return by_clock_s;
    this.#since_s += gap_s;
    if (this.#since_s >= SETUP_S) {
      this.goOn();
      this.#unframed = setOf(step);
      this.listener.unframed(step);
      return by_clock_s;
    }
    this.waiting = true;
    return until_s - SHORT_S;
  }

  /**
   * @param {Live} live
   * @param {number} age_s
   * @param {number} elapsed_s
   * @param {number} gap_s
   * @param {number} end_s
   */
  #held(live, age_s, elapsed_s, gap_s, end_s) {
    const holding = live.phase === "hold" || live.phase === "out";
    this.#left_s = holding ? 0 : this.#left_s + gap_s;
    if (this.#left_s >= LEFT_S) return end_s;
    return holding ? Math.max(elapsed_s, live.hold_s + (live.phase === "hold" ? age_s : 0)) : elapsed_s;
  }

  /**
   * @param {Step} step
   * @param {number} by_clock_s
   */
  #takeOver(step, by_clock_s) {
    this.#by_timer = repetitionOf(step);
    this.listener.unseen(step);
    return by_clock_s;
  }
}

/** @param {Step} step */
export function repetitionOf(step) {
  return `${setOf(step)} ${step.rep}`;
}

/** @param {Step} step */
export function setOf(step) {
  return `${step.exercise} ${step.side} ${step.set}`;
}
