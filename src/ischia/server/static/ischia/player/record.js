/** @import {Effort, FeedbackEvent, SetEvent, SkipEvent, SkipReason, Side, Step, StopEvent, StopReason} from "./types.js" */
/** @import {LedRepetition} from "./coached-set.js" */

/** An id nobody else makes. Works on plain http too, where ``crypto.randomUUID`` is missing. */
export function newId() {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

export function now() {
  return new Date().toISOString();
}

/** Counts what is done of the set that is running: repetitions that were carried through, and how long each was held. */
export class SetCounter {
  /** @type {Step | null} */ #at = null;
  /** @type {Map<number, number>} repetition to seconds held */ #held = new Map();
  /** @type {Set<number>} */ #done = new Set();
  #started_at = "";
  /** @type {Set<number>} */ #by_hand = new Set();
  /** The repetitions of the set taken last. @type {LedRepetition[]} */ led = [];

  /** @param {number} rep the person says that it is done */
  tick(rep) {
    this.#by_hand.add(rep);
  }

  /** @param {Step} step a step that begins */
  enter(step) {
    if (step.rep === 0 || isSameSet(this.#at, step)) return;
    this.#at = step;
    this.#held.clear();
    this.#done.clear();
    this.#by_hand.clear();
    this.#started_at = now();
  }

  /**
   * @param {Step} step a step that ran to its end
   * @returns {SetEvent | null} the record of the set where this step was its last
   */
  complete(step) {
    if (step.kind === "hold") this.#held.set(step.rep, step.duration_s);
    if (step.completes_rep) this.#done.add(step.rep);
    return step.completes_set ? this.take() : null;
  }

  /**
   * The set as far as it went, and a fresh start; null where not one repetition was carried through.
   *
   * @returns {SetEvent | null}
   */
  take() {
    const step = this.#at;
    const done = [...this.#done].sort((one, other) => one - other);
    this.led = done.map((rep) => ({ rep, hold_s: this.#held.get(rep) ?? null, by_hand: this.#by_hand.has(rep) }));
    const hold_s = this.led.flatMap((one) => (one.by_hand ? [] : (one.hold_s ?? [])));
    this.#at = null;
    if (!step?.exercise_id || !step.dose || done.length === 0) return null;
    return {
      kind: "set",
      exercise_id: step.exercise_id,
      side: step.side,
      number: step.set,
      prescribed: step.dose,
      repetitions: done.length,
      hold_s,
      measured_by: this.#by_hand.size > 0 ? "hand" : "timer",
      started_at: this.#started_at,
      ended_at: now(),
      reps: [],
      cues: [],
      symmetry: null,
    };
  }

  /** Forget what is running without a record. */
  drop() {
    this.#at = null;
  }
}

/**
 * @param {Step | null} one
 * @param {Step} other
 */
function isSameSet(one, other) {
  return one?.exercise_id === other.exercise_id && one?.side === other.side && one?.set === other.set;
}

/**
 * @param {string} exercise_id
 * @param {Side | null} side null leaves out the whole exercise
 * @param {SkipReason} reason
 * @returns {SkipEvent}
 */
export function skipEvent(exercise_id, side, reason) {
  return { kind: "skip", exercise_id, side, reason, at: now() };
}

/**
 * @param {string} exercise_id
 * @param {Effort | null} effort
 * @param {number | null} pain
 * @returns {FeedbackEvent}
 */
export function feedbackEvent(exercise_id, effort, pain) {
  return { kind: "feedback", exercise_id, effort, pain, at: now() };
}

/**
 * @param {string | null} exercise_id
 * @param {StopReason} reason
 * @returns {StopEvent}
 */
export function stopEvent(exercise_id, reason) {
  return { kind: "stop", exercise_id, reason, pain_further_down: null, new_weakness_or_numbness: null, at: now() };
}
