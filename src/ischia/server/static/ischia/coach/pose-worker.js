// @ts-check
// A worker that finds the body in a picture. Pictures come from the page and are let go of at once; landmarks
// go back to the page and nowhere else.

import { whole } from "./assets.js";
import { TroubleError, troubleOf } from "./types.js";

/** @typedef {import("./types.js").Assets} Assets */

const POINTS = 33;
/** Believe the detector from here on, as the analysis of recordings does: people on the floor score low. */
const DETECTED = 0.15;
const PRESENT = 0.5;
/** Seconds between two searches of the whole picture for others, as in recordings. Following one body alone costs
 * little more than half of looking for a second one in every picture. */
const SEARCH_S = 3;

/** What is used of MediaPipe's PoseLandmarker.
 * @typedef {{x: number, y: number, z: number, visibility: number}} Point
 * @typedef {{landmarks: Point[][], close?: () => void}} Found
 * @typedef {{detectForVideo(picture: ImageBitmap, t_ms: number): Found, detect(picture: ImageBitmap): Found,
 *   close(): void}} Landmarker
 */

const scope = /** @type {any} */ (self);
/** @type {any} */
let vision;
/** @type {any} */
let factory;
/** @type {Assets} */
let assets;
/** @type {Landmarker | null} */
let landmarker = null;
/** @type {Landmarker | null} */
let searcher = null;
let last_ms = 0;
let shift_ms = 0;
let searched_ms = -Infinity;
let people = 0;
/** @type {boolean | undefined} */
let takes;

/** @param {string} model */
async function load(model) {
  vision ??= await import(address("vision_bundle.mjs"));
  if (!factory) {
    await import(address("vision_wasm_module_internal.js"));
    factory = scope.ModuleFactory;
  }
  const network = await whole(assets[model]);
  const files = {
    wasmLoaderPath: address("vision_wasm_module_internal.js"),
    wasmBinaryPath: address("vision_wasm_module_internal.wasm"),
  };
  const made = (/** @type {"VIDEO" | "IMAGE"} */ runningMode, /** @type {number} */ numPoses) => {
    scope.ModuleFactory = factory; // MediaPipe takes it away each time, and a module is run only once
    return vision.PoseLandmarker.createFromOptions(files, {
      baseOptions: { modelAssetBuffer: network, delegate: "CPU" },
      canvas: new OffscreenCanvas(1, 1), // else MediaPipe goes by the browser's name, and fails in Chrome on an iPhone
      runningMode,
      numPoses,
      minPoseDetectionConfidence: runningMode === "VIDEO" ? DETECTED : PRESENT,
      minPosePresenceConfidence: PRESENT,
      minTrackingConfidence: PRESENT,
    });
  };
  const [one, all] = [await made("VIDEO", 1), await made("IMAGE", 2)];
  landmarker?.close();
  searcher?.close();
  [landmarker, searcher] = [one, all];
  last_ms = shift_ms = 0;
  searched_ms = -Infinity;
}

/** @param {string} name */
function address(name) {
  const asset = assets[name];
  if (!asset) throw new TroubleError("model_missing");
  return asset.url;
}

/** MediaPipe wants times that rise for ever; another file begins at 0 again.
 * @param {number} t_s */
function rising(t_s) {
  let t_ms = t_s * 1000 + shift_ms;
  if (t_ms <= last_ms) {
    shift_ms += last_ms + 1000 - t_ms;
    t_ms = last_ms + 1000;
  }
  return (last_ms = t_ms);
}

/** Whether WebGL takes a picture that the page has made: some WebKit browsers take those of a worker alone.
 * @param {ImageBitmap} picture */
function taken(picture) {
  const gl = new OffscreenCanvas(1, 1).getContext("webgl2");
  if (!gl) return true;
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, picture);
  const fine = gl.getError() === gl.NO_ERROR;
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return fine;
}

/** The same picture, made in this worker. @param {ImageBitmap} picture */
function repainted(picture) {
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  canvas.getContext("2d")?.drawImage(picture, 0, 0);
  picture.close();
  return canvas.transferToImageBitmap();
}

/** @param {ImageBitmap} given @param {number} t_s */
function look(given, t_s) {
  const begun = performance.now();
  takes ??= taken(given);
  const picture = takes ? given : repainted(given);
  const found = landmarker?.detectForVideo(picture, rising(t_s));
  const body = found?.landmarks[0];
  found?.close?.();
  if (body && last_ms - searched_ms >= 1000 * SEARCH_S) {
    searched_ms = last_ms;
    const all = searcher?.detect(picture);
    people = all?.landmarks.length ?? 1;
    all?.close?.();
  }
  picture.close();
  /** @type {Float32Array | null} */
  let landmarks = null;
  if (body) {
    landmarks = new Float32Array(4 * POINTS);
    body.forEach(({ x, y, z, visibility }, at) => landmarks?.set([x, y, z, visibility], 4 * at));
  }
  const count = landmarks ? Math.max(1, people) : 0;
  postMessage({ kind: "pose", landmarks, people: count, took_ms: performance.now() - begun });
}

addEventListener("message", async ({ data }) => {
  try {
    if (data.kind === "look") return look(data.picture, data.t_s);
    if (data.assets) assets = data.assets;
    await load(data.model);
    postMessage({ kind: "ready" });
  } catch (error) {
    postMessage({ kind: "failed", trouble: troubleOf(error, "worker_failed"), text: String(error) });
  }
});
