// What belongs to nobody: scripts, styles, drawings, spoken clips, the page without a connection. Kept as it is.

const SHELL = "ischia-files-";
const VOICE = "ischia-voice";
const COACH = "ischia-coach";
const LISTING = "/offline/files.json";
const COMPLETE = "/offline/complete";
const AT_ONCE = 3;

/** @typedef {{version: string, files: string[], voice: Record<string, string[]>}} Listing */

/** @type {Promise<void> | null} */
let refreshing = null;

/**
 * Keep the files of this version. An older set is given up only once the new one is complete, so that the files that
 * are kept always belong together.
 *
 * @param {string} version
 */
export function keepFiles(version) {
  refreshing ??= refresh(version).finally(() => (refreshing = null));
  return refreshing;
}

/** @param {string} version */
async function refresh(version) {
  const kept = await completeSet();
  if (kept === SHELL + version) return;
  const answer = await fetch(LISTING, { credentials: "omit", cache: "no-store" });
  if (!answer.ok) return;
  /** @type {Listing} */
  const listing = await answer.clone().json();
  const name = SHELL + listing.version;
  const cache = await caches.open(name);
  if (!(await addMissing(cache, listing.files))) return;
  await cache.put(LISTING, answer);
  await cache.put(COMPLETE, new Response(""));
  for (const other of await caches.keys()) {
    if (other.startsWith(SHELL) && other !== name) await caches.delete(other);
  }
  const clips = new Set(Object.values(listing.voice).flat());
  await removeOthers(VOICE, clips);
}

/**
 * Keep everything that is spoken in a language.
 *
 * @param {string} language
 */
export async function keepVoice(language) {
  const name = await completeSet();
  const answer = name && (await (await caches.open(name)).match(LISTING));
  if (!answer) return;
  /** @type {Listing} */
  const listing = await answer.json();
  await addMissing(await caches.open(VOICE), listing.voice[language] ?? []);
}

/**
 * @param {Cache} cache
 * @param {string[]} urls
 * @returns {Promise<boolean>} whether all of them are kept now
 */
async function addMissing(cache, urls) {
  const there = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
  const queue = urls.filter((url) => !there.has(url)).values();
  let whole = true;
  const worker = async () => {
    for (const url of queue) {
      try {
        const answer = await fetch(url, { credentials: "omit", cache: "no-cache", priority: "low" });
        if (answer.ok && !answer.redirected) await cache.put(url, answer);
        else whole = false;
      } catch {
        whole = false; // the server is gone, or the device is full
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return whole;
}

/** @returns {Promise<string | null>} the name of the set of files that is complete */
async function completeSet() {
  for (const name of await caches.keys()) {
    if (name.startsWith(SHELL) && (await (await caches.open(name)).match(COMPLETE))) return name;
  }
  return null;
}

/**
 * A kept file.
 *
 * @param {string} path
 * @returns {Promise<Response | undefined>}
 */
export async function keptFile(path) {
  const name = await completeSet();
  const options = { ignoreSearch: true, ignoreVary: true };
  return name ? (await caches.open(name)).match(path, options) : undefined;
}

/**
 * @param {string} path
 * @returns {string | null} the cache for a file whose address changes with its content, so that it is asked for once
 */
export function lasting(path) {
  if (path.startsWith("/coach/assets/")) return COACH;
  return path.startsWith("/static/ischia/voice/") && path.endsWith(".mp3") ? VOICE : null;
}

/**
 * @param {string} name of the cache
 * @param {Request} request
 * @param {(work: Promise<unknown>) => void} until
 */
export async function keptOrFetched(name, request, until) {
  const cache = await caches.open(name);
  const kept = await cache.match(request, { ignoreVary: true });
  if (kept && request.cache !== "reload") return kept;
  // Who asks for it anew may have found the kept one damaged.
  const answer = await (kept ? fetch(request).catch(() => kept) : fetch(request));
  if (answer === kept) return answer;
  if (answer.ok && answer.status === 200) until(cache.put(request, answer.clone()).catch(() => undefined));
  return answer;
}

/**
 * What the camera needs apart from its large files: the list of those, and what each exercise looks like.
 *
 * @param {string} path
 */
export function isCoachNote(path) {
  return path.startsWith("/coach/") && path.endsWith(".json");
}

/**
 * @param {string} path
 * @param {Response} answer a fresh one
 */
export async function keepCoachNote(path, answer) {
  const cache = await caches.open(COACH);
  await cache.put(path, answer.clone());
  if (path !== "/coach/assets.json") return;
  /** @type {{url: string}[]} */
  const assets = await answer.json();
  const urls = new Set(assets.map(({ url }) => url));
  await removeOthers(COACH, urls, (other) => !isCoachNote(other));
}

/**
 * @param {string[]} paths of the camera coach's files and notes
 * @returns {Promise<string[]>} those that are not kept
 */
export async function notKept(paths) {
  const kept = await (await caches.open(COACH)).keys();
  const there = new Set(kept.map(({ url }) => new URL(url).pathname));
  return paths.filter((path) => !there.has(path));
}

/** @param {string} path */
export async function keptCoachNote(path) {
  return (await caches.open(COACH)).match(path, { ignoreVary: true });
}

/**
 * @param {string} name
 * @param {Set<string>} wanted
 * @param {(path: string) => boolean} [concerned]
 */
async function removeOthers(name, wanted, concerned = () => true) {
  const cache = await caches.open(name);
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (concerned(pathname) && !wanted.has(pathname)) await cache.delete(request);
  }
}
