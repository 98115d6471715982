import { countDown, oneAfterAnother, spokenSeconds } from "./speech-plan.js";

/** @import {Dose, Exercise, ExerciseTexts, Phase, Say, Step, StepKind, Tempo, Texts, Voice} from "./types.js" */

/**
 * @typedef {object} RepContext
 * @property {Exercise} exercise
 * @property {ExerciseTexts} words
 * @property {Texts} texts
 * @property {Voice} voice
 * @property {Tempo} tempo
 * @property {Dose} dose
 * @property {(part: Partial<Step> & {id: string, kind: StepKind, duration_s: number}) => Step} step
 */

/** @param {Phase} phase */
const isHold = (phase) => phase.id === "hold" || phase.seconds == null;

/**
 * The phases of one repetition. The rest after the last repetition is left out: the set is done on the way back.
 *
 * @param {Exercise} exercise
 * @param {boolean} last
 */
export function phasesOfRepetition(exercise, last) {
  const lastMove = exercise.phases.findLastIndex((phase) => phase.from !== phase.to || isHold(phase));
  return last ? exercise.phases.slice(0, lastMove + 1) : exercise.phases;
}

/**
 * One repetition as steps. The first of a set is told in full, the others only counted; movements keep the
 * exercise's own tempo, and only the first waits for its words.
 *
 * @param {RepContext} context
 * @param {number} rep 1 for the first
 * @param {boolean} told whether the phases are spoken in full
 * @returns {Step[]}
 */
export function repetition({ exercise, words, texts, voice, tempo, dose, step }, rep, told) {
  const { phrases } = texts;
  const last = rep === dose.repetitions;
  const phases = phasesOfRepetition(exercise, last);
  const holdAt = phases.findIndex(isHold);
  const count = phrases[`number_${rep}`];
  const lastWords = last && dose.repetitions > 2 ? phrases.last_one : null;
  const ends = phases.findLastIndex((phase) => phase.from !== phase.to || isHold(phase));

  return phases.flatMap((phase, index) => {
    const name = words.phases?.[phase.id];
    const base = { phase, breathing: phase.breathing, rep, reps: dose.repetitions, dose };
    const done = { completes_rep: index === ends, completes_set: last && index === ends };
    const id = `rep${rep}.${phase.id}`;
    if (isHold(phase)) {
      if (dose.hold_s <= 0) return [];
      const says = holdSpeech(dose.hold_s, told ? [words.hold, name] : [name], { phrases, voice, tempo, told });
      const caption = (told && words.hold) || name || phrases[`hold_${dose.hold_s}`] || "";
      return [step({ ...base, ...done, id, kind: "hold", duration_s: dose.hold_s, caption, says })];
    }
    const still = phase.from === phase.to;
    /** @type {StepKind} */
    const kind = still ? "pause" : index < holdAt || holdAt < 0 ? "move" : "return";
    const seconds = phase.seconds ?? 0;
    const opening = index === 0 ? [lastWords ?? count] : [];
    const breath = phase.breathing === "in" ? phrases.breathe_in : phase.breathing === "out" ? phrases.breathe_out : null;
    const wanted = told ? [...opening, ...(still ? [] : [name, breath])] : opening.length > 0 ? opening : [still ? null : name];
    const { says, end_s } = oneAfterAnother(voice, wanted, tempo.speech_gap_s);
    const fits = end_s <= seconds + tempo.speech_gap_s;
    const spoken = told || fits ? says : [];
    return [
      step({
        ...base,
        ...done,
        id,
        kind,
        duration_s: told ? Math.max(seconds, end_s) : seconds,
        caption: name ?? words.movement,
        says: spoken,
      }),
    ];
  });
}

/**
 * What is said during a hold: the first instruction there is time for, the half of a long one, its last seconds.
 *
 * @param {number} hold_s
 * @param {(string | undefined)[]} instructions
 * @param {{phrases: Record<string, string>, voice: Voice, tempo: Tempo, told: boolean}} context
 * @returns {Say[]}
 */
function holdSpeech(hold_s, instructions, { phrases, voice, tempo, told }) {
  const long = hold_s >= tempo.count_hold_from_s;
  const counted = long ? countDown(phrases, tempo.count_from_s, hold_s) : [];
  const half_s = hold_s / 2;
  const half =
    hold_s >= tempo.halfway_from_s
      ? oneAfterAnother(voice, [phrases.halfway, phrases.keep_breathing], tempo.speech_gap_s, half_s).says
      : [];
  const until_s = half.length > 0 ? half_s : (counted[0]?.at_s ?? hold_s);
  const fitting = instructions.find((text) => text && spokenSeconds(voice, text) + 2 * tempo.speech_gap_s <= until_s);
  const opening = fitting && (told || long) ? [{ text: fitting, at_s: tempo.speech_gap_s }] : [];
  return [...opening, ...half, ...counted];
}
