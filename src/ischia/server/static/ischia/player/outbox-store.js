import { Sealed } from "./sealing.js";

/** @import {SessionEvent} from "./types.js" */

/**
 * @typedef {object} Waiting one record that the server has not acknowledged yet
 * @property {string} id
 * @property {string} url where it goes
 * @property {number} order
 * @property {SessionEvent} event
 *
 * @typedef {object} OutboxStore
 * @property {boolean} lasting whether it survives a closed page
 * @property {(waiting: Waiting) => Promise<void>} put
 * @property {(id: string) => Promise<void>} remove
 * @property {() => Promise<Waiting[]>} all in the order they were made
 */

/**
 * The place where records wait. On the disk they lie encrypted, with a key the browser never gives out; where that
 * cannot be done (a plain http address, a private window) they wait in memory only.
 *
 * @returns {Promise<OutboxStore>}
 */
export async function openStore() {
  try {
    return encryptedStore(await Sealed.open("ischia-outbox", ["records"], "outbox"));
  } catch {
    return memoryStore();
  }
}

/** @returns {OutboxStore} */
export function memoryStore() {
  /** @type {Map<string, Waiting>} */
  const kept = new Map();
  return {
    lasting: false,
    put: async (waiting) => void kept.set(waiting.id, waiting),
    remove: async (id) => void kept.delete(id),
    all: async () => [...kept.values()],
  };
}

/**
 * @param {Sealed} sealed
 * @returns {OutboxStore}
 */
function encryptedStore(sealed) {
  return {
    lasting: true,
    put: (waiting) => sealed.put("records", waiting.id, waiting),
    remove: (id) => sealed.remove("records", id),
    async all() {
      const rows = await sealed.all("records");
      return rows.map(({ value }) => /** @type {Waiting} */ (value)).sort((one, other) => one.order - other.order);
    },
  };
}
