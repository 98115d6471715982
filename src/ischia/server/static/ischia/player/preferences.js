/**
 * How this device likes to sound; nothing about a person.
 *
 * @typedef {{volume: number, muted: boolean, bell: boolean, breath: boolean, voice: "recorded" | "system"}} Preferences
 */

const NAME = "ischia-player";

/** @type {Preferences} */
const USUAL = { volume: 1, muted: false, bell: true, breath: true, voice: "recorded" };

/** @returns {Preferences} */
export function loadPreferences() {
  try {
    return { ...USUAL, ...JSON.parse(localStorage.getItem(NAME) ?? "{}") };
  } catch {
    return { ...USUAL };
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
