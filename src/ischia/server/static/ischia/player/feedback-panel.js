import { button, html, write } from "./elements.js";

/** @import {Effort} from "./types.js" */
/** @import {Words} from "./words.js" */

const MOST_PAIN = 10;

/**
 * "How was it?" in two taps: effort, then pain. What is not answered stays null; nothing is ever taken for zero.
 */
export class FeedbackPanel {
  /** @type {Effort | null} */ effort = null;
  /** @type {number | null} */ pain = null;
  open = false;
  /** @type {number | null} */ #before = null;
  #panel = html("feedback");
  #title = html("feedback-title");
  #efforts = html("feedback-effort");
  #pains = html("feedback-pain");
  #same = button("pain-same");

  /** @param {{effort: () => void, done: () => void}} listener */
  constructor({ effort, done }) {
    for (const choice of this.#efforts.querySelectorAll("button")) {
      choice.addEventListener("click", () => {
        this.effort = /** @type {Effort} */ (choice.dataset.effort);
        this.#ask("pain");
        effort();
      });
    }
    const scale = html("pain-scale");
    for (let level = 0; level <= MOST_PAIN; level += 1) {
      const choice = document.createElement("button");
      choice.type = "button";
      choice.textContent = String(level);
      if (level < MOST_PAIN) choice.dataset.key = String(level);
      choice.addEventListener("click", () => {
        this.pain = level;
        done();
      });
      scale.append(choice);
    }
    this.#same.addEventListener("click", () => {
      this.pain = this.#before;
      done();
    });
    button("no-answer").addEventListener("click", done);
    this.#panel.addEventListener("click", (event) => event.stopPropagation());
  }

  /**
   * @param {Words} words
   * @param {number | null} before the last pain named, null where none ever was
   */
  show(words, before) {
    this.effort = null;
    this.pain = null;
    this.#before = before;
    this.open = true;
    this.#panel.hidden = false;
    this.translate(words);
    this.#ask("effort");
  }

  hide() {
    this.open = false;
    this.#panel.hidden = true;
  }

  /** @param {Words} words */
  translate(words) {
    this.words = words;
    write(this.#same, this.#before === null ? words.ui("pain_same") : `${words.ui("pain_same")} (${this.#before})`);
    this.#writeTitle();
  }

  /** @param {"effort" | "pain"} which */
  #ask(which) {
    this.#efforts.hidden = which !== "effort";
    this.#pains.hidden = which !== "pain";
    this.#writeTitle();
  }

  #writeTitle() {
    write(this.#title, this.words?.ui(this.#pains.hidden ? "feedback_title" : "pain") ?? "");
  }
}
