/**
 * Where all sound of the page comes out: one context, one volume. Made by a tap, as browsers demand; where there is
 * no sound at all, everything else goes on without it.
 */
export class SoundOutput {
  /** @type {AudioContext | null} */ context = null;
  /** @type {GainNode | null} */ #volume = null;
  #level = 1;
  #muted = false;

  /** Call from a tap or key. */
  open() {
    try {
      this.context ??= new AudioContext({ latencyHint: "interactive" });
      if (!this.#volume) {
        this.#volume = this.context.createGain();
        this.#volume.connect(this.context.destination);
      }
      void this.context.resume().catch(() => undefined);
    } catch {
      this.context = null;
    }
    this.#apply();
  }

  /** @returns {AudioNode | null} */
  get input() {
    return this.#volume;
  }

  /** @param {number} level 0 to 1 */
  setLevel(level) {
    this.#level = level;
    this.#apply();
  }

  /** @param {boolean} muted */
  setMuted(muted) {
    this.#muted = muted;
    this.#apply();
  }

  get muted() {
    return this.#muted;
  }

  get level() {
    return this.#level;
  }

  #apply() {
    if (this.#volume) this.#volume.gain.value = this.#muted ? 0 : this.#level;
  }
}
