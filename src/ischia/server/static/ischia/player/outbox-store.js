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

const DATABASE = "ischia-outbox";
const KEY_ID = "outbox";

/**
 * The place where records wait. On the disk they lie encrypted, with a key the browser never gives out; where that
 * cannot be done (a plain http address, a private window) they wait in memory only.
 *
 * @returns {Promise<OutboxStore>}
 */
export async function openStore() {
  try {
    if (!globalThis.crypto?.subtle) return memoryStore();
    const database = await openDatabase();
    return encryptedStore(database, await outboxKey(database));
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
 * @param {IDBDatabase} database
 * @param {CryptoKey} key
 * @returns {OutboxStore}
 */
function encryptedStore(database, key) {
  return {
    lasting: true,
    async put(waiting) {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const plain = new TextEncoder().encode(JSON.stringify(waiting));
      const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain);
      await request(database, "records", "readwrite", (store) => store.put({ id: waiting.id, iv, sealed }));
    },
    async remove(id) {
      await request(database, "records", "readwrite", (store) => store.delete(id));
    },
    async all() {
      /** @type {{id: string, iv: Uint8Array<ArrayBuffer>, sealed: ArrayBuffer}[]} */
      const rows = await request(database, "records", "readonly", (store) => store.getAll());
      const opened = await Promise.all(rows.map((row) => open(row, key)));
      return opened.filter((waiting) => waiting !== null).sort((one, other) => one.order - other.order);
    },
  };
}

/**
 * @param {{iv: Uint8Array<ArrayBuffer>, sealed: ArrayBuffer}} row
 * @param {CryptoKey} key
 * @returns {Promise<Waiting | null>} null where another key sealed it
 */
async function open({ iv, sealed }, key) {
  try {
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed);
    return JSON.parse(new TextDecoder().decode(plain));
  } catch {
    return null;
  }
}

/** @returns {Promise<IDBDatabase>} */
function openDatabase() {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE, 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore("keys");
      opening.result.createObjectStore("records", { keyPath: "id" });
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}

/**
 * The key of this browser: made once, kept where it can be used but never read.
 *
 * @param {IDBDatabase} database
 * @returns {Promise<CryptoKey>}
 */
async function outboxKey(database) {
  const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  // One transaction: of two pages that open at once, both end with the key that was first.
  return new Promise((resolve, reject) => {
    const transaction = database.transaction("keys", "readwrite");
    const store = transaction.objectStore("keys");
    const reading = store.get(KEY_ID);
    reading.onsuccess = () => {
      if (!reading.result) store.put(fresh, KEY_ID);
    };
    transaction.oncomplete = () => resolve(reading.result ?? fresh);
    transaction.onerror = () => reject(transaction.error);
  });
}

/**
 * @template T
 * @param {IDBDatabase} database
 * @param {string} name
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} act
 * @returns {Promise<T>} once the transaction is on the disk
 */
function request(database, name, mode, act) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(name, mode, { durability: "strict" });
    const asked = act(transaction.objectStore(name));
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}
