/** @import {Kept} from "../offline/kept.js" */
/** @import {Waiting} from "./outbox-store.js" */
/** @import {SessionData} from "./types.js" */

const RECORD = /^\/api\/sessions\/([0-9a-f-]{36})\/events\//;

/**
 * A session's page that was kept for a time without a connection is older than what was done since. This lets it know
 * what the server has taken meanwhile: no set is asked for again, and a stop stays a stop.
 *
 * @param {Kept | null} kept
 * @returns {(waiting: Waiting) => Promise<void>}
 */
export function rememberIn(kept) {
  return async ({ id, url, event }) => {
    const session_id = RECORD.exec(url)?.[1];
    if (session_id) await kept?.remember(session_id, id, event);
  };
}

/**
 * Add to a page's data what the server has taken since.
 *
 * @param {Kept | null} kept
 * @param {SessionData} data
 */
export async function recall(kept, data) {
  const missing = await kept?.missing(data.session_id, data.events).catch(() => []);
  data.events.push(...(missing ?? []));
}

/**
 * When the day of a session is over, by this device's clock. A plan follows from its own day's check-in.
 *
 * @param {Kept | null} kept
 * @param {SessionData} data
 * @param {number} opened_ms when its page was opened
 */
export async function dayEnds_ms(kept, { session_id, left_s }, opened_ms) {
  const page = await kept?.page(session_id, opened_ms).catch(() => null);
  return page?.until_ms ?? (left_s === undefined ? Infinity : opened_ms + 1000 * left_s);
}
