/**
 * A browser database whose rows lie encrypted, with a key that the browser uses and never gives out: neither a page
 * nor a program that reads the disk sees what is in a row.
 *
 * @typedef {{id: string, iv: Uint8Array<ArrayBuffer>, sealed: ArrayBuffer}} Row
 */

const KEYS = "keys";

export class Sealed {
  /**
   * @param {string} name of the database
   * @param {string[]} stores
   * @param {string} key_id
   * @returns {Promise<Sealed>}
   * @throws where the browser cannot encrypt (a plain http address) or keeps nothing (some private windows)
   */
  static async open(name, stores, key_id) {
    if (!globalThis.crypto?.subtle) throw new Error("no encryption here");
    const database = await openDatabase(name, stores);
    return new Sealed(database, await keyOf(database, key_id));
  }

  /**
   * @param {IDBDatabase} database
   * @param {CryptoKey} key
   */
  constructor(database, key) {
    this.database = database;
    this.key = key;
  }

  /**
   * @param {string} store
   * @param {string} id
   * @param {unknown} value anything JSON can hold
   */
  async put(store, id, value) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(value));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, this.key, plain);
    await request(this.database, store, "readwrite", (rows) => rows.put({ id, iv, sealed }));
  }

  /**
   * @param {string} store
   * @param {string} id
   */
  async remove(store, id) {
    await request(this.database, store, "readwrite", (rows) => rows.delete(id));
  }

  /** @param {string} store */
  async clear(store) {
    await request(this.database, store, "readwrite", (rows) => rows.clear());
  }

  /**
   * @param {string} store
   * @param {string} id
   * @returns {Promise<any>} null where there is none, or another key sealed it
   */
  async get(store, id) {
    const row = await request(this.database, store, "readonly", (rows) => rows.get(id));
    return row ? this.#unseal(row) : null;
  }

  /**
   * @param {string} store
   * @returns {Promise<{id: string, value: any}[]>} what this key sealed, in no order
   */
  async all(store) {
    /** @type {Row[]} */
    const rows = await request(this.database, store, "readonly", (all) => all.getAll());
    const opened = await Promise.all(rows.map(async (row) => ({ id: row.id, value: await this.#unseal(row) })));
    return opened.filter(({ value }) => value !== null);
  }

  /** @param {Row} row */
  async #unseal({ iv, sealed }) {
    try {
      const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, this.key, sealed);
      return JSON.parse(new TextDecoder().decode(plain));
    } catch {
      return null;
    }
  }
}

/**
 * @param {string} name
 * @param {string[]} stores
 * @returns {Promise<IDBDatabase>}
 */
function openDatabase(name, stores) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore(KEYS);
      for (const store of stores) opening.result.createObjectStore(store, { keyPath: "id" });
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}

/**
 * The key of this browser: made once, kept where it can be used but never read.
 *
 * @param {IDBDatabase} database
 * @param {string} key_id
 * @returns {Promise<CryptoKey>}
 */
async function keyOf(database, key_id) {
  const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  // One transaction: of two pages that open at once, both end with the key that was first.
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(KEYS, "readwrite");
    const store = transaction.objectStore(KEYS);
    const reading = store.get(key_id);
    reading.onsuccess = () => {
      if (!reading.result) store.put(fresh, key_id);
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
