import { openStore } from "../player/outbox-store.js";
import { Kept, sessionOf } from "./kept.js";

// The page that stands in for any other while ischia cannot be reached: says what is kept, and goes on by itself once
// there is a connection.

const TRY_EVERY_MS = 5000;

const kept = await Kept.open();
const here = await kept?.here();
const waiting = await (await openStore()).all();
const [open] = (await kept?.sessions(Date.now())) ?? [];

/** @param {string} id */
function show(id) {
  const element = document.getElementById(id);
  if (element) element.hidden = false;
}

if (sessionOf(location.pathname)) show("other-day");
else show("unreachable");
if (waiting.length > 0) show("waiting");
if (open && !sessionOf(location.pathname) && !location.pathname.startsWith("/session/")) {
  document.getElementById("go-on")?.setAttribute("href", `/session/${open}/`);
  show("kept-session");
}

for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("[data-language]"))) {
  button.addEventListener("click", async () => {
    await kept?.arrive({ person: here?.person ?? "", language: button.dataset.language ?? "en" });
    location.reload();
  });
}
document.getElementById("try-again")?.addEventListener("click", () => location.reload());

async function tryAgain() {
  try {
    const answer = await fetch("/sw.js", { cache: "no-store" });
    if (answer.ok) return location.reload();
  } catch {
    // still away
  }
  setTimeout(tryAgain, TRY_EVERY_MS);
}
setTimeout(tryAgain, TRY_EVERY_MS);
