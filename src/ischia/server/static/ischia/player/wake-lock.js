/** Keeps the screen awake while a session runs; where the browser cannot, the session goes on all the same. */
export class WakeLock {
  #wanted = false;
  /** @type {WakeLockSentinel | null} */ #lock = null;

  constructor() {
    document.addEventListener("visibilitychange", () => void this.#take());
  }

  hold() {
    this.#wanted = true;
    void this.#take();
  }

  release() {
    this.#wanted = false;
    void this.#lock?.release().catch(() => undefined);
    this.#lock = null;
  }

  async #take() {
    if (!this.#wanted || document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
    try {
      if (!this.#lock || this.#lock.released) this.#lock = await navigator.wakeLock.request("screen");
    } catch {
      this.#lock = null;
    }
  }
}
