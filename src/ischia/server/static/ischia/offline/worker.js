import { isCoachNote, keepCoachNote, keepFiles, keepVoice, keptCoachNote, keptFile, keptOrFetched, lasting } from "./files.js";
import { Kept, sessionOf } from "./kept.js";

// The service worker: the server is always asked first, and what is kept answers only where it does not. A new
// version of ischia therefore shows at once. Only GETs of our own origin are touched; records and forms pass by.

const scope = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

const PAGE_PATIENCE_MS = 15000;
const FILE_PATIENCE_MS = 8000;
// Once the server did not answer, the next files are not waited for as long again.
const SHORT_PATIENCE_MS = 500;
const LATELY_MS = 20000;
/** What a proxy answers while the server behind it is away. */
const AWAY = new Set([502, 503, 504]);
/** Pages on which nobody is known, or exercise is locked: what was kept must not open any more. */
const CLOSING = new Set(["/log-in/", "/welcome/", "/stop/"]);
const FILES = /^\/(static|figures)\//;
const SUMMARY = /^(\/session\/[0-9a-f-]{36}\/)summary\/$/;
const DOWNLOADS = new Set(["/settings/export/"]);

/** @typedef {{person: string, language: string, files: string, session_id?: string, left_s?: number}} Note */

let unanswered_ms = -Infinity;
const opening = Kept.open();

scope.addEventListener("install", (event) => event.waitUntil(scope.skipWaiting()));
scope.addEventListener("activate", (event) => event.waitUntil(scope.clients.claim()));
scope.addEventListener("message", (event) => event.waitUntil(take(event.data).catch(() => undefined)));

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== scope.location.origin) return;
  if (request.method === "POST" && pathname === "/log-out/") return event.waitUntil(forget());
  if (request.method !== "GET" || request.headers.has("range")) return;
  if (request.mode === "navigate") {
    if (pathname.endsWith("/") && !DOWNLOADS.has(pathname)) event.respondWith(page(event, pathname));
    return;
  }
  const name = lasting(pathname);
  if (name) event.respondWith(keptOrFetched(name, request, (work) => event.waitUntil(work)));
  else if (isCoachNote(pathname)) event.respondWith(coachNote(event, pathname));
  else if (FILES.test(pathname)) event.respondWith(file(request, pathname));
});

/**
 * A page tells who is there, and which session is open in it.
 *
 * @param {Note} note
 */
async function take({ person, language, files, session_id, left_s = 0 }) {
  const kept = await opening;
  await kept?.arrive({ person, language });
  await kept?.sessions(Date.now()); // what is over is dropped
  if (kept && session_id) await keepSession(kept, session_id, left_s);
  await keepFiles(files);
  if (session_id) await keepVoice(language);
}

/**
 * @param {Kept} kept
 * @param {string} session_id
 * @param {number} left_s how long its day lasts yet, by the server's clock
 */
async function keepSession(kept, session_id, left_s) {
  const kept_ms = Date.now();
  const answer = await fetch(`/session/${session_id}/`, { cache: "no-store" });
  if (!answer.ok || answer.redirected) return kept.drop(session_id);
  const headers = [...answer.headers].filter(([name]) => !/^content-(encoding|length)$/i.test(name));
  await kept.keep(session_id, { html: await answer.text(), headers, kept_ms, until_ms: kept_ms + 1000 * left_s });
}

async function forget() {
  await (await opening)?.forget();
}

/**
 * @param {FetchEvent} event
 * @param {string} path
 */
async function page(event, path) {
  const answer = await fromServer(event.request, PAGE_PATIENCE_MS);
  if (answer) {
    event.waitUntil(heed(path, answer));
    return answer;
  }
  return (await keptSession(path)) ?? (await withoutConnection()) ?? Response.error();
}

/**
 * What the server's answer means for what is kept.
 *
 * @param {string} path
 * @param {Response} answer
 */
async function heed(path, answer) {
  const kept = await opening;
  const session_id = sessionOf(path);
  const over = SUMMARY.exec(path)?.[1];
  // A redirect (over, locked, logged out, another day) comes as an answer without a status.
  if (session_id && answer.status < 400 && !answer.ok) await kept?.drop(session_id);
  if (session_id && (answer.status === 403 || answer.status === 404)) await kept?.drop(session_id);
  if (over && answer.ok) await kept?.drop(sessionOf(over) ?? "");
  if (CLOSING.has(path) && answer.ok) await kept?.forget();
}

/** @param {string} path */
async function keptSession(path) {
  const session_id = sessionOf(path);
  const page = session_id ? await (await opening)?.page(session_id, Date.now()) : null;
  return page ? new Response(page.html, { headers: page.headers }) : undefined;
}

async function withoutConnection() {
  const here = await (await opening)?.here();
  return (await keptFile(`/offline/${here?.language ?? "en"}/`)) ?? keptFile("/offline/en/");
}

/**
 * @param {Request} request
 * @param {string} path
 */
async function file(request, path) {
  return (await fromServer(request, FILE_PATIENCE_MS)) ?? (await keptFile(path)) ?? Response.error();
}

/**
 * @param {FetchEvent} event
 * @param {string} path
 */
async function coachNote(event, path) {
  const answer = await fromServer(event.request, FILE_PATIENCE_MS);
  if (answer?.ok) event.waitUntil(keepCoachNote(path, answer.clone()).catch(() => undefined));
  return answer ?? (await keptCoachNote(path)) ?? Response.error();
}

/**
 * @param {Request} request
 * @param {number} patience_ms
 * @returns {Promise<Response | null>} null where nobody answers, or only the proxy in front of nobody
 */
async function fromServer(request, patience_ms) {
  const lately = Date.now() - unanswered_ms < LATELY_MS;
  const patience = lately && request.mode !== "navigate" ? SHORT_PATIENCE_MS : patience_ms;
  const timer = new Promise((resolve) => setTimeout(resolve, patience, null));
  const answer = await Promise.race([fetch(request).catch(() => null), /** @type {Promise<null>} */ (timer)]);
  if (answer && !AWAY.has(answer.status)) {
    unanswered_ms = -Infinity;
    return answer;
  }
  unanswered_ms = Date.now();
  return null;
}
