// @ts-check
// An exercise's page: the flat figure at the dose's tempo, and the 3-D view when it is asked for.

import { createFigure } from "../figure/figure.js";
import { momentAt, repetitionAt } from "./motion.js";

/** @typedef {import("./body.js").BodyView} BodyView */
/** @typedef {import("./body.js").Person} Person */
/**
 * @typedef {{figure: string, title: string, hold_s: number, three: string, people: Person[],
 *   phases: {id: string, from: string, to: string, seconds: number | null}[], sides: "both" | "left",
 *   cues: Record<string, string>, words: Record<string, string>}} ExerciseData
 */

/** @type {<T extends HTMLElement>(id: string) => T} */
const the = (id) => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element ${id}`);
  return /** @type {any} */ (found);
};
/** @type {ExerciseData} */
const data = JSON.parse(the("exercise-data").textContent ?? "{}");
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const [box, cue, playButton] = [the("exercise-picture"), the("exercise-cue"), the("exercise-play")];
const [turnButton, tools] = [the("exercise-turn"), the("exercise-tools")];
const message = the("exercise-message");

/** @type {BodyView | null} */
let body = null;
let playing = !still;
let cancelFlat = () => {};

/** @type {(phase: string) => void} */
const tell = (phase) => {
  cue.textContent = data.cues[phase] ?? "";
};

/** @type {(wanted: boolean) => void} */
function play(wanted) {
  playing = wanted;
  playButton.textContent = data.words[wanted ? "pause" : "play"] ?? "";
  body?.play(wanted);
}

async function openFlat() {
  const answer = await fetch(data.figure);
  if (!answer.ok) return;
  const json = await answer.json();
  box.replaceChildren();
  const figure = createFigure(box, json, data.title);
  let seconds = 0;
  let last = 0;
  let waiting = 0;
  let phase = "";
  const motion = /** @type {any} */ ({ phases: data.phases });
  /** @type {(now: number) => void} */
  const frame = (now) => {
    waiting = requestAnimationFrame(frame);
    if (playing) seconds += Math.min(0.1, last ? (now - last) / 1000 : 0);
    last = now;
    if (!playing && phase) return;
    const moment = momentAt(motion, data.hold_s, seconds);
    const other = data.sides === "left" && repetitionAt(motion, data.hold_s, seconds) % 2 === 1;
    figure.show(moment.from, moment.to, moment.progress, data.sides === "left" ? (other ? "right" : "left") : "both");
    if (moment.phase !== phase) tell((phase = moment.phase));
  };
  if (still) {
    for (const one of data.phases) {
      if (one.seconds === null) break;
      seconds += one.seconds;
    }
  }
  waiting = requestAnimationFrame(frame);
  cancelFlat = () => cancelAnimationFrame(waiting);
}

async function openTurning() {
  turnButton.setAttribute("disabled", "");
  message.textContent = data.words["loading"] ?? "";
  try {
    const { openBody } = await import("./body.js");
    const room = document.createElement("div");
    room.className = "body-room";
    box.parentElement?.insertBefore(room, box);
    try {
      body = await openBody(room, { ...data, still, onPhase: tell });
    } catch (error) {
      room.remove();
      throw error;
    }
    cancelFlat();
    box.hidden = true;
    turnButton.hidden = true;
    tools.hidden = false;
    message.textContent = data.words["how"] ?? "";
    body.play(playing);
    room.querySelector("canvas")?.focus({ preventScroll: true });
  } catch {
    message.textContent = data.words[data.three ? "failed" : "missing"] ?? "";
    turnButton.removeAttribute("disabled");
  }
}

playButton.addEventListener("click", () => play(!playing));
turnButton.addEventListener("click", openTurning);
tools.addEventListener("change", (event) => {
  const chosen = /** @type {HTMLInputElement} */ (event.target);
  if (chosen.name === "person") body?.wear(chosen.value).catch(() => (message.textContent = data.words["failed"] ?? ""));
});
tools.addEventListener("click", (event) => {
  const view = /** @type {HTMLElement} */ (event.target).closest("button")?.dataset["view"];
  if (view) body?.view(view);
});
play(playing);
openFlat();
playButton.hidden = false;
turnButton.hidden = false;
