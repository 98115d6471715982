// @ts-check
// What goes between the page, the coach and its two workers. Types only.

/**
 * Why the camera cannot be used, or not now. The page has the words for each.
 * @typedef {"denied" | "no_camera" | "in_use" | "insecure" | "unsupported" | "model_missing" | "model_damaged"
 *   | "worker_failed" | "given_up" | "camera_lost" | "black" | "offline"} Trouble
 */

/**
 * What can be shown and said after one frame. Times are media seconds, angles degrees.
 * `landmarks` are 33 of x, y, z, visibility, for drawing in this page alone.
 * `latency_ms` runs from the frame's capture to now.
 * @typedef {{t_s: number, progress: number | null, phase: "unseen" | "rest" | "out" | "hold" | "back",
 *   count: number, hold_s: number, hip_deg: number | null, trunk_deg: number | null, scored: boolean,
 *   reason: string | null, framing: string | null, say: string | null, good: boolean,
 *   unseen_repetition: boolean, landmarks: Float32Array | null, latency_ms: number}} Live
 */

/**
 * The records of a set, as `ischia analyse --json` gives them.
 * @typedef {{exercise: string, count: number, view: string,
 *   repetitions: {start_s: number | null, hold_start_s: number | null, hold_end_s: number | null,
 *     end_s: number | null, hold_s: number | null, side: string, complete: boolean, confidence: number}[],
 *   cues: {at_s: number, id: string, confidence: number}[],
 *   symmetry: Record<string, unknown> | null,
 *   not_scored: {from_s: number, to_s: number, reason: string}[]}} SetRecord
 */

/** @typedef {{exercise_id: string, side: "left" | "right" | "both", repetitions: number, hold_s: number}} SetAsked */

/**
 * A file that the coach loads; its address changes with its content.
 * @typedef {{name: string, url: string, bytes: number, sha256: string}} Asset
 */

/** @typedef {Record<string, Asset>} Assets by name */

/**
 * A frame with what was found in it; `landmarks` null where nobody was seen.
 * @typedef {{t_s: number, landmarks: Float32Array | null, width: number, height: number, people: number}} Row
 */

/**
 * A picture out of a camera or a file. `captured_ms` is on the clock of `performance.now()`.
 * @typedef {{picture: ImageBitmap, t_s: number, captured_ms: number, width: number, height: number}} Shot
 */

/** Something that carries a Trouble from where it happens to where it is told. */
export class TroubleError extends Error {
  /** @param {Trouble} trouble */
  constructor(trouble) {
    super(trouble);
    this.trouble = trouble;
  }
}

/** @type {(error: unknown, otherwise: Trouble) => Trouble} */
export const troubleOf = (error, otherwise) => (error instanceof TroubleError ? error.trouble : otherwise);
