import { button, byId, html, write } from "./elements.js";
import { measured } from "./coached-set.js";
import { Pace } from "./coached-pace.js";
import { spokenSeconds } from "./speech-plan.js";

/** @import {SetEvent, Step} from "./types.js" */
/** @import {Coach, Live} from "./coached-types.js" */
/** @import {LedRepetition} from "./coached-set.js" */
/** @import {Words} from "./words.js" */

// A correction that could not be spoken in this time is out of date.
const FRESH_MS = 8000;
// How long a sentence about the camera stays on the screen.
const SHOWN_MS = 6000;
const CHECK_MS = 500;
// The end of the last way back needs this long to be seen as an end.
const SETTLE_MS = 700;

const BETWEEN = new Set(["move", "return", "pause"]);

/** The camera in a session: asked for only where it is wanted, and the timer goes on wherever it is not there. */
export class Coached {
  /** @type {Coach | null} */ #coach = null;
  /** @type {MediaStream | null} */ #stream = null;
  /** @type {Map<number, number>} repetition to the media second at which it began */ #begun = new Map();
  /** @type {{text: string, at_ms: number} | null} */ #remark = null;
  /** @type {Step | null} */ #step = null;
  #set = "";
  #told_unseen = false;
  #hide = 0;
  wanted = false;

