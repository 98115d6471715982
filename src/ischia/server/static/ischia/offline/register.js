// For every page of a person: keep what a session needs without a connection, and tell who is there. Where the browser
// cannot (plain http, some private windows), everything works as before as long as the connection does.

const tag = /** @type {HTMLScriptElement | null} */ (document.querySelector("script[data-person]"));

/** @param {ServiceWorkerContainer} container */
async function register(container) {
  await container.register("/sw.js", { type: "module", updateViaCache: "none" });
  const { active } = await container.ready;
  const { person, files, session, left } = tag?.dataset ?? {};
  const note = { person, files, language: document.documentElement.lang };
  active?.postMessage(session ? { ...note, session_id: session, left_s: Number(left) } : note);
}

if (tag && navigator.serviceWorker) register(navigator.serviceWorker).catch(() => undefined);
