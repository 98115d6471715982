// @ts-check
// Where the bones of the 3-D body are at any moment of an exercise. Plain numbers; no drawing, no clock.

/**
 * Moving bones with their turns in every picture, from /bodies/<body>/<exercise>.json.
 * @typedef {{id: string, position: string, equipment: string[], bones: string[], frames: number[][],
 *   at: number[][], poses: Record<string, number>, ways: [string, string, number[]][],
 *   sides: "both" | "left", phases: {id: string, from: string, to: string, seconds: number | null}[],
 *   things: Record<string, Record<string, number>>, reach: number[]}} BodyMotion
 * @typedef {{at: [number, number, number], turns: Map<string, number[]>}} Picture
 * @typedef {{from: string, to: string, progress: number, phase: string}} Moment
 */

/** Turns are written as whole numbers of this many to one. */
const ONE = 10000;

/**
 * The body's bones on the way from one pose to another.
 * @param {BodyMotion} motion
 * @param {Moment} moment
 * @param {boolean} [mirrored] the other side works
 * @returns {Picture}
 */
export function pictureAt(motion, moment, mirrored = false) {
  const way = wayOf(motion, moment.from, moment.to);
  const along = Math.min(1, Math.max(0, moment.progress)) * (way.length - 1);
  const i = Math.min(Math.floor(along), Math.max(0, way.length - 2));
  const [first, second] = [way[i] ?? 0, way[Math.min(i + 1, way.length - 1)] ?? 0];
  const share = along - i;
  const [a, b] = [motion.frames[first] ?? [], motion.frames[second] ?? []];
  /** @type {Map<string, number[]>} */
  const turns = new Map();
  motion.bones.forEach((bone, k) => {
    const turn = between(a.slice(4 * k, 4 * k + 4), b.slice(4 * k, 4 * k + 4), share);
    if (mirrored) turns.set(otherSide(bone), [-(turn[0] ?? 0), -(turn[1] ?? 0), turn[2] ?? 0, turn[3] ?? 1]);
    else turns.set(bone, turn);
  });
  const [p, q] = [motion.at[first] ?? [0, 0, 0], motion.at[second] ?? [0, 0, 0]];
  /** @type {(k: number) => number} */
  const mixed = (k) => ((p[k] ?? 0) * (1 - share) + (q[k] ?? 0) * share) / 1000;
  return { at: [mixed(0), mixed(1), mirrored ? -mixed(2) : mixed(2)], turns };
}

/**
 * Between two turns, the short way round; near enough to each other that a straight line will do.
 * @param {number[]} a
 * @param {number[]} b
 * @param {number} share
 * @returns {number[]}
 */
function between(a, b, share) {
  const same = a.reduce((sum, v, k) => sum + v * (b[k] ?? 0), 0) < 0 ? -1 : 1;
  const mixed = a.map((v, k) => (v * (1 - share) + same * (b[k] ?? 0) * share) / ONE);
  const length = Math.hypot(...mixed) || 1;
  return mixed.map((v) => v / length);
}

/**
 * @param {string} bone
 * @returns {string}
 */
function otherSide(bone) {
  if (bone.endsWith("_left")) return bone.replace(/_left$/, "_right");
  return bone.replace(/_right$/, "_left");
}

/**
 * The pictures passed from one pose to another; a way back is the way there, turned round.
 * @param {BodyMotion} motion
 * @param {string} from
 * @param {string} to
 * @returns {number[]}
 */
function wayOf(motion, from, to) {
  const there = motion.ways.find(([a, b]) => a === from && b === to);
  if (there) return there[2];
  const back = motion.ways.find(([a, b]) => a === to && b === from);
  if (back) return [...back[2]].reverse();
  const [a, b] = [motion.poses[from] ?? 0, motion.poses[to] ?? motion.poses[from] ?? 0];
  return a === b ? [a] : [a, b];
}

/**
 * How far a person has moved at a share of the time: unhurried movement starts and ends gently.
 * @param {number} share
 * @returns {number}
 */
export function ease(share) {
  return share * share * (3 - 2 * share);
}

/**
 * Seconds of one whole repetition, hold included.
 * @param {BodyMotion} motion
 * @param {number} holdSeconds
 * @returns {number}
 */
export function repetitionSeconds(motion, holdSeconds) {
  return motion.phases.reduce((sum, phase) => sum + (phase.seconds ?? holdSeconds), 0);
}

/**
 * What the body does at a time of a repetition that begins again and again.
 * @param {BodyMotion} motion
 * @param {number} holdSeconds
 * @param {number} seconds
 * @returns {Moment}
 */
export function momentAt(motion, holdSeconds, seconds) {
  let left = seconds % Math.max(0.1, repetitionSeconds(motion, holdSeconds));
  for (const phase of motion.phases) {
    const lasts = phase.seconds ?? holdSeconds;
    if (left < lasts) return { from: phase.from, to: phase.to, progress: ease(left / lasts), phase: phase.id };
    left -= lasts;
  }
  const last = motion.phases.at(-1);
  return { from: last?.from ?? "start", to: last?.to ?? "start", progress: 1, phase: last?.id ?? "" };
}

/**
 * How many times the repetition has begun.
 * @param {BodyMotion} motion
 * @param {number} holdSeconds
 * @param {number} seconds
 * @returns {number}
 */
export function repetitionAt(motion, holdSeconds, seconds) {
  return Math.floor(seconds / Math.max(0.1, repetitionSeconds(motion, holdSeconds)));
}
