/** @import {SetEvent, Symmetry} from "./types.js" */
/** @import {SetRecord} from "../coach/types.js" */

/**
 * One repetition as the player led through it.
 *
 * @typedef {{rep: number, hold_s: number | null, by_hand: boolean}} LedRepetition hold_s: seconds by the timer
 */

/** @typedef {SetRecord["repetitions"][number]} SeenRepetition */

const SOONEST_S = Number.NEGATIVE_INFINITY;

/**
 * A set's record with what the camera saw of it. A repetition that it saw has the hold that it measured; one that it did
 * not see keeps the timer's; one that the person ticked off has none. What the person was told was not seen is not on
 * record as seen, and neither are its faults.
 *
 * @param {SetEvent} event as the timer would record it
 * @param {LedRepetition[]} led the repetitions of the record, in order
 * @param {Map<number, number>} begun repetition to the media second at which the player came to it
 * @param {SetRecord | null} seen
 * @param {ReadonlySet<number>} [missed] repetitions that were said to be not seen
 * @returns {Pick<SetEvent, "repetitions" | "hold_s" | "measured_by" | "reps" | "cues" | "symmetry">}
 */
export function measured(event, led, begun, seen, missed = new Set()) {
  const found = assigned(led, begun, seen?.repetitions ?? []);
  const dropped = [...missed].flatMap((rep) => found.get(rep) ?? []);
  for (const rep of missed) found.delete(rep);
  const cues = seen?.cues.filter(({ at_s }) => !dropped.some((one) => spans(one, at_s))) ?? [];
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
    cues: reps.length > 0 ? [...new Set(cues.map(({ id }) => id))] : [],
    symmetry: reps.length > 0 ? /** @type {Symmetry | null} */ (seen?.symmetry ?? null) : null,
  };
}

/**
 * Which repetition of the player each one seen was, by the time of its hold; where two fall into one, the second takes
 * the next that is free. What is seen before or beyond those led through is not counted: nobody asked for it.
 *
 * @param {LedRepetition[]} led
 * @param {Map<number, number>} begun
 * @param {SeenRepetition[]} seen
 * @returns {Map<number, SeenRepetition>} in the order of the repetitions
 */
function assigned(led, begun, seen) {
  /** @type {Map<number, SeenRepetition>} */
  const found = new Map();
  const first_s = begun.size > 0 ? Math.min(...begun.values()) : SOONEST_S;
  for (const record of seen) {
    const at_s = record.hold_end_s ?? record.hold_start_s ?? record.end_s ?? record.start_s ?? SOONEST_S;
    if (at_s < first_s) continue;
    const free = led.filter(({ rep }) => !found.has(rep));
    const own = free.findLast(({ rep }) => (begun.get(rep) ?? SOONEST_S) <= at_s);
    const taken = own ?? free[0];
    if (taken) found.set(taken.rep, record);
  }
  return new Map([...found].sort(([one], [other]) => one - other));
}

/**
 * @param {SeenRepetition} record
 * @param {number} at_s
 */
function spans({ start_s, end_s }, at_s) {
  return (start_s ?? SOONEST_S) <= at_s && at_s <= (end_s ?? Infinity);
}
