/** @import {Voice} from "../player/types.js" */

const AT_ONCE = 4;
const RATE_HZ = 44100;

/** The spoken clips of a session: fetched and decoded ahead, each once. */
export class Clips {
  /** @type {Map<string, AudioBuffer>} */ #ready = new Map();

  /**
   * Fetch and decode, a few at a time, before any sound is allowed. A clip that cannot be had is left out: its words
   * are still on the screen.
   *
   * @param {Voice} voice
   * @param {string[]} sentences in the order they will be wanted
   */
  async load(voice, sentences) {
    if (typeof OfflineAudioContext === "undefined") return;
    const decoder = new OfflineAudioContext(1, 1, RATE_HZ);
    const urls = [...new Set(sentences.flatMap((text) => voice[text]?.url ?? []))].filter((url) => !this.#ready.has(url));
    const queue = urls.values();
    const worker = async () => {
      for (const url of queue) {
        try {
          const answer = await fetch(url);
          if (answer.ok) this.#ready.set(url, await decoder.decodeAudioData(await answer.arrayBuffer()));
        } catch {
          continue;
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  /** @param {string | undefined} url */
  get(url) {
    return url === undefined ? undefined : this.#ready.get(url);
  }
}