  /**
   * @param {object} player what the camera may do here
   * @param {() => Words} player.words
   * @param {(text: string) => void} player.say
   * @param {() => void} player.good
   * @param {(wanted: boolean) => void} player.chosen
   */
  constructor(player) {
    this.player = player;
    this.pace = new Pace({
      unseen: () => this.#unseen(),
      spoken_s: (step) => Math.max(0, ...step.says.map((say) => say.at_s + spokenSeconds(player.words().voice, say.text))),
    });
    const box = byId("use-camera", HTMLInputElement);
    box.addEventListener("change", () => void this.want(box.checked));
    button("camera").addEventListener("click", () => void this.want(!this.wanted));
    setInterval(() => this.#showWhetherOn(), CHECK_MS);
  }

  /** Whether the camera's own track runs: what the light beside the lens says, too. */
  get on() {
    return this.#stream?.getVideoTracks().some((track) => track.readyState === "live") ?? false;
  }

  /**
   * Turn the camera on, or off.
   *
   * @param {boolean} wanted
   */
  async want(wanted) {
    this.wanted = wanted;
    byId("use-camera", HTMLInputElement).checked = wanted;
    this.player.chosen(wanted);
    if (!wanted) return this.close();
    try {
      const address = new URL("../coach/coach.js", import.meta.url).href;
      const { Coach: Made, openCamera } = await import(address);
      this.#coach ??= this.#made(Made);
      const trouble = this.#coach.supported();
      if (trouble) return this.#troubled(trouble);
      this.#stream = await openCamera();
      if (!this.wanted) return this.close();
      this.#showWhetherOn();
      this.#note(this.player.words().ui("camera_loading", { share: 0 }));
      await this.#coach.load();
      const opened = this.#coach.open(/** @type {MediaStream} */ (this.#stream));
      html("preview").replaceChildren(this.#coach.preview); // open has just made it
      await opened;
      if (!this.wanted) return this.close();
      this.pace.on = true;
      this.#note(this.player.words().ui("camera_works"));
      if (this.#set && this.#step) this.#begin(this.#step);
    } catch (error) {
      this.#troubled(error instanceof Error && "trouble" in error ? String(error.trouble) : "worker_failed");
    }
  }

  /** Camera off: its light goes out. */
  close() {
    this.pace.on = false;
    this.pace.forget();
    this.#coach?.close();
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
    html("preview").replaceChildren();
    this.#note("");
    this.#showWhetherOn();
  }

  /** @param {Step} step a step that begins */
  enter(step) {
    this.#step = step;
    const set = step.set > 0 ? `${step.exercise} ${step.side} ${step.set}` : "";
    if (set && set !== this.#set) {
      this.#set = set;
      this.#begun.clear();
      this.#told_unseen = false;
      this.#begin(step);
    }
    if (!set) this.#remark = null;
    if (step.rep > 0 && !this.#begun.has(step.rep)) this.#begun.set(step.rep, this.pace.live?.t_s ?? 0);
  }

  /** Speak what waits, at a moment when nothing is counted. @param {Step} step */
  tick(step) {
    if (!this.#remark || !BETWEEN.has(step.kind)) return;
    if (performance.now() - this.#remark.at_ms < FRESH_MS) this.#tell(this.#remark.text);
    this.#remark = null;
  }

  /**
   * What the camera saw of the set that is over.
   *
   * @param {SetEvent} event
   * @param {LedRepetition[]} led
   * @param {boolean} whole whether it was done to its end
   * @returns {Promise<Partial<SetEvent>>}
   */
  async measured(event, led, whole) {
    const begun = new Map(this.#begun);
    this.#set = "";
    if (!this.#coach || !this.pace.on) return measured(event, led, begun, null);
    if (whole) await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    return measured(event, led, begun, await this.#coach.finish().catch(() => null));
  }

  /** @param {Words} words */
  translate(words) {
    this.#showWhetherOn();
    write(html("camera-hint"), words.ui("camera_hint"));
  }

  /** @param {Step} step */
  #begin(step) {
    if (!this.pace.on || !step.exercise_id) return;
    this.pace.forget();
    const asked = { exercise_id: step.exercise_id, side: step.side, repetitions: step.reps, hold_s: step.dose?.hold_s ?? 0 };
    this.#coach?.begin(asked).catch(() => this.#troubled("offline"));
  }

  /**
   * @param {new (told: import("./coached-types.js").CoachListener) => Coach} Made
   * @returns {Coach}
   */
  #made(Made) {
    return new Made({
      progress: (share) => this.#note(this.player.words().ui("camera_loading", { share: Math.round(100 * share) })),
      ready: () => undefined,
      live: (live) => this.#saw(live),
      trouble: (trouble) => this.#troubled(trouble),
      recovered: () => {
        this.pace.on = this.on;
        this.#tell(this.player.words().phrase("coach_back"));
      },
    });
  }

  /** @param {Live} live */
  #saw(live) {
    this.pace.see(live);
    const words = this.player.words();
    const framing = live.framing ? words.phrase(`coach_${live.framing}`) : "";
    write(html("framing"), live.phase === "rest" || live.phase === "unseen" ? framing : "");
    if (live.good) this.player.good();
    if (live.unseen_repetition) this.#unseen();
    if (!live.say) return;
    const faults = words.texts.exercises[this.#step?.exercise_id ?? ""]?.faults;
    const text = faults?.[live.say] || words.phrase(`coach_${live.say}`);
    if (text) this.#remark = { text, at_ms: performance.now() };
  }

  #unseen() {
    const text = this.player.words().phrase("coach_not_seen");
    this.#show(text);
    if (!this.#told_unseen) this.#remark ??= { text, at_ms: performance.now() };
    this.#told_unseen = true;
  }

  /** @param {string} trouble */
  #troubled(trouble) {
    this.pace.on = false;
    const text = this.player.words().ui(`camera_${trouble}`);
    this.#note(text);
    this.#show(text);
    if (this.#step) this.player.say(this.player.words().phrase("coach_timer"));
    this.#showWhetherOn();
  }

  /** @param {string} text */
  #tell(text) {
    this.#show(text);
    this.player.say(text);
  }

  /** @param {string} text */
  #show(text) {
    write(html("remark"), text === html("framing").textContent ? "" : text);
    clearTimeout(this.#hide);
    this.#hide = setTimeout(() => write(html("remark"), ""), SHOWN_MS);
  }

  /** @param {string} text */
  #note(text) {
    write(html("camera-note"), text);
  }

  #showWhetherOn() {
    const label = this.player.words().ui(this.on ? "camera_on" : "camera_off");
    const control = button("camera");
    write(control, label);
    control.setAttribute("aria-pressed", String(this.on));
    control.hidden = !this.on && !this.wanted && !this.#coach;
    document.body.dataset.camera = this.on ? "on" : "off";
  }
}

