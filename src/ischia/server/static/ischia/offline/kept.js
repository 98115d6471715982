import { Sealed } from "../player/sealing.js";

/** @import {SessionEvent} from "../player/types.js" */

/**
 * @typedef {object} KeptPage a session's page as the server gave it
 * @property {string} html
 * @property {[string, string][]} headers
 * @property {number} kept_ms when it was kept, by this device's clock
 * @property {number} until_ms when its day is over, by this device's clock
 *
 * @typedef {{person: string, language: string}} Here who opened ischia last in this browser
 */

const PAGES = "pages";
const DONE = "done";
const NOTES = "notes";
const SESSION = /^\/session\/([0-9a-f-]{36})\/$/;

/**
 * @param {string} path
 * @returns {string | null} the session's id where this is the address of a player's page
 */
export function sessionOf(path) {
  return SESSION.exec(path)?.[1] ?? null;
}

/**
 * What this browser keeps of a person so that a session can go on without a connection: the session's page, and the
 * records the server has taken since that page was kept. All of it lies encrypted and goes together.
 */
export class Kept {
  /** @returns {Promise<Kept | null>} null where nothing can be kept encrypted */
  static async open() {
    try {
      return new Kept(await Sealed.open("ischia-kept", [PAGES, DONE, NOTES], "kept"));
    } catch {
      return null;
    }
  }

  /** @param {Sealed} sealed */
  constructor(sealed) {
    this.sealed = sealed;
  }

  /** @returns {Promise<Here | null>} */
  here() {
    return this.sealed.get(NOTES, "here");
  }

  /**
   * Note who is there. What was kept for somebody else is forgotten.
   *
   * @param {Here} here
   */
  async arrive(here) {
    const before = await this.here();
    if (before && before.person !== here.person) await this.forget();
    await this.sealed.put(NOTES, "here", here);
  }

  /**
   * @param {string} session_id
   * @param {KeptPage} page
   */
  keep(session_id, page) {
    return this.sealed.put(PAGES, session_id, page);
  }

  /**
   * The page of a session, on its own day only: a plan follows from that day's check-in.
   *
   * @param {string} session_id
   * @param {number} now_ms
   * @returns {Promise<KeptPage | null>}
   */
  async page(session_id, now_ms) {
    const page = /** @type {KeptPage | null} */ (await this.sealed.get(PAGES, session_id));
    if (!page) return null;
    // A clock that was set back must not make an old plan new.
    if (page.kept_ms <= now_ms && now_ms < page.until_ms) return page;
    await this.drop(session_id);
    return null;
  }

  /**
   * @param {number} now_ms
   * @returns {Promise<string[]>} the sessions that can be opened without a connection now
   */
  async sessions(now_ms) {
    const found = await this.sealed.all(PAGES);
    const open = await Promise.all(found.map(async ({ id }) => ((await this.page(id, now_ms)) ? id : null)));
    return open.filter((id) => id !== null);
  }

  /**
   * A record that the server has taken. The kept page does not know of it.
   *
   * @param {string} session_id
   * @param {string} id
   * @param {SessionEvent} event
   */
  remember(session_id, id, event) {
    return this.sealed.put(DONE, id, { session_id, event });
  }

  /**
   * The records of a session that its page does not know of. Those it knows need no remembering any more.
   *
   * @param {string} session_id
   * @param {object[]} known
   * @returns {Promise<SessionEvent[]>}
   */
  async missing(session_id, known) {
    const ids = new Set(known.map((event) => /** @type {{id?: string}} */ (event).id));
    const missing = [];
    for (const { id, value } of await this.sealed.all(DONE)) {
      if (value.session_id !== session_id) continue;
      if (ids.has(id)) await this.sealed.remove(DONE, id);
      else missing.push({ ...value.event, id });
    }
    return missing.sort((one, other) => instantOf(one).localeCompare(instantOf(other)));
  }

  /** @param {string} session_id */
  async drop(session_id) {
    await this.sealed.remove(PAGES, session_id);
    for (const { id, value } of await this.sealed.all(DONE)) {
      if (value.session_id === session_id) await this.sealed.remove(DONE, id);
    }
  }

  /** Forget every page and record. */
  async forget() {
    await this.sealed.clear(PAGES);
    await this.sealed.clear(DONE);
  }
}

/** @param {{at?: string, ended_at?: string}} event */
function instantOf({ at, ended_at }) {
  return at ?? ended_at ?? "";
}
