import { csrfToken } from "./outbox.js";
import { html, write } from "./elements.js";
import { canPack, pack } from "./movement-track.js";

/** @import {Row} from "../coach/types.js" */
/** @import {SessionData} from "./types.js" */
/** @import {Words} from "./words.js" */

const TRIES = 4;
const FIRST_RETRY_MS = 2000;
/** How long the summary is kept waiting for the last drawing. */
const PATIENCE_MS = 8000;

/**
 * The drawing of a movement, kept for the clinician of a person who chose so. It waits in this page's memory alone until
 * the server has taken its set and asks for it; a page that is closed before takes it along into nothing.
 */
export class KeptTrack {
  /** @type {Map<string, Row[]>} by the set's record */ #held = new Map();
  /** @type {Set<Promise<void>>} */ #sending = new Set();

  /** @param {SessionData} data */
  constructor({ keeps_movement = false, csrf }) {
    this.csrf = csrf;
    this.chosen = keeps_movement && canPack();
  }

  /**
   * @param {string} id of the set's record
   * @param {Row[]} rows
   */
  hold(id, rows) {
    if (this.chosen && id && rows.length > 0) this.#held.set(id, rows);
  }

  /**
   * The server has taken a record.
   *
   * @param {{id?: string, movement?: string | null}} answer movement: where its drawing may go
   */
  acknowledged({ id = "", movement }) {
    const rows = this.#held.get(id);
    this.#held.delete(id);
    if (!rows || !movement) return;
    const sending = this.#send(movement, rows).finally(() => this.#sending.delete(sending));
    this.#sending.add(sending);
  }

  /** Resolves once nothing more is on its way, or after a while all the same. */
  async sent() {
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
    await Promise.race([Promise.allSettled(this.#sending), late]);
  }

  /** Say what is kept, wherever the camera is spoken of. @param {Words} words */
  translate(words) {
    const mark = html("kept-mark");
    mark.hidden = !this.chosen;
    write(mark, words.ui("kept_mark"));
    if (this.chosen) write(html("camera-hint"), words.ui("camera_hint_kept"));
  }

  /**
   * @param {string} url
   * @param {Row[]} rows
   */
  async #send(url, rows) {
    const body = await pack(rows);
    if (!body) return;
    for (let tried = 0; tried < TRIES; tried += 1) {
      if (tried > 0) await new Promise((resolve) => setTimeout(resolve, FIRST_RETRY_MS * 2 ** (tried - 1)));
      const headers = { "Content-Type": "application/octet-stream", "X-CSRFToken": csrfToken(this.csrf) };
      const answer = await fetch(url, { method: "PUT", headers, body, redirect: "manual" }).catch(() => null);
      if (answer && answer.status < 500) return;
    }
  }
}
