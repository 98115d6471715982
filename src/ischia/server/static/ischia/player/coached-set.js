/** @import {SetEvent} from "./types.js" */
/** @import {SeenRepetition, SeenSet} from "./coached-types.js" */

/**
 * One repetition as the player led through it.
 *
 * @typedef {{rep: number, hold_s: number | null, by_hand: boolean}} LedRepetition hold_s: seconds by the timer
 */

const SOONEST_S = Number.NEGATIVE_INFINITY;

/**
 * A set's record with what the camera saw of it. A repetition that it saw has the hold that it measured; one that it did
 * not see keeps the timer's; one that the person ticked off has none.
 *
 * @param {SetEvent} event as the timer would record it
 * @param {LedRepetition[]} led the repetitions of the record, in order
 * @param {Map<number, number>} begun repetition to the media second at which the player came to it
 * @param {SeenSet | null} seen
 * @returns {Pick<SetEvent, "repetitions" | "hold_s" | "measured_by" | "reps" | "cues" | "symmetry">}
 */
export function measured(event, led, begun, seen) {
  const found = assigned(led, begun, seen?.repetitions ?? []);
  const holds = led.map(({ rep, hold_s, by_hand }) => {
    const own = found.get(rep);
    return own ? own.hold_s : by_hand ? null : hold_s;
  });
  const reps = [...found.values()].map(({ hold_s: _, ...record }) => record);
  return {
    repetitions: event.repetitions,
    hold_s: holds.filter((hold_s) => hold_s !== null),
    measured_by: reps.length > 0 ? "camera" : led.some(({ by_hand }) => by_hand) ? "hand" : "timer",
    reps,
    cues: reps.length > 0 ? [...new Set(seen?.cues.map(({ id }) => id))] : [],
    symmetry: reps.length > 0 ? (seen?.symmetry ?? null) : null,
  };
}

/**
 * Which repetition of the player each one seen was, by the time of its hold; where two fall into one, the second takes
 * the next that is free. What is seen beyond those led through is not counted: nobody asked for it.
 *
 * @param {LedRepetition[]} led
 * @param {Map<number, number>} begun
 * @param {SeenRepetition[]} seen
 * @returns {Map<number, SeenRepetition>} in the order of the repetitions
 */
function assigned(led, begun, seen) {
  /** @type {Map<number, SeenRepetition>} */
  const found = new Map();
  for (const record of seen) {
    const at_s = record.hold_end_s ?? record.hold_start_s ?? record.end_s ?? record.start_s ?? SOONEST_S;
    const free = led.filter(({ rep }) => !found.has(rep));
    const own = free.findLast(({ rep }) => (begun.get(rep) ?? SOONEST_S) <= at_s);
    const taken = own ?? free[0];
    if (taken) found.set(taken.rep, record);
  }
  return new Map([...found].sort(([one], [other]) => one - other));
}
