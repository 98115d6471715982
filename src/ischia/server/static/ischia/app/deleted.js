import { Kept } from "../offline/kept.js";
import { openStore } from "../player/outbox-store.js";

// Somebody has deleted all their data: what this browser still keeps of it goes, too. What waits for other people stays.

/** @type {HTMLScriptElement | null} */
const tag = document.querySelector("script[data-sessions]");
const sessions = tag?.dataset.sessions?.split(" ").filter(Boolean) ?? [];
const store = await openStore();
for (const { id, url } of await store.all()) {
  if (sessions.some((session_id) => url.includes(`/${session_id}/`))) await store.remove(id);
}
await (await Kept.open())?.forget();
document.body.dataset.forgotten = "";
