// @ts-check
// The 3-D view: loads what it needs when it is opened, and turns by touch, mouse and keyboard.

import { momentAt, pictureAt, repetitionAt } from "./motion.js";
import { createStage } from "./stage.js";

/** @typedef {import("./motion.js").BodyMotion & {middle: number[], radius: number}} BodyMotion */
/** @typedef {{id: string, name: string, mesh: string, motion: string}} Person */
/**
 * @typedef {{three: string, people: Person[], hold_s: number, words: Record<string, string>,
 *   still: boolean, onPhase: (phase: string) => void}} Wishes
 * @typedef {{play: (playing: boolean) => void, isPlaying: () => boolean, wear: (person: string) => Promise<void>,
 *   view: (name: string) => void, remove: () => void}} BodyView
 */

/** Where one looks from: degrees around the mat and above it. @type {Record<string, [number, number]>} */
const VIEWS = { side: [0, 8], oblique: [42, 22], front: [-90, 12], feet: [90, 18], above: [0, 62] };
const LOWEST = -2;
const HIGHEST = 80;
const FOCAL = 1;

/**
 * Opens the view in a container.
 * @param {HTMLElement} container
 * @param {Wishes} wishes
 * @returns {Promise<BodyView>}
 */
export async function openBody(container, wishes) {
  const first = wishes.people[0];
  if (!first) throw new Error("nobody to show");
  const [three, motion] = await Promise.all([import(wishes.three), fetched(first.motion)]);
  const stage = createStage(three, motion);
  const canvas = stage.canvas;
  canvas.tabIndex = 0;
  canvas.className = "body-canvas";
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", wishes.words["canvas"] ?? "");

  let person = { motion, from: first };
  let [azimuth, elevation] = VIEWS["oblique"] ?? [0, 0];
  let closer = 1;
  let seconds = 0;
  let last = 0;
  let playing = !wishes.still;
  let waiting = 0;
  let phase = "";

  const draw = () => {
    const { motion: now } = person;
    const moment = momentAt(now, wishes.hold_s, seconds);
    const other = now.sides === "left" && repetitionAt(now, wishes.hold_s, seconds) % 2 === 1;
    stage.pose(pictureAt(now, moment, other));
    const narrow = Math.max(1, canvas.clientHeight / Math.max(1, canvas.clientWidth));
    const distance_m = now.radius * 2 * FOCAL * 1.2 * narrow * closer;
    stage.look({ azimuth_deg: azimuth, elevation_deg: elevation, distance_m, look_at: now.middle, focal: FOCAL });
    stage.draw();
    if (moment.phase !== phase) wishes.onPhase((phase = moment.phase));
  };
  /** @type {(now: number) => void} */
  const frame = (now) => {
    waiting = 0;
    if (playing) {
      seconds += Math.min(0.5, last ? (now - last) / 1000 : 0);
      last = now;
      soon();
    }
    draw();
  };
  const soon = () => {
    if (!waiting) waiting = requestAnimationFrame(frame);
  };
  /** @type {(around: number, up: number) => void} */
  const turn = (around, up) => {
    azimuth += around;
    elevation = Math.min(HIGHEST, Math.max(LOWEST, elevation + up));
    soon();
  };
  /** @type {(factor: number) => void} */
  const zoom = (factor) => {
    closer = Math.min(1.4, Math.max(0.35, closer * factor));
    soon();
  };
  /** @type {(wanted: boolean) => void} */
  const play = (wanted) => {
    playing = wanted;
    last = 0;
    soon();
  };

  const fit = () => {
    if (!container.clientWidth) return;
    stage.resize(container.clientWidth, container.clientHeight, Math.min(2, devicePixelRatio));
    draw();
  };
  const size = new ResizeObserver(fit);
  const unsteer = steer(canvas, turn, zoom);
  canvas.addEventListener("keydown", (event) => {
    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowLeft: () => turn(-8, 0),
      ArrowRight: () => turn(8, 0),
      ArrowUp: () => turn(0, 6),
      ArrowDown: () => turn(0, -6),
      "+": () => zoom(0.88),
      "=": () => zoom(0.88),
      "-": () => zoom(1.14),
    };
    const act = keys[event.key];
    if (!act || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    act();
  });

  await stage.setPerson(first.mesh);
  if (wishes.still) seconds = timeOfHold(motion, wishes.hold_s);
  container.append(canvas);
  fit();
  size.observe(container);
  soon();
  return {
    play,
    isPlaying: () => playing,
    async wear(id) {
      const found = wishes.people.find((one) => one.id === id);
      if (!found || found === person.from) return;
      const next = await fetched(found.motion);
      await stage.setPerson(found.mesh);
      person = { motion: next, from: found };
      soon();
    },
    view(name) {
      [azimuth, elevation] = VIEWS[name] ?? [azimuth, elevation];
      closer = 1;
      soon();
    },
    remove() {
      cancelAnimationFrame(waiting);
      playing = false;
      size.disconnect();
      unsteer();
      stage.remove();
    },
  };
}

/**
 * @param {string} url
 * @returns {Promise<BodyMotion>}
 */
async function fetched(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

/**
 * A moment in the hold, for those who want no movement.
 * @param {BodyMotion} motion
 * @param {number} holdSeconds
 */
function timeOfHold(motion, holdSeconds) {
  let seconds = 0;
  for (const phase of motion.phases) {
    if (phase.seconds === null) return seconds + holdSeconds / 2;
    seconds += phase.seconds;
  }
  return 0;
}

/**
 * Turns by drag, comes nearer by two fingers or by the wheel with Ctrl held. A finger's upward stroke scrolls the page.
 * @param {HTMLCanvasElement} canvas
 * @param {(around: number, up: number) => void} turn
 * @param {(factor: number) => void} zoom
 * @returns {() => void} takes the listeners away
 */
function steer(canvas, turn, zoom) {
  /** @type {Map<number, [number, number]>} */
  const down = new Map();
  const over = new AbortController();
  const { signal } = over;
  /** @type {() => number} */
  const apart = () => {
    const [a, b] = [...down.values()];
    return a && b ? Math.hypot(a[0] - b[0], a[1] - b[1]) : 0;
  };
  canvas.addEventListener(
    "pointerdown",
    (event) => {
      down.set(event.pointerId, [event.clientX, event.clientY]);
      canvas.setPointerCapture(event.pointerId);
    },
    { signal },
  );
  canvas.addEventListener(
    "pointermove",
    (event) => {
      const before = down.get(event.pointerId);
      if (!before) return;
      const wide = apart();
      down.set(event.pointerId, [event.clientX, event.clientY]);
      if (down.size === 2 && wide) zoom(wide / Math.max(1, apart()));
      else if (down.size === 1) turn((before[0] - event.clientX) * 0.45, (event.clientY - before[1]) * 0.35);
    },
    { signal },
  );
  for (const kind of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(kind, (event) => down.delete(/** @type {PointerEvent} */ (event).pointerId), { signal });
  }
  canvas.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoom(Math.exp(event.deltaY * 0.003));
    },
    { signal, passive: false },
  );
  return () => over.abort();
}
