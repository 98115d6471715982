// @ts-check
// The files that the coach runs on: which there are, getting them into the browser's cache, and checking them.

import { notKept } from "../offline/files.js";
import { TroubleError } from "./types.js";

/** @typedef {import("./types.js").Asset} Asset */
/** @typedef {import("./types.js").Assets} Assets */

const LIST = "/coach/assets.json";
/** Loaded only where a device turns out to be too slow for the full one. */
const SELDOM = ["pose-lite.task"];
/** What was not kept is tried again after these waits; then the next visit has to do. */
const AGAIN_MS = [1000, 5000, 20_000, 60_000];

/** @type {(url: string, options?: RequestInit) => Promise<Response>} */
async function get(url, options = {}) {
  const answer = await fetch(url, options).catch(() => {
    throw new TroubleError("offline");
  });
  if (!answer.ok) throw new TroubleError("model_missing");
  return answer;
}

/** @returns {Promise<Assets>} */
export async function listAssets() {
  /** @type {Asset[]} */
  const list = await (await get(LIST)).json();
  return Object.fromEntries(list.map((asset) => [asset.name, asset]));
}

/**
 * Get everything into the cache.
 * @param {Assets} assets
 * @param {(share: number) => void} progress
 */
export async function download(assets, progress) {
  const files = wanted(assets);
  const all = files.reduce((sum, asset) => sum + asset.bytes, 0);
  let got = 0;
  for (const asset of files) {
    const reader = (await get(asset.url)).body?.getReader();
    for (;;) {
      const part = await reader?.read().catch(() => {
        throw new TroubleError("offline");
      });
      if (!part || part.done) break;
      got += part.value.byteLength;
      progress(Math.min(1, got / all));
    }
  }
}

/**
 * Fill the cache early, while the patient does something else. Tells nobody when it cannot.
 * @param {(share: number) => void} [progress]
 * @returns {Promise<boolean>} whether everything is there now
 */
export async function prefetch(progress = () => {}) {
  try {
    await download(await listAssets(), progress);
    return true;
  } catch {
    return false; // asked for again, and told, when the camera is wanted
  }
}

/**
 * Keep everything for a time without a connection: what came before the service worker was there passed it by.
 * @param {string[]} exercise_ids
 */
export async function keepForLater(exercise_ids) {
  const container = navigator.serviceWorker;
  if (!container) return;
  const controlled = new Promise((resolve) => container.addEventListener("controllerchange", resolve, { once: true }));
  if (!container.controller) await controlled;
  for (const wait_ms of [0, ...AGAIN_MS]) {
    await new Promise((resolve) => setTimeout(resolve, wait_ms));
    if (await keepAll(exercise_ids).catch(() => false)) return;
  }
}

/**
 * Ask for what is not kept, so that the service worker keeps it.
 * @param {string[]} exercise_ids
 * @returns {Promise<boolean>} whether everything was there already
 */
async function keepAll(exercise_ids) {
  const files = wanted(await listAssets()).map(({ url }) => url);
  const missing = await notKept([LIST, ...files, ...exercise_ids.map((exercise_id) => `/coach/${exercise_id}.json`)]);
  for (const url of missing) await (await get(url)).arrayBuffer();
  return missing.length === 0;
}

/** @type {(assets: Assets) => Asset[]} */
const wanted = (assets) => Object.values(assets).filter((asset) => !SELDOM.includes(asset.name));

/**
 * One file, checked where the browser can (only secure pages can).
 * @param {Asset | undefined} asset
 * @returns {Promise<Uint8Array>}
 */
export async function whole(asset) {
  if (!asset) throw new TroubleError("model_missing");
  for (const cache of /** @type {RequestCache[]} */ (["default", "reload"])) {
    const content = new Uint8Array(await (await get(asset.url, { cache })).arrayBuffer());
    if (content.length === asset.bytes && (await isRight(content, asset.sha256))) return content;
  }
  throw new TroubleError("model_damaged");
}

/** @type {(content: Uint8Array<ArrayBuffer>, sha256: string) => Promise<boolean>} */
async function isRight(content, sha256) {
  if (!crypto.subtle) return true;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("") === sha256;
}
