import { button, html, write } from "./elements.js";
import { adviceFor } from "./stop-advice.js";

/** @import {StopEvent} from "./types.js" */
/** @import {OutboxState} from "./outbox.js" */
/** @import {Session} from "./session.js" */
/** @import {Words} from "./words.js" */

// How long the summary is kept waiting for the last records before it is opened all the same.
const LONGEST_WAIT_MS = 4000;
const READING_MS = 2500;

/** The last screen: what to do after a stop, or that all is done; and the way out once everything is saved. */
export class ResultScreen {
  /** Where the server wants the person to go.
   * @type {string | null} */ next_url = null;
  /** @type {StopEvent | null} */ #stop = null;
  #done = false;
  #gone = false;
  #leaving = false;
  #waiting = 0;
  #reachable = true;
  #lasting = true;
  #refused = false;

  /**
   * @param {Session} session
   * @param {{goOn: () => void, say: (...keys: string[]) => void, ready: () => Promise<void>}} listener ready: before
   *   another page is opened
   */
  constructor(session, listener) {
    this.session = session;
    this.listener = listener;
    button("result-leave").addEventListener("click", () => this.#leave());
    addEventListener("pageshow", () => (this.#gone = false)); // come back to by the browser's own button
    button("result-go-on").addEventListener("click", () => listener.goOn());
  }

  /**
   * @param {StopEvent} stop
   * @param {Words} words
   */
  showStop(stop, words) {
    this.#stop = stop;
    this.#done = false;
    this.translate(words);
    button("result-leave").focus();
    this.listener.say(...adviceFor(stop).phrases);
  }

  /** @param {Words} words */
  showDone(words) {
    this.#done = true;
    this.#stop = null;
    this.translate(words);
    button("result-leave").focus();
    setTimeout(() => this.#leaveWhenSaved(), READING_MS);
  }

  /** @param {OutboxState} state */
  outboxChanged({ waiting, reachable, lasting, refused }) {
    this.#waiting = waiting;
    this.#reachable = reachable;
    this.#lasting = lasting;
    this.#refused = refused !== null;
    if (this.words && this.#done) this.translate(this.words);
    if (this.#leaving) this.#leaveWhenSaved();
  }

  /** @param {Words} words */
  translate(words) {
    this.words = words;
    const leave = button("result-leave");
    button("result-go-on").hidden = true;
    if (this.#done) {
      write(html("result-title"), words.ui("done_title"));
      const waits = this.#lasting ? words.ui("done_waiting") : words.ui("done_waiting_memory");
      const kept = this.#reachable ? words.ui("done_saving") : waits;
      this.#write(this.#waiting > 0 ? [kept] : [words.phrase("session_done")], false);
      write(leave, words.ui("done_next"));
    } else if (this.#stop) {
      const { phrases, urgent, may_go_on } = adviceFor(this.#stop);
      write(html("result-title"), words.ui(`stop_${this.#stop.reason}`));
      this.#write(phrases.map((key) => words.phrase(key)), urgent);
      write(leave, words.ui(urgent ? "what_to_do" : "end_session"));
      button("result-go-on").hidden = !may_go_on;
    }
  }

  /**
   * @param {string[]} texts
   * @param {boolean} urgent
   */
  #write(texts, urgent) {
    const box = html("result-text");
    box.className = urgent ? "urgent" : "";
    const lines = texts.map((text) => {
      const line = document.createElement("p");
      line.textContent = text;
      return line;
    });
    box.replaceChildren(...lines);
  }

  #leave() {
    this.#leaving = true;
    this.session.outbox.send();
    const ready = this.#stop ? Promise.resolve() : this.listener.ready();
    setTimeout(() => void ready.then(() => this.#go()), this.#waiting > 0 ? LONGEST_WAIT_MS : 0);
  }

  /** A record that was refused keeps the page open, so that the reason can be read. */
  #leaveWhenSaved() {
    this.#leaving = true;
    if (this.#waiting === 0 && !this.#refused) void this.listener.ready().then(() => this.#go());
  }

  #go() {
    if (this.#gone) return; // the saving, the button and the clock may each ask for it
    // Without the service worker the next page would be the browser's own fault page: what to do stands here.
    if (!this.#reachable && !navigator.serviceWorker?.controller) return;
    this.#gone = true;
    const { after, stop } = this.session.data.urls;
    const urgent = this.#stop !== null && adviceFor(this.#stop).urgent;
    location.assign(this.next_url ?? (urgent ? (stop ?? after) : after));
  }
}
