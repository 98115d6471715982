import { changeOfPosition, isOnTheFloor } from "./positions.js";
import { setsLeft, wantsFeedback } from "./progress.js";
import { repetition } from "./repetition.js";
import { countDown, oneAfterAnother } from "./speech-plan.js";

/** @import {Dose, Exercise, Plan, SessionEvent, Side, Step, StepKind, Tempo, Texts, Voice} from "./types.js" */

/**
 * @typedef {object} TimelineInput
 * @property {Plan} plan
 * @property {Record<string, Exercise>} exercises
 * @property {Texts} texts of one language
 * @property {Voice} voice of the same language
 * @property {Tempo} tempo
 * @property {SessionEvent[]} events already on record, oldest first
 * @property {string | null} position how the body is now; null is unknown
 * @property {string} opening key of the phrase it begins with
 */

/**
 * What is still to do in this session, step by step, with its seconds. A pure function: the same input, the same
 * steps. Steps carry the same ids in every language.
 *
 * @param {TimelineInput} input
 * @returns {Step[]}
 */
export function buildTimeline(input) {
  const { plan, texts, tempo, events } = input;
  const { phrases } = texts;
  let position = input.position;
  const open = plan.exercises
    .map((planned, index) => ({ planned, index, left: setsLeft(planned, events) }))
    .filter(({ planned, left }) => left.length > 0 || wantsFeedback(events, planned.exercise_id));
  if (open.length === 0) return [];

  const steps = [spoken(input, { id: "begin", kind: "begin", position }, [phrases[input.opening]])];
  const lastIndex = open.findLast(({ left }) => left.length > 0)?.index;
  for (const { planned, index, left } of open) {
    const role = index === lastIndex && index > 0 ? "last" : index === open[0]?.index ? "first" : "next";
    const own = left.length > 0 ? exerciseSteps(input, index, left, position, role) : [];
    position = own.at(-1)?.position ?? position;
    steps.push(...own, feedbackStep(input, index, planned.exercise_id, position));
  }
  if (isOnTheFloor(position)) {
    const rising = changeOfPosition(position, "standing", phrases, tempo);
    const rise = { id: "rise", kind: /** @type {StepKind} */ ("position"), position: "standing", early: true };
    if (rising) steps.push(spoken(input, rise, rising.texts, rising.duration_s));
  }
  const end = spoken(input, { id: "end", kind: "end", position: "standing" }, [phrases.session_done], tempo.farewell_s);
  return [...steps, end];
}

/**
 * Seconds that remain, all steps from ``index`` on, ``elapsed_s`` of that one being over.
 *
 * @param {Step[]} steps
 * @param {number} index
 * @param {number} elapsed_s
 */
export function secondsLeft(steps, index, elapsed_s) {
  const ahead = steps.slice(index).reduce((sum, step) => sum + step.duration_s, 0);
  return Math.max(0, ahead - elapsed_s);
}

/**
 * Every sentence the steps may say, each once, in order.
 *
 * @param {Step[]} steps
 */
export function sentencesOf(steps) {
  return [...new Set(steps.flatMap((step) => step.says.map((say) => say.text)))];
}

/**
 * A pause of a few seconds before the person starts (again), counted down.
 *
 * @param {TimelineInput} input
 * @param {Partial<Step> & {id: string}} part
 * @param {(string | null | undefined)[]} before
 * @returns {Step}
 */
export function readyStep(input, part, before) {
  const { phrases } = input.texts;
  const { says, end_s } = oneAfterAnother(input.voice, [...before, phrases.get_ready], input.tempo.speech_gap_s);
  const duration_s = Math.max(input.tempo.ready_s, end_s + input.tempo.count_from_s);
  const counted = countDown(phrases, input.tempo.count_from_s, duration_s);
  return newStep({ kind: "ready", caption: phrases.get_ready ?? "", ...part, duration_s, says: [...says, ...counted] });
}

/**
 * The movement told and shown without doing it.
 *
 * @param {TimelineInput} input
 * @param {Partial<Step> & {id: string}} part
 * @param {string} exercise_id
 */
export function explainStep(input, part, exercise_id) {
  const words = input.texts.exercises[exercise_id];
  return spoken(input, { kind: "explain", early: true, ...part }, [words?.movement, words?.hold, words?.return, words?.breathing]);
}

/**
 * @param {TimelineInput} input
 * @param {number} index
 * @param {ReturnType<typeof setsLeft>} left
 * @param {string | null} before position of the body so far
 * @param {"first" | "next" | "last"} role
 * @returns {Step[]}
 */
