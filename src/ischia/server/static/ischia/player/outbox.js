import { newId } from "./record.js";

/** @import {SessionEvent} from "./types.js" */
/** @import {OutboxStore, Waiting} from "./outbox-store.js" */

/**
 * @typedef {{id?: string, next?: string, movement?: string | null}} Taken the server's answer to a record
 *
 * @typedef {object} OutboxState
 * @property {number} waiting records not yet acknowledged
 * @property {boolean} reachable whether the server answered last time
 * @property {boolean} lasting whether waiting records survive a closed page
 * @property {boolean} signed_out
 * @property {string | null} refused the server's sentence about a record it will never take
 */

const FIRST_RETRY_MS = 1000;
const SLOWEST_RETRY_MS = 30000;

/**
 * Sends each record at once, in order, and again until the server has acknowledged it. A record keeps its id, so
 * that the same one sent twice stands once.
 */
export class Outbox {
  /** @type {Waiting[]} */ #waiting = [];
  /** @type {Set<string>} records that are still being filled in */ #held = new Set();
  #retry_ms = FIRST_RETRY_MS;
  #timer = 0;
  #sending = false;
  #reachable = true;
  #signed_out = false;
  /** @type {string | null} */ #refused = null;
  #order = 0;
  /** @type {Promise<unknown>} */ #disk = Promise.resolve();

  /**
   * @param {OutboxStore} store
   * @param {object} options
   * @param {() => string} options.csrf
   * @param {(state: OutboxState) => void} [options.changed]
   * @param {(event: SessionEvent, answer: Taken) => void} [options.acknowledged]
   * @param {(waiting: Waiting) => Promise<void>} [options.remember] before an acknowledged record is given up here
   */
  constructor(store, { csrf, changed = () => undefined, acknowledged = () => undefined, remember = async () => undefined }) {
    this.store = store;
    this.csrf = csrf;
    this.changed = changed;
    this.acknowledged = acknowledged;
    this.remember = remember;
    globalThis.addEventListener?.("online", () => this.send());
  }

  /** Take up what an earlier page left behind; ``send`` sends it. */
  async open() {
    const left = await this.store.all();
    this.#waiting = [...left, ...this.#waiting];
    this.#order = Math.max(0, ...left.map((waiting) => waiting.order + 1));
  }

  /**
   * @param {string} prefix
   * @returns {SessionEvent[]} what waits for this address, oldest first
   */
  eventsFor(prefix) {
    return this.#waiting.filter((waiting) => waiting.url.startsWith(prefix)).map((waiting) => waiting.event);
  }

  get waiting() {
    return this.#waiting.length;
  }

  /**
   * Keep a record and send it at once.
   *
   * @param {string} prefix address of the session's records, ending in "/"
   * @param {SessionEvent} event
   * @param {{held?: boolean}} [options] held: kept now, sent with ``amend`` or by the next page
   * @returns {string} its id
   */
  add(prefix, event, { held = false } = {}) {
    const id = newId();
    const waiting = { id, url: prefix + id, order: this.#order, event };
    this.#order += 1;
    this.#waiting.push(waiting);
    if (held) this.#held.add(id);
    this.#keep(waiting);
    this.send();
    return id;
  }

  /**
   * Fill in a held record and let it go.
   *
   * @param {string} id
   * @param {Partial<SessionEvent>} fields
   */
  amend(id, fields) {
    const waiting = this.#waiting.find((other) => other.id === id);
    if (!waiting || !this.#held.has(id)) return;
    waiting.event = /** @type {SessionEvent} */ ({ ...waiting.event, ...fields });
    this.#held.delete(id);
    this.#keep(waiting);
    this.send();
  }

  /** Let everything go, also what is only half filled in: the page is being closed. */
  release() {
    this.#held.clear();
    this.send();
  }

  /** Send what waits, one after another. */
  send() {
    clearTimeout(this.#timer);
    this.#tell();
    void this.#sendAll();
  }

  async #sendAll() {
    if (this.#sending) return;
    this.#sending = true;
    try {
      for (let next = this.#next(); next; next = this.#next()) {
        if (!(await this.#sendOne(next))) {
          this.#timer = setTimeout(() => this.send(), this.#retry_ms);
          this.#retry_ms = Math.min(2 * this.#retry_ms, SLOWEST_RETRY_MS);
          break;
        }
        this.#retry_ms = FIRST_RETRY_MS;
      }
    } finally {
      this.#sending = false;
      this.#tell();
    }
  }

  /** @returns {Waiting | undefined} the oldest, unless it is still being filled in */
  #next() {
    const first = this.#waiting[0];
    return first && !this.#held.has(first.id) ? first : undefined;
  }

  /**
   * @param {Waiting} waiting
   * @returns {Promise<boolean>} whether it is settled
   */
  async #sendOne(waiting) {
    const answer = await put(waiting, this.csrf());
    if (!answer) await this.#disk; // nothing is told to be kept here before it is
    this.#reachable = answer !== null;
    if (!answer) return false;
    this.#signed_out = answer.status === 401 || answer.status === 403;
    if (answer.ok || answer.status === 409) {
      this.#settle(waiting);
      await this.remember(waiting).catch(() => undefined);
      await this.#write(() => this.store.remove(waiting.id));
      this.acknowledged(waiting.event, await bodyOf(answer));
      return true;
    }
    if (answer.status === 400 || answer.status === 404 || answer.status === 422 || answer.status === 423) {
      const body = await bodyOf(answer);
      this.#refused = body.detail ?? String(answer.status);
      // It stays on this device, and the next page tries it once more.
      this.#settle(waiting);
      return true;
    }
    return false;
  }

  /** @param {Waiting} waiting */
  #settle(waiting) {
    this.#waiting = this.#waiting.filter((other) => other !== waiting);
  }

  /** @param {Waiting} waiting */
  #keep(waiting) {
    const copy = { ...waiting };
    void this.#write(() => this.store.put(copy));
  }

  /**
   * One write at a time, in order, so that a record removed is never put back by an older write.
   *
   * @param {() => Promise<void>} act
   */
  #write(act) {
    this.#disk = this.#disk.then(act).catch(() => undefined);
    return this.#disk;
  }

  #tell() {
    this.changed({
      waiting: this.#waiting.length,
      reachable: this.#reachable,
      lasting: this.store.lasting,
      signed_out: this.#signed_out,
      refused: this.#refused,
    });
  }
}

/**
 * @param {Waiting} waiting
 * @param {string} csrf
 * @returns {Promise<Response | null>} null where nobody answered
 */
async function put({ url, event }, csrf) {
  try {
    return await fetch(url, {
      method: "PUT",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
      credentials: "same-origin",
      keepalive: true,
      redirect: "manual",
      body: JSON.stringify(event),
    });
  } catch {
    return null;
  }
}

/**
 * @param {Response} answer
 * @returns {Promise<Taken & {detail?: string}>}
 */
async function bodyOf(answer) {
  try {
    return (await answer.json()) ?? {};
  } catch {
    return {};
  }
}

/** The token of this browser's session: from its cookie where the page may read it, else as the page was given it. */
export function csrfToken(given = "") {
  const cookies = globalThis.document?.cookie ?? "";
  // Where ischia itself speaks https its cookies have names of their own; those of plain http may lie beside them.
  const cookie = cookies.match(/(?:^|;\s*)__Host-ischia_csrf=([^;]+)/) ?? cookies.match(/(?:^|;\s*)ischia_csrf=([^;]+)/);
  return cookie?.[1] ?? given;
}
