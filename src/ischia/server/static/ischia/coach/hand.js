// @ts-check
// One of the coach's workers: started, asked, and noticed when it is gone.

import { TroubleError } from "./types.js";

/** @typedef {import("./types.js").Trouble} Trouble */

const START_MS = 90_000;

export class Hand {
  /**
   * @param {string} script beside this module
   * @param {(data: any) => void} said
   * @param {(trouble: Trouble, text: string) => void} failed after it was ready
   */
  constructor(script, said, failed) {
    this.ready = false;
    this.said = said;
    this.failed = failed;
    this.worker = new Worker(new URL(script, import.meta.url), { type: "module" });
    /** @type {(trouble: Trouble) => void} */
    this.refuse = () => {};
    this.accept = () => {};
    this.worker.onerror = (event) => this.#fail("worker_failed", event.message ?? "");
    this.worker.onmessageerror = () => this.#fail("worker_failed", "a message was lost");
    this.worker.onmessage = ({ data }) => {
      if (data.kind === "ready") this.#begin();
      else if (data.kind === "failed") this.#fail(data.trouble, data.text);
      else this.said(data);
    };
  }

  #begin() {
    this.ready = true;
    this.accept();
  }

  /** @param {Trouble} trouble @param {string} text */
  #fail(trouble, text) {
    const was = this.ready;
    this.ready = false;
    console.warn(`the coach's worker failed: ${text}`);
    if (was) this.failed(trouble, text);
    else this.refuse(trouble);
  }

  /**
   * Send what makes it ready, and wait until it is.
   * @param {Record<string, unknown>} message
   * @returns {Promise<void>}
   */
  load(message) {
    this.ready = false;
    return new Promise((accept, refuse) => {
      const late = setTimeout(() => this.refuse("worker_failed"), START_MS);
      this.accept = () => {
        clearTimeout(late);
        accept();
      };
      this.refuse = (trouble) => {
        clearTimeout(late);
        refuse(new TroubleError(trouble));
      };
      this.worker.postMessage({ kind: "load", ...message });
    });
  }

  /** @param {Record<string, unknown>} message @param {Transferable[]} [handed] */
  post(message, handed = []) {
    this.worker.postMessage(message, handed);
  }

  stop() {
    this.ready = false;
    this.worker.onmessage = this.worker.onerror = null;
    this.worker.terminate();
    this.refuse("worker_failed");
  }
}
