/** @typedef {"clips" | "system" | "none"} Speaking the recorded voice, the device's own, or words on the screen alone */

/**
 * How this device likes to sound; nothing about a person.
 *
 * @typedef {{volume: number, muted: boolean, bell: boolean, breath: boolean, voice: Speaking, camera: boolean}} Preferences
 */

const NAME = "ischia-player";

/**
 * @param {Speaking} voice the person's own setting, for a device that was never told otherwise
 * @returns {Preferences}
 */
export function loadPreferences(voice = "clips") {
  /** @type {Preferences} */
  const usual = { volume: 1, muted: false, bell: true, breath: true, voice, camera: false };
  try {
    return { ...usual, ...JSON.parse(localStorage.getItem(NAME) ?? "{}") };
  } catch {
    return usual;
  }
}

/** @param {Preferences} preferences */
export function savePreferences(preferences) {
  try {
    localStorage.setItem(NAME, JSON.stringify(preferences));
  } catch {
    return;
  }
}
