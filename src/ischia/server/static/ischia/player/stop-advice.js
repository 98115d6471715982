/** @import {StopEvent} from "./types.js" */

/**
 * What to say after a stop: keys of phrases, whether it is urgent, and whether the session may go on without the
 * exercise. Only two clear "no" allow it: an answer that is missing never does.
 *
 * @typedef {{phrases: string[], urgent: boolean, may_go_on: boolean}} Advice
 *
 * @param {Pick<StopEvent, "reason" | "exercise_id" | "pain_further_down" | "new_weakness_or_numbness">} stop
 * @returns {Advice}
 */
export function adviceFor({ reason, exercise_id, pain_further_down, new_weakness_or_numbness }) {
  if (new_weakness_or_numbness) {
    return { phrases: ["stop_urgent", "stop_emergency"], urgent: true, may_go_on: false };
  }
  if (reason === "enough") return { phrases: ["stop_enough"], urgent: false, may_go_on: false };
  if (reason === "unwell") return { phrases: ["stop_unwell"], urgent: false, may_go_on: false };
  if (pain_further_down) return { phrases: ["stop_further_down"], urgent: false, may_go_on: false };
  const clear = pain_further_down === false && new_weakness_or_numbness === false;
  return { phrases: ["stop_hurts"], urgent: false, may_go_on: clear && exercise_id !== null };
}