function exerciseSteps(input, index, left, before, role) {
  const { texts, tempo, plan } = input;
  const { phrases } = texts;
  const exercise_id = plan.exercises[index]?.exercise_id ?? "";
  const exercise = input.exercises[exercise_id];
  const words = texts.exercises[exercise_id];
  const first = left[0];
  if (!exercise || !words || !first) return [];
  const { position } = exercise;
  const named = { exercise: index, exercise_id, early: true };
  const common = { ...named, position, side: first.side, dose: first.dose, sets: first.dose.sets, reps: first.dose.repetitions };

  /** @type {Step[]} */
  const steps = [];
  const lead = { first: null, next: phrases.next_exercise, last: phrases.last_exercise }[role];
  const announced = [lead, ...introduction(words.title, first.side, first.dose, phrases)];
  const announce = { ...common, id: `${index}.announce`, kind: /** @type {StepKind} */ ("announce"), position: before, caption: words.title };
  steps.push(spoken(input, announce, announced));
  const change = changeOfPosition(before, position, phrases, tempo);
  if (change) {
    const part = { ...common, id: `${index}.position`, kind: /** @type {StepKind} */ ("position") };
    steps.push(spoken(input, part, change.texts, change.duration_s));
  }
  steps.push(spoken(input, { ...common, id: `${index}.place`, kind: "place" }, [words.start_position], 0, tempo.settle_s));
  steps.push(explainStep(input, { ...common, id: `${index}.explain` }, exercise_id));

  left.forEach(({ side, dose, numbers }, sideIndex) => {
    if (sideIndex > 0) {
      const said = side === "both" ? [] : [phrases[`change_to_${side}`]];
      const part = { ...common, id: `${index}.${side}.side`, kind: /** @type {StepKind} */ ("side"), side, dose, sets: dose.sets };
      steps.push(spoken(input, part, said, tempo.side_change_s));
    }
    numbers.forEach((number, numberIndex) => {
      const set = { ...named, early: false, position, side, dose, set: number, sets: dose.sets, reps: dose.repetitions };
      const prefix = `${index}.${side}.${number}`;
      if (numberIndex > 0) steps.push(restStep(input, { ...set, early: true, id: `${prefix}.rest` }));
      steps.push(readyStep(input, { ...set, id: `${prefix}.ready` }, number > 1 ? [phrases[`set_${number}`]] : []));
      const context = { ...input, exercise, words, dose, step: setStep(set, prefix) };
      for (let rep = 1; rep <= dose.repetitions; rep += 1) {
        steps.push(...repetition(context, rep, rep === 1 && numberIndex === 0 && sideIndex === 0));
      }
    });
  });
  return steps;
}

/**
 * @param {Partial<Step>} set
 * @param {string} prefix
 * @returns {import("./repetition.js").RepContext["step"]}
 */
function setStep(set, prefix) {
  return (part) => newStep({ ...set, ...part, id: `${prefix}.${part.id}` });
}

/**
 * @param {string} title
 * @param {Side} side
 * @param {Dose} dose
 * @param {Record<string, string>} phrases
 */
function introduction(title, side, dose, phrases) {
  const sidePhrase = side === "both" ? null : phrases[`${side}_side`];
  const hold = dose.hold_s > 0 ? phrases[`hold_${dose.hold_s}`] : null;
  return [title, sidePhrase, phrases[`repetitions_${dose.repetitions}`], hold];
}

/**
 * @param {TimelineInput} input
 * @param {Partial<Step> & {id: string}} part
 */
function restStep(input, part) {
  const rest_s = Math.max(part.dose?.rest_s ?? 0, input.tempo.rest_min_s);
  const { phrases } = input.texts;
  return spoken(input, { kind: "rest", caption: phrases.rest ?? "", ...part }, [phrases.set_done, phrases.rest], rest_s);
}

/**
 * @param {TimelineInput} input
 * @param {number} index
 * @param {string} exercise_id
 * @param {string | null} position
 */
function feedbackStep({ texts, voice, tempo }, index, exercise_id, position) {
  const { phrases } = texts;
  const { says } = oneAfterAnother(voice, [phrases.exercise_done, phrases.ask_effort], tempo.speech_gap_s);
  return newStep({
    id: `${index}.feedback`,
    kind: "feedback",
    duration_s: tempo.feedback_s,
    caption: phrases.ask_effort ?? "",
    says,
    exercise: index,
    exercise_id,
    position,
  });
}

/**
 * A step that lasts as long as its speech, and at least ``least_s``; ``after_s`` is quiet time behind the speech.
 *
 * @param {TimelineInput} input
 * @param {Partial<Step> & {id: string}} part
 * @param {(string | null | undefined)[]} texts
 * @param {number} [least_s]
 * @param {number} [after_s]
 */
function spoken({ voice, tempo }, part, texts, least_s = 0, after_s = 0) {
  const { says, end_s } = oneAfterAnother(voice, texts, tempo.speech_gap_s);
  const caption = part.caption ?? says.map((say) => say.text).join(" ");
  return newStep({ ...part, caption, says, duration_s: Math.max(least_s, end_s + after_s) });
}

/**
 * @param {Partial<Step> & {id: string, duration_s: number}} part
 * @returns {Step}
 */
function newStep(part) {
  return {
    kind: "announce",
    caption: "",
    says: [],
    exercise: -1,
    exercise_id: null,
    side: "both",
    set: 0,
    sets: 0,
    rep: 0,
    reps: 0,
    position: null,
    phase: null,
    breathing: null,
    early: false,
    dose: null,
    completes_rep: false,
    completes_set: false,
    ...part,
  };
}

/** @type {ReadonlySet<StepKind>} */
const TOLD = new Set(["begin", "announce", "position", "place", "explain", "ready", "side"]);

/**
 * Whether a step consists of its words, so that it is heard whole again after a break.
 *
 * @param {Step} step
 */
export function isTold(step) {
  return TOLD.has(step.kind);
}

/**
 * The words to show at this second of the step: those being spoken where the step is told, else its caption.
 *
 * @param {Step} step
 * @param {number} elapsed_s
 */
export function captionAt(step, elapsed_s) {
  if (!isTold(step) || step.kind === "ready") return step.caption;
  return step.says.findLast(({ at_s }) => at_s <= elapsed_s)?.text ?? step.caption;
}
