// @ts-check
// Plays the drawing of a movement that was kept with a set.

import { drawSkeleton } from "../coach/drawing.js";
import { unpack } from "../player/movement-track.js";

const canvas = /** @type {HTMLCanvasElement} */ (document.getElementById("drawing"));
const play = /** @type {HTMLButtonElement} */ (document.getElementById("play"));
const place = /** @type {HTMLInputElement} */ (document.getElementById("place"));
const seconds = /** @type {HTMLOutputElement} */ (document.getElementById("seconds"));
const curve = document.getElementById("curve");
const now = document.getElementById("now");
const fault = /** @type {HTMLElement} */ (document.getElementById("drawing-fault"));

/** @typedef {import("../player/movement-track.js").Track} Track */

const WIDTH = 960;
const HEIGHT = 540;
const ROUND = 1.15; // so much larger than the body is what is shown
const SEEN = 0.5;

/**
 * The part of the picture in which the body moves, in the drawing's shape: its middle and its width, in pixels.
 * @param {Track} track
 */
function partOf({ times, width, height, landmarks }) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let index = 0; index < times.length; index += 1) {
    const points = landmarks(index) ?? [];
    for (let at = 0; at < points.length; at += 4) {
      const [x = 0, y = 0, , seen = 0] = points.slice(at, at + 4);
      if (seen < SEEN) continue;
      [left, right] = [Math.min(left, x * width), Math.max(right, x * width)];
      [top, bottom] = [Math.min(top, y * height), Math.max(bottom, y * height)];
    }
  }
  if (right <= left) [left, top, right, bottom] = [0, 0, width, height];
  const wide = ROUND * Math.max(right - left, ((bottom - top) * WIDTH) / HEIGHT);
  return { x: (left + right) / 2, y: (top + bottom) / 2, wide };
}

/** @param {Track} track */
function show(track) {
  const { times, width, height } = track;
  const part = partOf(track);
  /** @param {number} index */
  const placed = (index) =>
    track.landmarks(index)?.map((value, at) => {
      if (at % 4 === 0) return (value * width - part.x) / part.wide + 0.5;
      if (at % 4 === 1) return ((value * height - part.y) * WIDTH) / HEIGHT / part.wide + 0.5;
      return value;
    }) ?? null;
  const first_s = times[0] ?? 0;
  const last_s = times[times.length - 1] ?? first_s;
  let [playing, begun_ms] = [false, 0];
  place.max = String(last_s - first_s);

  /** @param {number} at_s seconds from the first picture */
  const draw = (at_s) => {
    let index = times.findLastIndex((t_s) => t_s - first_s <= at_s + 1e-6);
    if (index < 0) index = 0;
    drawSkeleton(canvas, placed(index), WIDTH, HEIGHT);
    seconds.value = `${at_s.toFixed(1)} s`;
    for (const end of ["x1", "x2"]) now?.setAttribute(end, `${(100 * at_s) / (last_s - first_s || 1)}%`);
  };
  const label = () => (play.textContent = (playing ? play.dataset.pause : play.dataset.play) ?? "");
  const go = () => {
    if (!playing) return;
    const at_s = Math.min(last_s - first_s, (performance.now() - begun_ms) / 1000);
    place.valueAsNumber = at_s;
    draw(at_s);
    playing = at_s < last_s - first_s;
    label();
    requestAnimationFrame(go);
  };
  /** @param {number} at_s */
  const leap = (at_s) => {
    begun_ms = performance.now() - 1000 * at_s;
    place.valueAsNumber = at_s;
    draw(at_s);
  };
  play.addEventListener("click", () => {
    playing = !playing;
    if (playing) leap(place.valueAsNumber >= last_s - first_s ? 0 : place.valueAsNumber);
    label();
    go();
  });
  place.addEventListener("input", () => leap(place.valueAsNumber));
  curve?.addEventListener("click", (event) => {
    const { left, width: shown } = curve.getBoundingClientRect();
    leap(((last_s - first_s) * (event.clientX - left)) / shown);
  });
  for (const one of document.querySelectorAll("[data-at]")) {
    one.addEventListener("click", () => leap(Math.max(0, Number(/** @type {HTMLElement} */ (one).dataset.at) - first_s)));
  }
  draw(0);
}

try {
  const answer = await fetch(canvas.dataset.url ?? "");
  if (!answer.ok) throw new Error(String(answer.status));
  show(unpack(await answer.arrayBuffer()));
} catch {
  fault.hidden = false;
}
