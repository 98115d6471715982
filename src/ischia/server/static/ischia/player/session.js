import { isFinished, lastPain, standingStop } from "./progress.js";
import { buildTimeline, explainStep, isTold, readyStep, secondsLeft } from "./timeline.js";

/** @import {SessionData, SessionEvent, Step} from "./types.js" */
/** @import {Outbox} from "./outbox.js" */
/** @import {TimelineInput} from "./timeline.js" */
/** @import {Words} from "./words.js" */

/** The session of the moment: the plan, what is on record, and what follows from both. */
export class Session {
  /** @type {SessionEvent[]} */ events;
  /** How the body lies or stands; null is unknown.
   * @type {string | null} */ position = "standing";
  /** @type {TimelineInput | null} */ #input = null;

  /**
   * @param {SessionData} data
   * @param {Outbox} outbox
   * @param {number} [ends_ms] when its day is over
   */
  constructor(data, outbox, ends_ms = Infinity) {
    this.data = data;
    this.outbox = outbox;
    this.ends_ms = ends_ms;
    this.events = [...data.events, ...outbox.eventsFor(data.urls.events)];
    if (this.begun) this.position = null;
  }

  get plan() {
    return this.data.plan;
  }

  get begun() {
    return this.events.length > 0;
  }

  get finished() {
    return isFinished(this.events);
  }

  get stop() {
    return standingStop(this.events);
  }

  /** Whether its day is over: another day begins with its own check-in. */
  get past() {
    return Date.now() >= this.ends_ms;
  }

  /** The pain that "same as before" means. */
  get pain() {
    return lastPain(this.events, this.data.pain_before ?? null);
  }

  /**
   * Put an event on record: kept here, kept in the browser, sent at once.
   *
   * @param {SessionEvent | null} event
   * @param {{held?: boolean}} [options]
   * @returns {string} its id, or "" where there was nothing to record
   */
  record(event, options) {
    if (!event) return "";
    this.events.push(event);
    return this.outbox.add(this.data.urls.events, event, options);
  }

  /**
   * What is left to do, from here on.
   *
   * @param {Words} words
   * @param {string} opening key of the phrase it begins with
   */
  timeline(words, opening) {
    const { plan, exercises, tempo } = this.data;
    const said = { texts: words.texts, voice: words.voice };
    this.#input = { plan, exercises, tempo, ...said, events: [...this.events], position: this.position, opening };
    return buildTimeline(this.#input);
  }

  /**
   * The same steps in other words.
   *
   * @param {Words} words
   */
  translated(words) {
    if (!this.#input) return [];
    this.#input = { ...this.#input, texts: words.texts, voice: words.voice };
    return buildTimeline(this.#input);
  }

  /**
   * Seconds of the whole session, as if nothing were done yet.
   *
   * @param {Words} words
   */
  wholeSeconds(words) {
    const { plan, exercises, tempo } = this.data;
    const { texts, voice } = words;
    const whole = buildTimeline({ plan, exercises, tempo, texts, voice, events: [], position: "standing", opening: "begin" });
    return secondsLeft(whole, 0, 0);
  }

  /**
   * Keep track of how the body lies.
   *
   * @param {Step} step
   * @param {boolean} completed
   */
  left(step, completed) {
    if (completed) this.position = step.position ?? this.position;
    else if (step.kind === "position") this.position = null;
    else if (!isTold(step) && step.position) this.position = step.position;
  }

  /**
   * The count down in front of a repetition that starts again, and the instruction before it where that was asked for.
   *
   * @param {Step} step
   * @param {boolean} explained
   * @returns {Step[]}
   */
  lead(step, explained) {
    if (!this.#input || step.rep === 0 || !step.exercise_id) return [];
    const { exercise, exercise_id, side, set, sets, reps, dose, position } = step;
    const part = { exercise, exercise_id, side, set, sets, reps, dose, position };
    const ready = readyStep(this.#input, { ...part, id: `${step.id}.lead` }, []);
    return explained ? [explainStep(this.#input, { ...part, id: `${step.id}.again` }, exercise_id), ready] : [ready];
  }
}
