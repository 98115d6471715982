/** @import {PlannedExercise, SessionEvent, Side, StopEvent} from "./types.js" */

/**
 * What is already on record for one exercise. A set counts once it is recorded, however often it was sent.
 *
 * @param {SessionEvent[]} events
 * @param {string} exercise_id
 * @param {Side} side
 * @param {number} number
 */
export function isSetDone(events, exercise_id, side, number) {
  return events.some(
    (event) =>
      (event.kind === "set" && event.exercise_id === exercise_id && event.side === side && event.number === number) ||
      (event.kind === "skip" && event.exercise_id === exercise_id && (event.side === null || event.side === side)),
  );
}

/**
 * Whether the question "how was it?" is still open: something was done, nobody asked yet, nobody stopped it.
 *
 * @param {SessionEvent[]} events
 * @param {string} exercise_id
 */
export function wantsFeedback(events, exercise_id) {
  const own = events.filter((event) => event.kind !== "finish" && event.exercise_id === exercise_id);
  return own.some((event) => event.kind === "set") && !own.some((event) => event.kind === "feedback" || event.kind === "stop");
}

/**
 * The exercise as what is left of it: for each side the numbers of the sets still to do.
 *
 * @param {PlannedExercise} planned
 * @param {SessionEvent[]} events
 */
export function setsLeft(planned, events) {
  return planned.doses
    .map(({ side, dose }) => ({
      side,
      dose,
      numbers: Array.from({ length: dose.sets }, (_, index) => index + 1).filter(
        (number) => !isSetDone(events, planned.exercise_id, side, number),
      ),
    }))
    .filter(({ numbers }) => numbers.length > 0);
}

/**
 * The stop that ended the session, or null where the person went on afterwards.
 *
 * @param {SessionEvent[]} events oldest first
 * @returns {StopEvent | null}
 */
export function standingStop(events) {
  const last = events.at(-1);
  return last?.kind === "stop" ? last : null;
}

/** @param {SessionEvent[]} events */
export function isFinished(events) {
  return events.some((event) => event.kind === "finish");
}

/**
 * The last pain the person named in this session, else that of the check-in; null is "never answered".
 *
 * @param {SessionEvent[]} events
 * @param {number | null} before
 */
export function lastPain(events, before) {
  const named = events.findLast((event) => event.kind === "feedback" && event.pain !== null);
  return named?.kind === "feedback" ? named.pain : before;
}
