import { button, byId, html, write } from "./elements.js";

/** @import {StopReason} from "./types.js" */
/** @import {Words} from "./words.js" */

/**
 * @typedef {{pain_further_down: boolean | null, new_weakness_or_numbness: boolean | null}} Answers
 * @typedef {object} StopListener
 * @property {(reason: StopReason) => void} stopped the reason is known: the exercise is over
 * @property {(phrase: string) => void} asked a question to be spoken
 * @property {(reason: StopReason, answers: Answers) => void} answered
 * @property {() => void} back it was nothing
 */

const QUESTIONS = /** @type {const} */ ([
  { field: "pain_further_down", key: "ask_further_down" },
  { field: "new_weakness_or_numbness", key: "ask_weakness" },
]);

/** The stop button's questions: what it is, then two more. By tap, by one key, and without looking. */
export class StopDialog {
  #dialog = byId("stop-dialog", HTMLDialogElement);
  #question = html("stop-question");
  #reasons = html("stop-reasons");
  #answers = html("stop-answers");
  /** @type {StopReason} */ #reason = "enough";
  #asking = -1;
  /** @type {Answers} */ #given = { pain_further_down: null, new_weakness_or_numbness: null };

  /** @param {StopListener} listener */
  constructor(listener) {
    this.listener = listener;
    for (const choice of this.#reasons.querySelectorAll("button[data-reason]")) {
      choice.addEventListener("click", () => {
        this.#choose(/** @type {StopReason} */ (choice.getAttribute("data-reason")));
      });
    }
    button("stop-back").addEventListener("click", () => {
      this.#dialog.close();
      listener.back();
    });
    for (const choice of this.#answers.querySelectorAll("button")) {
      choice.addEventListener("click", () => this.#answer(choice.dataset.answer ?? ""));
    }
    this.#dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      if (this.#asking < 0) button("stop-back").click();
    });
  }

  get open() {
    return this.#dialog.open;
  }

  /** @param {Words} words */
  show(words) {
    if (this.#dialog.open) return;
    this.words = words;
    this.#asking = -1;
    this.#given = { pain_further_down: null, new_weakness_or_numbness: null };
    this.#write();
    this.#dialog.showModal();
    // No button is chosen beforehand: Space and Enter must not answer by accident.
    this.#question.tabIndex = -1;
    this.#question.focus();
  }

  /** @param {Words} words */
  translate(words) {
    this.words = words;
    if (this.#dialog.open) this.#write();
  }

  /** @param {StopReason} reason */
  #choose(reason) {
    this.#reason = reason;
    this.listener.stopped(reason);
    if (reason === "enough") return this.#finish();
    this.#ask(0);
  }

  /** @param {number} index */
  #ask(index) {
    this.#asking = index;
    this.#write();
    this.#question.focus();
    this.listener.asked(QUESTIONS[index]?.key ?? "");
  }

  /** @param {string} answer */
  #answer(answer) {
    const question = QUESTIONS[this.#asking];
    if (question) this.#given[question.field] = { yes: true, no: false }[answer] ?? null;
    if (this.#asking + 1 < QUESTIONS.length) return this.#ask(this.#asking + 1);
    this.#finish();
  }

  #finish() {
    this.#dialog.close();
    this.listener.answered(this.#reason, this.#given);
  }

  #write() {
    const key = QUESTIONS[this.#asking]?.key ?? "stop_title";
    write(this.#question, this.words?.ui(key) ?? "");
    this.#reasons.hidden = this.#asking >= 0;
    this.#answers.hidden = this.#asking < 0;
  }
}
