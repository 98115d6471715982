/** @import {Tempo} from "./types.js" */

const ON_THE_FLOOR = new Set(["supine", "prone", "quadruped", "side_lying"]);

/**
 * How to come from one position of the body to another: what is said, and the time it is given.
 *
 * @param {string | null} from null where nobody knows, as after a reload
 * @param {string} to
 * @param {Record<string, string>} phrases
 * @param {Tempo} tempo
 * @returns {{texts: (string | undefined)[], duration_s: number} | null} null where the body stays as it is
 */
export function changeOfPosition(from, to, phrases, tempo) {
  if (from === to) return null;
  if (to === "standing") {
    const rising = from !== null && ON_THE_FLOOR.has(from);
    return {
      texts: [phrases[rising ? "get_up_slowly" : "stand_up"], phrases.stand_a_moment],
      duration_s: (rising ? tempo.get_up_s : 0) + tempo.stand_s,
    };
  }
  if (to === "quadruped") return { texts: [phrases.hands_and_knees], duration_s: tempo.hands_and_knees_s };
  if (to === "sitting") return { texts: [phrases.sit_down], duration_s: tempo.lie_down_s };
  const turning = from === "supine" || from === "prone" || from === "side_lying";
  const duration_s = turning ? tempo.turn_over_s : tempo.lie_down_s;
  if (to === "side_lying") return { texts: [phrases.lie_on_side], duration_s };
  const front = to === "prone";
  const key = turning ? (front ? "turn_to_front" : "turn_to_back") : front ? "lie_on_front" : "lie_on_back";
  return { texts: [phrases[key]], duration_s };
}

/** @param {string | null} position */
export function isOnTheFloor(position) {
  return position !== null && ON_THE_FLOOR.has(position);
}
