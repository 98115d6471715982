import { poseAt } from "./demonstration.js";
import { button, html, svgById, write } from "./elements.js";
import { captionAt } from "./timeline.js";
import { clock } from "./words.js";

/** @import {Exercise, Step} from "./types.js" */
/** @import {FigureView} from "./figure-view.js" */
/** @import {Words} from "./words.js" */

const BREATH_SMALL = 34;
const BREATH_LARGE = 86;

/** Steps whose remaining seconds are worth a number. */
const COUNTED = new Set(["hold", "rest", "position", "side"]);

/** What is on the screen while a session runs: it draws a moment of a step and keeps nothing of its own. */
export class StageView {
  #title = html("exercise-title");
  #where = html("where");
  #side = html("side");
  #phase = html("phase");
  #number = html("number");
  #unit = html("unit");
  #caption = html("caption");
  #dose = html("dose");
  #breath = svgById("breath");
  #arc = svgById("arc");
  #ready = button("ready");
  #skip = button("skip");
  #calm = matchMedia("(prefers-reduced-motion: reduce)");

  /**
   * @param {FigureView} figure
   * @param {Record<string, Exercise>} exercises
   */
  constructor(figure, exercises) {
    this.figure = figure;
    this.exercises = exercises;
  }

  /** Whether anything on the screen moves between two ticks. */
  get moves() {
    return !this.#calm.matches;
  }

  /**
   * What stays the same during a step.
   *
   * @param {Step} step
   * @param {Words} words
   * @param {number} total exercises in the plan
   * @param {string} [tap] what a tap says where a camera leads; key of its text
   */
  begin(step, words, total, tap = "") {
    const among = step.exercise >= 0;
    write(this.#title, among ? words.title(step.exercise_id) : words.ui("title"));
    write(this.#where, among ? words.ui("exercise_of", { n: step.exercise + 1, total }) : "");
    write(this.#side, words.side(step.side));
    write(this.#phase, this.#phaseName(step, words));
    write(this.#unit, step.rep > 0 ? words.ui("rep_of", { n: step.rep, total: step.reps }) : "");
    write(this.#dose, among ? this.#doseLine(step, words) : "");
    this.figure.describe(among ? words.ui("figure_alt", { title: words.title(step.exercise_id) }) : "");
    this.#ready.hidden = (!step.early && !tap) || step.kind === "feedback";
    write(this.#ready, words.ui(tap || "ready"));
    this.#skip.hidden = !among || step.kind === "feedback";
    document.body.dataset.step = step.kind;
  }

  /**
   * This moment of the step.
   *
   * @param {Step} step
   * @param {number} elapsed_s
   */
  draw(step, elapsed_s) {
    const left_s = Math.max(0, step.duration_s - elapsed_s);
    const share = step.duration_s > 0 ? elapsed_s / step.duration_s : 1;
    write(this.#number, this.#numberAt(step, left_s));
    write(this.#caption, captionAt(step, elapsed_s));
    this.#arc.setAttribute("stroke-dashoffset", (100 * Math.min(1, share)).toFixed(1));
    this.#breath.setAttribute("r", this.#breathAt(step, share).toFixed(1));
    const exercise = step.exercise_id ? this.exercises[step.exercise_id] : undefined;
    this.figure.show(step.exercise_id, exercise, step.side, poseAt(step, exercise, elapsed_s, !this.moves));
  }

  /**
   * @param {number} left_s
   * @param {number} whole_s
   * @param {Words} words
   */
  progress(left_s, whole_s, words) {
    const bar = html("progress");
    if (bar instanceof HTMLProgressElement) bar.value = whole_s > 0 ? Math.max(0, 1 - left_s / whole_s) : 0;
    write(html("time-left"), words.ui("time_left", { time: clock(left_s) }));
  }

  /**
   * @param {Step} step
   * @param {Words} words
   */
  #phaseName(step, words) {
    if (step.breathing === "in" || step.breathing === "out") return words.ui(`breathe_${step.breathing}`);
    const key = {
      ready: "phase_ready",
      move: "phase_move",
      hold: "phase_hold",
      return: "phase_return",
      pause: "phase_rest",
      rest: "phase_rest",
      position: "phase_position",
      side: "phase_position",
      place: "phase_position",
      announce: "phase_listen",
      explain: "phase_listen",
      begin: "",
      feedback: "",
      end: "",
    }[step.kind];
    return key ? words.ui(key) : "";
  }

  /**
   * @param {Step} step
   * @param {Words} words
   */
  #doseLine(step, words) {
    const set = step.set > 0 && step.sets > 1 ? words.ui("set_of", { n: step.set, total: step.sets }) : "";
    const dose = step.dose ? words.dose(step.dose) : "";
    return [set, dose].filter(Boolean).join(" · ");
  }

  /**
   * @param {Step} step
   * @param {number} left_s
   */
  #numberAt(step, left_s) {
    if (step.kind === "ready") {
      const counted = step.says.length > 0 ? (step.says.at(-1)?.at_s ?? 0) : 0;
      const from_s = step.duration_s - counted + 2;
      return left_s <= from_s ? String(Math.max(1, Math.ceil(left_s))) : "";
    }
    if (COUNTED.has(step.kind)) return String(Math.max(1, Math.ceil(left_s)));
    return step.rep > 0 ? String(step.rep) : "";
  }

  /**
   * The ring that breathes: it grows on the way in and shrinks on the way out.
   *
   * @param {Step} step
   * @param {number} share of the step that is over
   */
  #breathAt(step, share) {
    if (step.breathing !== "in" && step.breathing !== "out") return 0;
    const full = step.breathing === "in";
    if (!this.moves) return full ? BREATH_LARGE : BREATH_SMALL;
    const swing = (1 - Math.cos(Math.PI * Math.min(1, share))) / 2;
    const filled = full ? swing : 1 - swing;
    return BREATH_SMALL + filled * (BREATH_LARGE - BREATH_SMALL);
  }
}
