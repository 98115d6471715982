import { html, write } from "./elements.js";

/** @import {OutboxState} from "./outbox.js" */
/** @import {Words} from "./words.js" */

// A record that is saved sooner than this is not announced as waiting first.
const PATIENCE_MS = 1500;

/** One line that says plainly whether everything is saved, and where it waits if not. */
export class SavedLine {
  /** @type {OutboxState | null} */ #state = null;
  /** @type {Words | null} */ #words = null;
  #begun = false;
  #timer = 0;

  /** @param {OutboxState} state */
  show(state) {
    const calm = state.waiting > 0 && state.reachable && !state.refused && !state.signed_out;
    this.#state = state;
    this.#begun ||= state.waiting > 0;
    clearTimeout(this.#timer);
    if (calm) this.#timer = setTimeout(() => this.#write(), PATIENCE_MS);
    else this.#write();
  }

  /**
   * @param {Words} words
   * @param {boolean} begun whether anything is on record at all
   */
  translate(words, begun) {
    this.#words = words;
    this.#begun ||= begun;
    this.#write();
  }

  #write() {
    const state = this.#state;
    if (!state || !this.#words) return;
    const troubled = state.waiting > 0 || state.refused !== null;
    for (const element of [html("saved"), html("result-saved")]) {
      write(element, this.#begun ? sentence(state, this.#words) : "");
      element.classList.toggle("waiting", troubled);
    }
  }
}

/**
 * @param {OutboxState} state
 * @param {Words} words
 */
function sentence({ waiting, reachable, lasting, signed_out, refused }, words) {
  if (refused) return words.ui("refused", { reason: refused });
  if (waiting === 0) return words.ui("saved");
  if (signed_out) return words.ui("signed_out");
  if (reachable) return words.ui("waiting", { n: waiting });
  return words.ui(lasting ? "waiting_offline" : "waiting_memory", { n: waiting });
}
