/** @import {Dose, Language, SessionData, Side, Texts} from "./types.js" */

/** All words of the page in the language of the moment. */
export class Words {
  /**
   * @param {SessionData} data
   * @param {Language} language
   */
  constructor(data, language) {
    this.data = data;
    this.language = language;
  }

  /** @returns {Texts} */
  get texts() {
    return this.data.texts[this.language];
  }

  get voice() {
    return this.data.voice[this.language];
  }

  /** @returns {Language} */
  get other() {
    return this.language === "en" ? "vi" : "en";
  }

  /**
   * An interface text with its {blanks} filled in.
   *
   * @param {string} key
   * @param {Record<string, string | number>} [blanks]
   */
  ui(key, blanks = {}) {
    const text = this.texts.ui[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => String(blanks[name] ?? whole));
  }

  /** @param {string} key */
  phrase(key) {
    return this.texts.phrases[key] ?? "";
  }

  /** @param {string | null} exercise_id */
  title(exercise_id) {
    return (exercise_id && this.texts.exercises[exercise_id]?.title) || "";
  }

  /** @param {Dose} dose */
  dose(dose) {
    const blanks = { sets: dose.sets, reps: dose.repetitions, seconds: dose.hold_s };
    return this.ui(dose.hold_s > 0 ? "dose_hold" : "dose", blanks);
  }

  /** @param {Side} side */
  side(side) {
    return side === "both" ? "" : this.ui(side);
  }

  /** Fill in every element that names its text. */
  apply() {
    document.documentElement.lang = this.language;
    document.title = `${this.ui("title")} · ischia`;
    for (const element of document.querySelectorAll("[data-text]")) {
      element.textContent = this.ui(element.getAttribute("data-text") ?? "");
    }
    for (const element of document.querySelectorAll("[data-label]")) {
      const label = this.ui(element.getAttribute("data-label") ?? "");
      element.setAttribute("aria-label", label);
      if (element instanceof HTMLButtonElement) element.title = label;
    }
  }
}

/**
 * Seconds as minutes and seconds: 75 is "1:15".
 *
 * @param {number} seconds
 */
export function clock(seconds) {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
