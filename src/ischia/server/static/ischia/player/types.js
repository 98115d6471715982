/**
 * What the page is given and what the player's modules hand each other.
 *
 * @typedef {"en" | "vi"} Language
 * @typedef {"left" | "right" | "both"} Side
 * @typedef {"in" | "out" | "free"} Breathing
 * @typedef {"pain" | "tired" | "no_time" | "cannot" | "other"} SkipReason
 * @typedef {"hurts_more" | "unwell" | "enough"} StopReason
 * @typedef {"easy" | "right" | "hard"} Effort
 * @typedef {"camera" | "timer" | "hand"} MeasuredBy
 *
 * @typedef {{hold_s: number, repetitions: number, sets: number, rest_s: number}} Dose
 * @typedef {{side: Side, dose: Dose}} SideDose
 * @typedef {{exercise_id: string, doses: SideDose[]}} PlannedExercise
 * @typedef {{id: string, exercises: PlannedExercise[]}} Plan
 *
 * @typedef {{id: string, from: string, to: string, seconds?: number | null, breathing: Breathing}} Phase
 * @typedef {{position: string, phases: Phase[], figure?: string | null}} Exercise
 *
 * @typedef {object} ExerciseTexts
 * @property {string} title
 * @property {string} start_position
 * @property {string} movement
 * @property {string} [hold]
 * @property {string} [return]
 * @property {string} [breathing]
 * @property {string} [purpose]
 * @property {Record<string, string>} [phases]
 * @property {Record<string, string>} [faults]
 *
 * @typedef {object} Texts
 * @property {Record<string, ExerciseTexts>} exercises
 * @property {Record<string, string>} phrases
 * @property {Record<string, string>} ui
 *
 * @typedef {{url: string, duration_s: number}} Clip
 * @typedef {Record<string, Clip>} Voice  sentence to clip
 *
 * @typedef {object} Tempo  seconds, see the catalogue's player/tempo.toml
 * @property {number} lie_down_s
 * @property {number} turn_over_s
 * @property {number} hands_and_knees_s
 * @property {number} get_up_s
 * @property {number} stand_s
 * @property {number} settle_s
 * @property {number} side_change_s
 * @property {number} ready_s
 * @property {number} rest_min_s
 * @property {number} feedback_s
 * @property {number} farewell_s
 * @property {number} count_from_s
 * @property {number} count_hold_from_s
 * @property {number} halfway_from_s
 * @property {number} speech_gap_s
 *
 * @typedef {object} Symmetry  left against right
 * @property {boolean} measurable
 * @property {string | null} reason
 * @property {number | null} left
 * @property {number | null} right
 * @property {number | null} difference_deg
 * @property {number} confidence
 *
 * @typedef {object} SetEvent
 * @property {"set"} kind
 * @property {string} exercise_id
 * @property {Side} side
 * @property {number} number
 * @property {Dose} prescribed
 * @property {number} repetitions
 * @property {number[]} hold_s
 * @property {MeasuredBy} measured_by
 * @property {string} started_at
 * @property {string} ended_at
 * @property {object[]} reps  what a camera saw, edges in media seconds
 * @property {string[]} cues  faults that it saw
 * @property {Symmetry | null} symmetry
 *
 * @typedef {{kind: "skip", exercise_id: string, side: Side | null, reason: SkipReason, at: string}} SkipEvent
 * @typedef {{kind: "feedback", exercise_id: string, effort: Effort | null, pain: number | null, at: string}} FeedbackEvent
 *
 * @typedef {object} StopEvent
 * @property {"stop"} kind
 * @property {string | null} exercise_id
 * @property {StopReason} reason
 * @property {boolean | null} pain_further_down
 * @property {boolean | null} new_weakness_or_numbness
 * @property {string} at
 *
 * @typedef {{kind: "finish", at: string}} FinishEvent
 * @typedef {SetEvent | SkipEvent | FeedbackEvent | StopEvent | FinishEvent} SessionEvent
 *
 * @typedef {object} SessionData
 * @property {string} session_id
 * @property {Language} language
 * @property {Plan} plan
 * @property {Record<string, Exercise>} exercises
 * @property {Record<Language, Texts>} texts
 * @property {Record<Language, Voice>} voice
 * @property {Tempo} tempo
 * @property {SessionEvent[]} events  oldest first
 * @property {number} [left_s]  how long the session's day lasts yet
 * @property {boolean} [keeps_movement]  whether the person chose to keep a drawing of the movement
 * @property {number | null} [pain_before]  strongest pain of today's check-in
 * @property {"clips" | "system" | "none"} [speech]  the person's own setting
 * @property {{events: string, after: string, stop?: string, home?: string, language?: string}} urls
 * @property {string} csrf
 *
 * @typedef {"begin" | "announce" | "position" | "place" | "explain" | "ready" | "move" | "hold" | "return"
 *   | "pause" | "rest" | "side" | "feedback" | "end"} StepKind
 * @typedef {{text: string, at_s: number}} Say  spoken ``at_s`` seconds after the step began
 *
 * @typedef {object} Step
 * @property {string} id  the same in every language, so that a place in the session survives a change of language
 * @property {StepKind} kind
 * @property {number} duration_s
 * @property {string} caption
 * @property {Say[]} says
 * @property {number} exercise  place in the plan, -1 before the first and after the last
 * @property {string | null} exercise_id
 * @property {Side} side
 * @property {number} set  1 for the first
 * @property {number} sets
 * @property {number} rep  1 for the first, 0 outside repetitions
 * @property {number} reps
 * @property {string | null} position  the body's position once the step is over
 * @property {Phase | null} phase
 * @property {Breathing | null} breathing
 * @property {boolean} early  the person may say "I am ready" and end it
 * @property {Dose | null} dose
 * @property {boolean} completes_rep
 * @property {boolean} completes_set
 */

export {};
