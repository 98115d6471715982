/** @import {Exercise, Phase, Step} from "./types.js" */

/** @typedef {{phase: Phase, from: string, to: string, progress: number}} Pose */

// How long the hold is shown while the movement is only told.
const SHOWN_HOLD_S = 2;

/**
 * Where the drawn figure is at this second of the step; null where nothing is shown.
 *
 * @param {Step} step
 * @param {Exercise | undefined} exercise
 * @param {number} elapsed_s
 * @param {boolean} still whether only poses are shown, no movement
 * @returns {Pose | null}
 */
export function poseAt(step, exercise, elapsed_s, still) {
  const first = exercise?.phases[0];
  if (!exercise || !first) return null;
  if (step.phase && step.kind !== "explain") {
    return along(step.phase, still ? 1 : share(elapsed_s, step.duration_s));
  }
  if (step.kind === "announce") {
    const hold = exercise.phases.find((phase) => phase.id === "hold") ?? first;
    return along(hold, 1);
  }
  if (step.kind !== "explain") return along(first, 0);
  const lengths = exercise.phases.map((phase) => phase.seconds ?? SHOWN_HOLD_S);
  const cycle_s = lengths.reduce((sum, length) => sum + length, 0);
  let at_s = elapsed_s % cycle_s;
  for (const [index, phase] of exercise.phases.entries()) {
    const length = lengths[index] ?? 0;
    if (at_s < length) return along(phase, still ? 1 : share(at_s, length));
    at_s -= length;
  }
  return along(first, 0);
}

/**
 * @param {Phase} phase
 * @param {number} progress
 * @returns {Pose}
 */
function along(phase, progress) {
  return { phase, from: phase.from, to: phase.to, progress: eased(progress) };
}

/**
 * @param {number} elapsed_s
 * @param {number} duration_s
 */
function share(elapsed_s, duration_s) {
  return duration_s > 0 ? Math.min(1, elapsed_s / duration_s) : 1;
}

/**
 * A body starts and stops gently.
 *
 * @param {number} progress 0 to 1
 */
function eased(progress) {
  return (1 - Math.cos(Math.PI * progress)) / 2;
}
