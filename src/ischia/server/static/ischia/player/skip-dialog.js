import { byId, html, write } from "./elements.js";

/** @import {Side, SkipReason, Step} from "./types.js" */
/** @import {Words} from "./words.js" */

/** Leaving an exercise out, or one side of it, with a reason. */
export class SkipDialog {
  #dialog = byId("skip-dialog", HTMLDialogElement);
  #onlySide = byId("skip-side", HTMLInputElement);
  /** @type {Step | null} */ #step = null;

  /** @param {{skipped: (step: Step, side: Side | null, reason: SkipReason) => void}} listener */
  constructor({ skipped }) {
    for (const choice of this.#dialog.querySelectorAll("button[data-reason]")) {
      choice.addEventListener("click", () => {
        const step = this.#step;
        this.#dialog.close("chosen");
        if (!step) return;
        const side = this.#onlySide.checked ? step.side : null;
        skipped(step, side, /** @type {SkipReason} */ (choice.getAttribute("data-reason")));
      });
    }
  }

  /**
   * @param {Step} step
   * @param {Words} words
   */
  show(step, words) {
    this.#step = step;
    this.#onlySide.checked = false;
    html("skip-side-row").hidden = step.side === "both";
    write(html("skip-exercise"), [words.title(step.exercise_id), words.side(step.side)].filter(Boolean).join(" · "));
    this.#dialog.returnValue = "";
    this.#dialog.showModal();
  }
}
