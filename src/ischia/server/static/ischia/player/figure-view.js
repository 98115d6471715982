/** @import {Exercise, Side} from "./types.js" */
/** @import {Pose} from "./demonstration.js" */

/** @typedef {{show: (from: string, to: string, progress: number, side?: Side) => void}} Figure */

/** The drawn body. Where it cannot be drawn a still picture stands in, and where that fails the words alone. */
export class FigureView {
  /** @type {Map<string, unknown>} */ #drawings = new Map();
  /** @type {Figure | null} */ #figure = null;
  /** @type {((container: HTMLElement, json: unknown) => Figure) | null} */ #create = null;
  #shown = "";
  #nothing = false;

  /**
   * @param {HTMLElement} container
   * @param {HTMLImageElement} still
   */
  constructor(container, still) {
    this.container = container;
    this.still = still;
    still.addEventListener("error", () => {
      still.hidden = true;
      this.#nothing = true;
    });
  }

  /**
   * Fetch all drawings of the session, so that they are there when the connection is not.
   *
   * @param {Record<string, Exercise>} exercises
   */
  async load(exercises) {
    try {
      const address = new URL("../figure/figure.js", import.meta.url).href;
      this.#create = (await import(address)).createFigure;
    } catch {
      this.#create = null;
    }
    for (const [id, { figure }] of Object.entries(exercises)) {
      if (figure) await this.#fetch(id, figure);
    }
  }

  /**
   * @param {string | null} exercise_id
   * @param {Exercise | undefined} exercise
   * @param {Side} side
   * @param {Pose | null} pose
   */
  show(exercise_id, exercise, side, pose) {
    this.container.parentElement?.classList.toggle("without-figure", !pose || this.#nothing);
    this.container.hidden = !pose;
    if (!exercise_id || !pose) {
      this.still.hidden = true;
      return;
    }
    const wanted = `${exercise_id} ${side}`;
    if (this.#shown !== wanted) {
      this.#nothing = false;
      this.#draw(exercise_id);
      this.#shown = wanted;
    }
    if (this.#figure) {
      try {
        this.#figure.show(pose.from, pose.to, pose.progress, side);
        this.still.hidden = true;
        return;
      } catch {
        this.#figure = null;
        this.container.replaceChildren();
      }
    }
    this.#showStill(exercise, pose);
  }

  /** Draw anew: the drawings have just arrived. */
  refresh() {
    this.#shown = "";
  }

  /** @param {string} text */
  describe(text) {
    this.container.setAttribute("aria-label", text);
    if (this.still.alt !== text) this.still.alt = text;
  }

  /** @param {string} exercise_id */
  #draw(exercise_id) {
    this.container.replaceChildren();
    this.#figure = null;
    const drawing = this.#drawings.get(exercise_id);
    if (!this.#create || !drawing) return;
    try {
      this.#figure = this.#create(this.container, drawing);
    } catch {
      this.#figure = null;
    }
  }

  /**
   * @param {Exercise | undefined} exercise
   * @param {Pose} pose
   */
  #showStill(exercise, pose) {
    if (!exercise?.figure) return;
    const address = exercise.figure.replace(/\.json$/, `/${pose.progress < 0.5 ? pose.from : pose.to}.svg`);
    if (this.still.getAttribute("src") === address) return;
    this.still.hidden = false;
    this.still.src = address;
  }

  /**
   * @param {string} id
   * @param {string} address
   */
  async #fetch(id, address) {
    try {
      const answer = await fetch(address);
      if (answer.ok) this.#drawings.set(id, await answer.json());
    } catch {
      this.#drawings.delete(id);
    }
  }
}
