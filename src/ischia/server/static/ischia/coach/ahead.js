// @ts-check
// Gets the coach's files while the patient answers the check-in, for those who chose the camera the last time.

import { loadPreferences } from "../player/preferences.js";
import { prefetch } from "./assets.js";
import { cameraTrouble } from "./camera.js";

const SOON_MS = 500; // what is there already is not worth a word

async function getAhead() {
  const box = document.getElementById("coach-ahead");
  if (!box || !loadPreferences().camera || cameraTrouble()) return;
  const words = box.querySelector("label");
  const bar = box.querySelector("progress");
  if (!words || !bar) return;
  const showing = setTimeout(() => (box.hidden = false), SOON_MS);
  const there = await prefetch((share) => {
    bar.value = share;
    words.textContent = (box.dataset.loading ?? "").replace("{percent}", String(Math.round(100 * share)));
  });
  clearTimeout(showing);
  if (there) words.textContent = box.dataset.loaded ?? "";
  else box.hidden = true;
}

void getAhead();
