// @ts-check
// The camera itself: what this browser lacks, opening it, and noticing that it shows nothing.

import { TroubleError } from "./types.js";

/** @typedef {import("./types.js").Trouble} Trouble */

/** A module of three instructions on 128-bit numbers: WebAssembly that is new enough takes it. */
const SIMD = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);
const DARK = 14; // of 255, mean brightness
const EVEN = 2.5; // of 255, standard deviation: a finger or a cloth in front of the lens
const LOOKS = 3; // one after the other, about a second apart, before it is believed
const [ACROSS, DOWN] = [16, 12];

/** Asked once: browsers allow a page a few contexts at a time. @type {boolean | undefined} */
let canvas;

/**
 * What this browser lacks for looking at moving pictures, by name; empty where it has everything. Whoever has all
 * of these has workers made of modules, too.
 * @param {"camera" | "file"} source
 * @returns {string[]}
 */
export function lacking(source = "file") {
  const offscreen = typeof OffscreenCanvas === "function";
  const has = {
    "WebAssembly SIMD": typeof WebAssembly === "object" && WebAssembly.validate(SIMD),
    OffscreenCanvas: offscreen,
    "WebGL 2 in OffscreenCanvas": !offscreen || (canvas ??= hasCanvas()),
    createImageBitmap: typeof createImageBitmap === "function",
    requestVideoFrameCallback: "requestVideoFrameCallback" in HTMLVideoElement.prototype,
    getUserMedia: source === "file" || Boolean(navigator.mediaDevices?.getUserMedia),
  };
  return Object.entries(has)
    .filter(([, there]) => !there)
    .map(([name]) => name);
}

function hasCanvas() {
  try {
    const context = new OffscreenCanvas(1, 1).getContext("webgl2");
    context?.getExtension("WEBGL_lose_context")?.loseContext();
    return context !== null;
  } catch {
    return false;
  }
}

/**
 * Why the camera cannot work here, found without asking for it.
 * @returns {Trouble | null}
 */
export function cameraTrouble() {
  if (!isSecureContext) return "insecure";
  if (lacking("camera").length) return "unsupported";
  return null;
}

/** @type {Record<string, Trouble>} */
const REFUSED = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "no_camera",
  OverconstrainedError: "no_camera",
  NotReadableError: "in_use",
  AbortError: "in_use",
};

/**
 * Ask for the camera. No sound is ever asked for.
 * @param {"user" | "environment"} facing towards whoever looks at the screen, or away
 * @returns {Promise<MediaStream>}
 */
export async function openCamera(facing = "user") {
  const trouble = cameraTrouble();
  if (trouble) throw new TroubleError(trouble);
  const video = { facingMode: facing, width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30, max: 30 } };
  try {
    return await navigator.mediaDevices.getUserMedia({ video, audio: false });
  } catch (error) {
    throw new TroubleError(REFUSED[error instanceof Error ? error.name : ""] ?? "no_camera");
  }
}

/** Tells a black or covered picture from one that shows something, on a handful of pixels that are not kept. */
export class Cover {
  constructor() {
    this.pen = Object.assign(document.createElement("canvas"), { width: ACROSS, height: DOWN }).getContext("2d", {
      willReadFrequently: true,
    });
    this.covered = 0;
  }

  /**
   * Look once; true where the picture has shown nothing for a while.
   * @param {HTMLVideoElement} video
   */
  look(video) {
    if (!this.pen || video.readyState < 2) return false;
    this.pen.drawImage(video, 0, 0, ACROSS, DOWN);
    const pixels = this.pen.getImageData(0, 0, ACROSS, DOWN).data;
    let [sum, squares] = [0, 0];
    for (let at = 0; at < pixels.length; at += 4) {
      const light = 0.3 * (pixels[at] ?? 0) + 0.59 * (pixels[at + 1] ?? 0) + 0.11 * (pixels[at + 2] ?? 0);
      sum += light;
      squares += light * light;
    }
    const mean = sum / (ACROSS * DOWN);
    const spread = Math.sqrt(Math.max(0, squares / (ACROSS * DOWN) - mean * mean));
    this.covered = mean < DARK || spread < EVEN ? this.covered + 1 : 0;
    return this.covered >= LOOKS;
  }
}
