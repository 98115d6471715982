/**
 * What the player asks of a camera coach (``../coach/coach.js``), and what it hears from it.
 *
 * @typedef {"unseen" | "rest" | "out" | "hold" | "back"} Phase
 *
 * @typedef {object} Live  one frame, as far as anything can be said of it now
 * @property {number} t_s media seconds
 * @property {number | null} progress
 * @property {Phase} phase
 * @property {number} count
 * @property {number} hold_s seconds of the hold that is going on
 * @property {boolean} scored
 * @property {string | null} reason
 * @property {string | null} framing
 * @property {string | null} say
 * @property {boolean} good
 * @property {boolean} unseen_repetition
 *
 * @typedef {object} SeenRepetition
 * @property {number | null} start_s
 * @property {number | null} hold_start_s
 * @property {number | null} hold_end_s
 * @property {number | null} end_s
 * @property {number | null} hold_s
 * @property {"left" | "right" | "both"} side
 * @property {boolean} complete
 * @property {number} confidence
 *
 * @typedef {object} SeenSet  what the coach says of a whole set
 * @property {SeenRepetition[]} repetitions
 * @property {{id: string}[]} cues
 * @property {import("./types.js").Symmetry | null} symmetry
 *
 * @typedef {object} CoachListener
 * @property {(share: number) => void} progress of loading, 0 to 1
 * @property {() => void} ready
 * @property {(live: Live) => void} live
 * @property {(trouble: string) => void} trouble
 * @property {() => void} recovered
 *
 * @typedef {object} Coach
 * @property {HTMLVideoElement} preview
 * @property {() => string | null} supported why there can be no camera here, or null
 * @property {() => Promise<void>} load
 * @property {(source: MediaStream) => Promise<void>} open
 * @property {(set: {exercise_id: string, side: string, repetitions: number, hold_s: number}) => Promise<void>} begin
 * @property {() => Promise<SeenSet | null>} finish
 * @property {() => void} close
 * @property {() => void} end
 */

export {};
