// The timer for heat and cold: reminds to look at the skin, and ends. Time comes from the clock, not from ticks.

/** @param {Element} timer */
function start(timer) {
  const total_s = 60 * Number(timer.getAttribute("data-minutes"));
  const look_s = 60 * Number(timer.getAttribute("data-look-after"));
  const clock = /** @type {Element} */ (timer.querySelector("[data-clock]"));
  const say = /** @type {Element} */ (timer.querySelector("[data-say]"));
  const button = /** @type {HTMLButtonElement} */ (timer.querySelector("[data-go]"));
  let done_s = 0;
  /** @type {number | null} */
  let since_ms = null;
  let looked = false;

  const elapsed_s = () => done_s + (since_ms === null ? 0 : (Date.now() - since_ms) / 1000);

  function show() {
    const left_s = Math.max(0, Math.ceil(total_s - elapsed_s()));
    clock.textContent = `${Math.floor(left_s / 60)}:${String(left_s % 60).padStart(2, "0")}`;
    if (!looked && elapsed_s() >= look_s) {
      looked = true;
      remind("data-look");
    }
    if (left_s === 0) {
      remind("data-end");
      since_ms = null;
      button.hidden = true;
    } else if (since_ms !== null) {
      setTimeout(show, 250);
    }
  }

  /** @param {string} name */
  function remind(name) {
    say.textContent = say.getAttribute(name);
    navigator.vibrate?.([300, 150, 300]);
    chime();
  }

  button.hidden = false;
  button.addEventListener("click", () => {
    if (since_ms === null) {
      since_ms = Date.now();
    } else {
      done_s = elapsed_s();
      since_ms = null;
    }
    button.textContent = button.getAttribute(since_ms === null ? "data-start" : "data-pause");
    show();
  });
}

/** A soft bell; silent where the browser has no sound. */
function chime() {
  if (typeof AudioContext === "undefined") return;
  const sound = new AudioContext();
  const tone = sound.createOscillator();
  const loudness = sound.createGain();
  tone.frequency.value = 528;
  loudness.gain.setValueAtTime(0.25, sound.currentTime);
  loudness.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + 1.6);
  tone.connect(loudness).connect(sound.destination);
  tone.start();
  tone.stop(sound.currentTime + 1.6);
}

for (const timer of document.querySelectorAll("[data-timer]")) start(timer);
