/** @import {Language} from "../player/types.js" */

const WATCHDOG_MS = 2000;

/** The device's own voice, behind a watchdog: some devices promise a voice and never speak. */
export class SystemVoice {
  #silent = false;

  /** @param {Language} language */
  works(language) {
    if (this.#silent || typeof speechSynthesis === "undefined") return false;
    return speechSynthesis.getVoices().some((voice) => voice.lang.toLowerCase().startsWith(language));
  }

  /**
   * @param {string} text
   * @param {Language} language
   * @param {number} volume 0 to 1
   * @param {() => void} otherwise called where the device stays silent
   */
  say(text, language, volume, otherwise) {
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = language;
    utterance.volume = volume;
    utterance.rate = 0.95;
    const own = speechSynthesis.getVoices().find((voice) => voice.lang.toLowerCase().startsWith(language));
    if (own) utterance.voice = own;
    const busy = speechSynthesis.speaking || speechSynthesis.pending;
    const watchdog = setTimeout(() => {
      if (busy) return;
      this.#silent = true;
      this.hush();
      otherwise();
    }, WATCHDOG_MS);
    utterance.onstart = () => clearTimeout(watchdog);
    utterance.onerror = () => clearTimeout(watchdog);
    speechSynthesis.speak(utterance);
  }

  hush() {
    if (typeof speechSynthesis !== "undefined") speechSynthesis.cancel();
  }
}
