/** @import {Say, Voice} from "./types.js" */

// A sentence without a clip is only shown (or read by the device's own voice): time to read it aloud.
const LETTERS_PER_S = 13;
const SHORTEST_S = 0.6;

/**
 * Seconds it takes to say a sentence. From the clip list alone: sound itself never drives time.
 *
 * @param {Voice} voice
 * @param {string} text
 */
export function spokenSeconds(voice, text) {
  return voice[text]?.duration_s ?? Math.max(SHORTEST_S, text.length / LETTERS_PER_S);
}

/**
 * Sentences one after another from ``from_s`` on.
 *
 * @param {Voice} voice
 * @param {(string | null | undefined)[]} texts empty ones are left out
 * @param {number} gap_s
 * @param {number} [from_s]
 * @returns {{says: Say[], end_s: number}}
 */
export function oneAfterAnother(voice, texts, gap_s, from_s = 0) {
  /** @type {Say[]} */
  const says = [];
  let at_s = from_s;
  for (const text of texts) {
    if (!text) continue;
    says.push({ text, at_s });
    at_s += spokenSeconds(voice, text) + gap_s;
  }
  return { says, end_s: at_s };
}

/**
 * "Three, two, one" on the last seconds of a step.
 *
 * @param {Record<string, string>} phrases
 * @param {number} from_s how many seconds are counted
 * @param {number} end_s when the step ends
 * @returns {Say[]}
 */
export function countDown(phrases, from_s, end_s) {
  /** @type {Say[]} */
  const says = [];
  for (let n = from_s; n >= 1; n -= 1) {
    const text = phrases[`number_${n}`];
    if (text && end_s - n >= 0) says.push({ text, at_s: end_s - n });
  }
  return says;
}
