import { byId } from "./elements.js";
import { savePreferences } from "./preferences.js";

/** @import {Preferences, Speaking} from "./preferences.js" */

/** How the device sounds: volume, voice, bell, breathing. */
export class SettingsPanel {
  #volume = byId("volume", HTMLInputElement);
  #bell = byId("use-bell", HTMLInputElement);
  #breath = byId("use-breath", HTMLInputElement);
  #system = byId("voice-system", HTMLInputElement);

  /**
   * @param {Preferences} preferences changed in place
   * @param {() => void} changed
   */
  constructor(preferences, changed) {
    this.preferences = preferences;
    this.changed = changed;
    this.#volume.addEventListener("input", () => this.#set({ volume: this.#volume.valueAsNumber }));
    this.#bell.addEventListener("change", () => this.#set({ bell: this.#bell.checked }));
    this.#breath.addEventListener("change", () => this.#set({ breath: this.#breath.checked }));
    for (const choice of document.querySelectorAll("input[name=voice]")) {
      if (!(choice instanceof HTMLInputElement)) continue;
      choice.addEventListener("change", () => this.#set({ voice: /** @type {Speaking} */ (choice.value) }));
    }
  }

  /** @param {boolean} hasSystemVoice */
  show(hasSystemVoice) {
    const { volume, bell, breath, voice } = this.preferences;
    this.#volume.valueAsNumber = volume;
    this.#bell.checked = bell;
    this.#breath.checked = breath;
    this.#system.disabled = !hasSystemVoice;
    const heard = voice === "system" && !hasSystemVoice ? "clips" : voice;
    for (const choice of document.querySelectorAll("input[name=voice]")) {
      if (choice instanceof HTMLInputElement) choice.checked = choice.value === heard;
    }
  }

  /** @param {Partial<Preferences>} change */
  #set(change) {
    Object.assign(this.preferences, change);
    savePreferences(this.preferences);
    this.changed();
  }
}
