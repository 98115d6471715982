// @ts-check
// The page to try the camera out. It shows what the coach says, and keeps nothing.

import { lacking } from "./camera.js";
import { Coach, openCamera } from "./coach.js";
import { Curve, drawSkeleton } from "./drawing.js";
import { troubleOf } from "./types.js";

/** @typedef {import("./types.js").Live} Live */
/** @typedef {import("./types.js").SetRecord} SetRecord */
/**
 * @typedef {{exercises: Record<string, {hold_s: number, still: string, faults: Record<string, string>}>,
 *   words: Record<string, any>, there: boolean}} CameraData
 */

const LONGEST_S = 300;
const REPETITIONS = 10;
const UNPLAYABLE = new Error("the browser cannot play it");

/** @type {<T extends HTMLElement>(id: string) => T} */
const the = (id) => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element ${id}`);
  return /** @type {any} */ (found);
};
/** @type {CameraData} */
const data = JSON.parse(the("camera-data").textContent ?? "{}");
const { words } = data;
const stage = the("stage");
const [startButton, stopButton, anewButton, pick] = [the("start"), the("stop"), the("anew"), the("pick")];
/** @type {HTMLSelectElement} */
const choice = the("exercise");
/** @type {HTMLInputElement} */
const fileInput = the("file");
/** @type {HTMLCanvasElement} */
const skeleton = the("skeleton");
const curve = new Curve(the("curve"));

/** @type {HTMLVideoElement | null} */
let film = null;
/** @type {MediaStream | null} */
let stream = null;
let opening = false;
let turn = 0;
let troubled = false;
let set_s = 0;

/** @type {(text: string, parts: Record<string, unknown>) => string} */
const filled = (text, parts) => text.replace(/\{(\w+)\}/g, (_, name) => String(parts[name] ?? ""));
const number = new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 0, signDisplay: "negative" });
/** @type {(seconds: number | null) => string} */
const seconds = (value) => (value === null ? "–" : number.format(value));
/** @type {(angle: number | null) => string} */
const degrees = (angle) => (angle === null ? "–" : `${whole.format(((((angle + 180) % 360) + 360) % 360) - 180)}°`);

/** @type {(text: string, good?: boolean) => void} */
function advise(text, good = false) {
  const advice = the("advice");
  if (advice.textContent !== text) advice.textContent = text;
  advice.classList.toggle("good", good);
}

/** @type {(trouble: string) => void} */
function tell(trouble) {
  advise(filled(words["trouble"][trouble] ?? "", { what: lacking("camera").join(", ") }));
}

const coach = new Coach({
  progress: (share) => load(share),
  ready: () => load(1),
  live: (live) => show(live),
  trouble: (trouble) => {
    troubled = true;
    tell(trouble);
    if (trouble === "given_up" || (trouble === "camera_lost" && !isLive())) stop();
  },
  recovered: () => {
    troubled = false;
    advise(words["again"], true);
  },
  slow: () => (the("correction").textContent = words["slow"]),
  ended: () => finish(),
});

/** @param {number} share */
function load(share) {
  const box = the("loading");
  const was = box.hidden;
  box.hidden = share >= 1 || !opening;
  /** @type {HTMLProgressElement} */ (the("loading-bar")).value = share;
  if (!box.hidden || !was) the("loading-words").textContent = filled(words["loading"], { percent: Math.round(100 * share) });
}

/** Whether the camera is on. */
const isLive = () => stream?.getTracks().some((track) => track.readyState === "live") ?? false;

/** Say at all times what the camera does. */
function showState() {
  const on = isLive();
  const looking = on || film !== null;
  const privacy = the("privacy");
  privacy.classList.toggle("on", on);
  the("privacy-words").textContent = on ? words["on"] : film ? words["file"] : words["off"];
  stage.classList.toggle("live", looking);
  stage.classList.toggle("mirrored", on);
  startButton.hidden = pick.hidden = looking || opening;
  stopButton.hidden = !looking && !opening;
  anewButton.hidden = !on;
  the("stage-still").hidden = looking;
  the("at-a-glance").hidden = !looking;
  if (!looking) drawSkeleton(skeleton, null, 1, 1);
}

/** @param {Live} live */
function show(live) {
  const { preview } = coach;
  drawSkeleton(skeleton, live.landmarks, preview.videoWidth, preview.videoHeight);
  curve.add(live.t_s, live.scored ? live.progress : null, live.phase === "hold");
  the("count").textContent = String(live.count);
  the("phase").textContent = words["phases"][live.phase] ?? "";
  const held = live.phase === "hold" ? `${seconds(live.hold_s)} s` : "";
  the("held").textContent = held || "–";
  the("at-a-glance").textContent = held ? `${live.count} · ${held}` : String(live.count);
  the("hip").textContent = degrees(live.hip_deg);
  the("trunk").textContent = degrees(live.trunk_deg);
  if (live.framing && !troubled) advise(words["framing"][live.framing] ?? "", live.framing === "ready");
  const fault = live.say && faultWords(live.say);
  if (fault) the("correction").textContent = fault;
  else if (live.unseen_repetition) the("correction").textContent = words["unseen"];
  else if (live.good) the("correction").textContent = "";
  if (film) the("loading-words").textContent = filled(words["looking"], { percent: Math.floor((100 * live.t_s) / film.duration) });
  if (film) /** @type {HTMLProgressElement} */ (the("loading-bar")).value = live.t_s / film.duration;
  else if (live.t_s - set_s > LONGEST_S) begin(live.t_s).then(() => (the("correction").textContent = words["new_set"]), () => {});
}

/** @type {(id: string) => string} */
const faultWords = (id) => data.exercises[choice.value]?.faults[id] ?? words[id] ?? "";

/** A new set from here on. */
async function begin(from_s = 0) {
  set_s = from_s;
  curve.clear();
  the("count").textContent = the("at-a-glance").textContent = "0";
  the("correction").textContent = "";
  the("result").replaceChildren();
  const hold_s = data.exercises[choice.value]?.hold_s ?? 0;
  await coach.begin({ exercise_id: choice.value, side: "both", repetitions: REPETITIONS, hold_s });
}

/** @param {() => Promise<MediaStream | HTMLVideoElement>} source */
async function open(source) {
  const mine = ++turn;
  opening = true;
  troubled = false;
  advise("");
  showState();
  load(0);
  try {
    const found = await source();
    if (mine !== turn) return off(found);
    if (found instanceof MediaStream) stream = found;
    else film = found;
    showState();
    await begin();
    const looked = coach.open(found);
    stage.prepend(coach.preview);
    await looked;
  } catch (error) {
    if (mine !== turn) return undefined;
    stop();
    return tell(error === UNPLAYABLE ? "bad_file" : troubleOf(error, "worker_failed"));
  }
  if (mine !== turn) return undefined;
  opening = false;
  the("loading").hidden = !film;
  return showState();
}

/** What came after it was no longer wanted. @param {MediaStream | HTMLVideoElement} source */
function off(source) {
  if (source instanceof MediaStream) for (const track of source.getTracks()) track.stop();
}

/** @param {File} file @returns {Promise<HTMLVideoElement>} */
async function played(file) {
  const video = Object.assign(document.createElement("video"), { muted: true, playsInline: true, preload: "auto" });
  video.src = URL.createObjectURL(file);
  const loaded = new Promise((resolve, reject) => {
    video.onloadeddata = resolve;
    video.onerror = () => reject(UNPLAYABLE);
  });
  video.play().catch(() => {}); // an iPhone loads no picture before it plays
  await loaded;
  video.pause();
  return video;
}

/** The camera off, the picture away; what was counted stays. */
function stop() {
  turn += 1;
  opening = false;
  coach.close();
  if (stream) off(stream);
  stream = null;
  coach.preview.remove();
  if (film) URL.revokeObjectURL(film.src);
  film = null;
  for (const place of ["phase", "held", "hip", "trunk"]) the(place).textContent = "–";
  the("loading").hidden = true;
  showState();
}

/** The set is over: show its records. */
async function finish() {
  const record = await coach.finish();
  stop();
  advise("");
  the("correction").textContent = "";
  if (record) showRecord(record);
}

/** @param {SetRecord} record */
function showRecord(record) {
  const title = document.createElement("p");
  title.textContent = record.count ? filled(words["done"], { count: record.count }) : words["nothing"];
  const list = document.createElement("ol");
  for (const one of record.repetitions) {
    const held = filled(words["held"], { seconds: seconds(one.hold_s) });
    list.append(item(one.complete ? held : `${held}, ${words["partly"]}`));
  }
  const notes = document.createElement("ul");
  for (const fault of new Set(record.cues.map((cue) => faultWords(cue.id)))) if (fault) notes.append(item(fault));
  for (const { from_s, to_s, reason } of record.not_scored) {
    const parts = { from: seconds(from_s), to: seconds(to_s), reason: words["reasons"][reason] ?? reason };
    notes.append(item(filled(words["not_scored"], parts)));
  }
  the("count").textContent = String(record.count);
  the("result").replaceChildren(title, ...[list, notes].filter((each) => each.childElementCount));
}

/** @type {(text: string) => HTMLLIElement} */
const item = (text) => Object.assign(document.createElement("li"), { textContent: text });

startButton.addEventListener("click", () => {
  const trouble = coach.supported();
  if (trouble) return tell(trouble);
  // The camera comes on when everything is ready for it, not before.
  return open(() => coach.load().then(() => openCamera()));
});
fileInput.addEventListener("change", () => {
  const file = fileInput.files?.[0];
  fileInput.value = "";
  if (!file) return undefined;
  const trouble = coach.supported("file");
  if (trouble) return tell(trouble);
  return open(() => played(file));
});
stopButton.addEventListener("click", () => (opening ? stop() : finish()));
anewButton.addEventListener("click", () => begin().catch((error) => tell(troubleOf(error, "offline"))));
choice.addEventListener("change", () => {
  /** @type {HTMLImageElement} */ (the("stage-still")).src = data.exercises[choice.value]?.still ?? "";
  if (stream) begin().catch((error) => tell(troubleOf(error, "offline")));
});
addEventListener("pagehide", () => coach.end());

const trouble = data.there ? coach.supported() : "model_missing";
if (trouble) tell(trouble);
if (trouble === "model_missing") for (const control of [startButton, fileInput]) control.setAttribute("disabled", "");
curve.draw();
