// @ts-check
// An exercise's page: the flat figure at the dose's tempo; a film of a person or the 3-D view when asked for.

import { createFigure } from "../figure/figure.js";
import { momentAt, repetitionAt } from "./motion.js";

/** @typedef {import("./body.js").BodyView} BodyView */
/** @typedef {import("./body.js").Person} Person */
/**
 * @typedef {{figure: string, title: string, hold_s: number, three: string, people: Person[],
 *   phases: {id: string, from: string, to: string, seconds: number | null}[], sides: "both" | "left",
 *   film: {still_s?: number, hold_s?: number}, cues: Record<string, string>, words: Record<string, string>}} ExerciseData
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
// Not every exercise has a film.
const film = /** @type {HTMLVideoElement | null} */ (document.getElementById("exercise-film"));
const watchButton = document.getElementById("exercise-watch");
const motion = /** @type {any} */ ({ phases: data.phases });

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
  if (film && !film.hidden) {
    if (wanted) film.play().catch(() => play(false));
    else film.pause();
  }
}

/** Seconds from the start of a repetition to its hold. */
function untilHeld() {
  let seconds = 0;
  for (const one of data.phases) {
    if (one.seconds === null) break;
    seconds += one.seconds;
  }
  return seconds;
}

/** The film instead of the drawing, or the drawing again. @type {(wanted: boolean) => void} */
function watch(wanted) {
  if (!film || !watchButton) return;
  film.hidden = !wanted;
  box.hidden = wanted;
  watchButton.textContent = data.words[wanted ? "drawing" : "film"] ?? "";
  message.textContent = "";
  const { still_s = 0, hold_s = 0 } = data.film;
  film.preload = "auto";
  // Somebody who wants no movement sees the hold, until they press play.
  if (wanted && !playing && !film.currentTime) film.currentTime = still_s + untilHeld() + hold_s / 2;
  if (wanted) play(playing);
  else film.pause();
}

function tellOfFilm() {
  const { still_s = 0, hold_s = 0 } = data.film;
  if (film && !film.hidden) tell(momentAt(motion, hold_s, Math.max(0, film.currentTime - still_s)).phase);
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
  /** @type {(now: number) => void} */
  const frame = (now) => {
    waiting = requestAnimationFrame(frame);
    if (box.hidden) return void (phase = "");
    if (playing) seconds += Math.min(0.1, last ? (now - last) / 1000 : 0);
    last = now;
    if (!playing && phase) return;
    const moment = momentAt(motion, data.hold_s, seconds);
    const other = data.sides === "left" && repetitionAt(motion, data.hold_s, seconds) % 2 === 1;
    figure.show(moment.from, moment.to, moment.progress, data.sides === "left" ? (other ? "right" : "left") : "both");
    if (moment.phase !== phase) tell((phase = moment.phase));
  };
  if (still) seconds = untilHeld();
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
    watch(false);
    cancelFlat();
    box.hidden = true;
    if (watchButton) watchButton.hidden = true;
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
watchButton?.addEventListener("click", () => watch(film?.hidden ?? false));
film?.addEventListener("timeupdate", tellOfFilm);
film?.addEventListener("error", () => {
  watch(false);
  message.textContent = data.words["no_film"] ?? "";
});
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
if (watchButton) watchButton.hidden = false;
