import { button, byId, html, write } from "./elements.js";
import { measured } from "./coached-set.js";
import { Pace, setOf } from "./coached-pace.js";
import { spokenSeconds } from "./speech-plan.js";

/** @import {SetEvent, Step} from "./types.js" */
/** @import {Coach} from "../coach/coach.js" */
/** @import {Live} from "../coach/types.js" */
/** @import {LedRepetition} from "./coached-set.js" */
/** @import {Words} from "./words.js" */

// A correction that could not be spoken in this time is out of date.
const FRESH_MS = 8000;
// How long a sentence about the camera stays on the screen.
const SHOWN_MS = 6000;
const CHECK_MS = 500;
// A drawing of a set begins so long before its first repetition: the way to the mat is no part of it.
const LEAD_S = 4;
// The end of the last way back needs this long to be seen as an end.
const SETTLE_MS = 700;
// What was seen of a set is waited for this long; then the timer's record stands.
const RECORD_MS = 10_000;
// A repetition that was not confirmed ended at most this long before that is told, see coaching/guide.py.
const TOLD_LATE_S = 1.6;

const BETWEEN = new Set(["move", "return", "pause"]);

/** The camera in a session: asked for only where it is wanted, and the timer goes on wherever it is not there. */
export class Coached {
  /** @type {Coach | null} */ #coach = null;
  /** @type {MediaStream | null} */ #stream = null;
  /** @type {Map<number, number>} repetition to the media second at which it began */ #begun = new Map();
  /** @type {Set<number>} repetitions that were said to be not seen */ #missed = new Set();
  /** @type {{text: string, at_ms: number} | null} */ #remark = null;
  /** @type {Step | null} */ #step = null;
  #set = "";
  #looked = false;
  #seen_s = 0;
  /** @type {Promise<unknown>} until the set before is read off */ #read = Promise.resolve();
  #told_unseen = false;
  #trouble = "";
  #opening = false;
  #waited = false;
  #hide = 0;
  wanted = false;
  /** What was seen of the set that was read off last: the rows that its record is made from.
   * @type {import("../coach/types.js").Row[]} */ rows = [];

  /**
   * @param {object} player what the camera may do here
   * @param {() => Words} player.words
   * @param {(text: string) => void} player.say
   * @param {() => void} player.good
   * @param {(wanted: boolean) => void} player.chosen
   * @param {() => void} player.waits a count down begins to wait for the camera, or waits no longer
   * @param {(sentences: string[]) => void} player.load get clips of sentences
   * @param {string[]} player.exercises ids of this session's
   * @param {number} player.counted_s how long a count down is
   */
  constructor(player) {
    this.player = player;
    this.pace = new Pace({
      unseen: (step) => this.#unseen(step.rep),
      unframed: () => this.#tell(player.words().phrase("coach_unframed")),
      spoken_s: (step) => Math.max(0, ...step.says.map((say) => say.at_s + spokenSeconds(player.words().voice, say.text))),
      counted_s: player.counted_s,
    });
    const box = byId("use-camera", HTMLInputElement);
    box.addEventListener("change", () => void this.want(box.checked));
    button("camera").addEventListener("click", () => void this.want(!this.on && !this.#opening));
    setInterval(() => this.#showWhetherOn(), CHECK_MS);
  }

  /** Whether the camera's own track runs: what the light beside the lens says, too. */
  get on() {
    return this.#stream?.getVideoTracks().some((track) => track.readyState === "live") ?? false;
  }

  /** Chosen the last time: everything is got while the person reads. The camera opens with their tap on "Start". */
  async remember() {
    this.wanted = true;
    byId("use-camera", HTMLInputElement).checked = true;
    try {
      await this.#load(await this.#made());
      if (this.wanted && !this.on) this.#note(this.player.words().ui("camera_loaded"));
    } catch (error) {
      this.#troubled(troubleIn(error));
    }
  }

  /** The session starts: now the camera opens, where it was chosen the last time. */
  start() {
    if (!this.wanted || this.on || this.#opening) return;
    if (!this.#trouble) void this.want(true);
    else void this.#tellTrouble(this.#trouble, true);
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
    this.close();
    if (!wanted) return;
    this.#trouble = "";
    this.#opening = true;
    try {
      await this.#open();
    } catch (error) {
      this.#shut();
      if (this.wanted) this.#troubled(troubleIn(error));
    }
    this.#opening = false;
  }

  async #open() {
    const coach = await this.#made();
    const { openCamera } = await import("../coach/coach.js");
    const stream = await openCamera();
    if (!this.wanted) return stop(stream);
    this.#stream = stream;
    this.#showWhetherOn();
    this.#note(this.player.words().ui("camera_loading", { share: 0 }));
    await this.#load(coach);
    if (!this.wanted || this.#stream !== stream) return stop(stream);
    const opened = coach.open(stream);
    html("preview").replaceChildren(coach.preview); // open has just made it
    await opened;
    if (this.#stream !== stream) return stop(stream);
    if (this.#trouble) return undefined; // told already: gone, covered
    this.pace.on = true;
    this.#note(this.player.words().ui("camera_works"));
    if (this.#set && this.#step && !this.#looked) this.#begin(this.#step);
    return undefined;
  }

  /** Camera off: its light goes out. */
  close() {
    this.#shut();
    this.#note("");
  }

  #shut() {
    this.pace.on = false;
    this.pace.forget();
    this.#coach?.close();
    if (this.#stream) stop(this.#stream);
    this.#stream = null;
    html("preview").replaceChildren();
    this.#showWhetherOn();
  }

  /** @param {Step} step a step that begins */
  enter(step) {
    this.#step = step;
    const set = step.set > 0 && step.kind !== "rest" ? setOf(step) : "";
    if (set && set !== this.#set) {
      this.#set = set;
      this.#begun.clear();
      this.#missed.clear();
      this.#told_unseen = this.#looked = false;
      this.#begin(step);
    }
    if (!set) this.#remark = null;
    if (step.rep > 0 && !this.#begun.has(step.rep)) {
      this.#begun.set(step.rep, this.pace.on ? this.#seen_s : Infinity);
    }
  }

  /** Speak what waits, at a moment when nothing is counted. @param {Step} step */
  tick(step) {
    const { waiting } = this.pace;
    if (waiting !== this.#waited) {
      this.#waited = waiting;
      this.player.waits();
    }
    if (!this.#remark || !(waiting || BETWEEN.has(step.kind))) return;
    if (performance.now() - this.#remark.at_ms < FRESH_MS) this.#tell(this.#remark.text);
    this.#remark = null;
  }

  /** Whether a camera has looked at the set that is running, so that there is something to be read off. */
  get looked() {
    return this.#looked;
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
    const missed = this.#missed;
    this.#missed = new Set();
    this.#set = "";
    this.#looked = false;
    const seen = this.#finished(whole);
    this.#read = seen;
    const record = measured(event, led, begun, await seen, missed);
    const from_s = Math.min(...begun.values()) - LEAD_S;
    this.rows = this.rows.filter(({ t_s }) => t_s >= from_s);
    return record;
  }

  /** @param {boolean} whole */
  async #finished(whole) {
    if (whole) await pass(SETTLE_MS);
    this.rows = [...(this.#coach?.rows ?? [])];
    const late = pass(RECORD_MS).then(() => null);
    return Promise.race([this.#coach?.finish().catch(() => null) ?? null, late]);
  }

  /** @param {Words} words */
  translate(words) {
    this.#showWhetherOn();
    write(html("camera-hint"), words.ui("camera_hint"));
    if (this.wanted) this.#loadClips();
  }

  /** @param {Step} step */
  #begin({ exercise_id, side, reps, dose }) {
    if (!this.pace.on || !exercise_id) return;
    this.pace.forget();
    const set = this.#set;
    const asked = { exercise_id, side, repetitions: reps, hold_s: dose?.hold_s ?? 0 };
    const begun = this.#read.then(() => (set === this.#set ? this.#coach?.begin(asked) : undefined));
    begun.catch((error) => this.#troubled(troubleIn(error)));
  }

  /**
   * The coach; its files are not loaded yet.
   *
   * @returns {Promise<Coach>}
   * @throws {TroubleError} where this browser cannot do it
   */
  async #made() {
    const { Coach: Made } = await import("../coach/coach.js").catch(() => {
      throw Object.assign(new Error("offline"), { trouble: "offline" });
    });
    this.#coach ??= new Made({
      progress: (share) => this.#note(this.player.words().ui("camera_loading", { share: Math.round(100 * share) })),
      live: (live) => this.#saw(live),
      trouble: (trouble) => this.#troubled(trouble),
      recovered: () => this.#recovered(),
    });
    const trouble = this.#coach.supported();
    if (trouble) throw Object.assign(new Error(trouble), { trouble });
    this.#loadClips();
    void this.#coach.expect(this.player.exercises);
    return this.#coach;
  }

  /** @param {Coach} coach */
  async #load(coach) {
    await coach.load();
    const { keepForLater } = await import("../coach/coach.js");
    keepForLater(this.player.exercises).catch(() => undefined);
  }

  /** Everything that may be said of what a camera sees. */
  #loadClips() {
    const { phrases, exercises } = this.player.words().texts;
    const own = Object.keys(phrases).filter((key) => key.startsWith("coach_"));
    const faults = Object.values(exercises).flatMap((texts) => Object.values(texts.faults ?? {}));
    this.player.load([...own.map((key) => phrases[key] ?? ""), ...faults]);
  }

  /** @param {Live} live */
  #saw(live) {
    this.pace.see(live);
    this.#seen_s = live.t_s;
    this.#looked ||= this.#set !== "";
    const words = this.player.words();
    const framing = live.framing ? words.phrase(`coach_${live.framing}`) : "";
    write(html("framing"), live.phase === "rest" || live.phase === "unseen" ? framing : "");
    if (live.good) this.player.good();
    if (live.unseen_repetition) this.#unseen(this.#repetitionAt(live.t_s - TOLD_LATE_S));
    if (!live.say) return;
    const faults = words.texts.exercises[this.#step?.exercise_id ?? ""]?.faults;
    const text = faults?.[live.say] || words.phrase(`coach_${live.say}`);
    if (text) this.#remark = { text, at_ms: performance.now() };
  }

  /** Which repetition the player was at. @param {number} t_s media seconds */
  #repetitionAt(t_s) {
    const before = [...this.#begun].filter(([, from_s]) => from_s <= t_s);
    return Math.max(0, ...before.map(([rep]) => rep));
  }

  /** @param {number} rep that was not seen */
  #unseen(rep) {
    this.#missed.add(rep);
    const text = this.player.words().phrase("coach_not_seen");
    this.#show(text);
    if (!this.#told_unseen) this.#remark ??= { text, at_ms: performance.now() };
    this.#told_unseen = true;
  }

  /** @param {string} trouble */
  #troubled(trouble) {
    this.pace.on = false;
    if (trouble === "given_up") this.#shut();
    this.#showWhetherOn();
    if (this.#trouble === trouble) return; // told already
    this.#trouble = trouble;
    void this.#tellTrouble(trouble, this.#step !== null);
  }

  /**
   * @param {string} trouble
   * @param {boolean} aloud
   */
  async #tellTrouble(trouble, aloud) {
    const words = this.player.words();
    const what = trouble === "unsupported" ? await lacks() : "";
    const text = words.ui(`camera_${trouble}`, { what });
    this.#note(text);
    this.#show(text);
    if (aloud) this.player.say(words.phrase("coach_timer"));
  }

  #recovered() {
    this.#trouble = "";
    this.#note(this.on ? this.player.words().ui("camera_works") : "");
    if (!this.on || this.#opening) return;
    this.pace.on = true;
    if (this.#set && this.#step && !this.#looked) this.#begin(this.#step);
    this.#tell(this.player.words().phrase("coach_back"));
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

/** @type {(ms: number) => Promise<void>} */
const pass = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** @param {MediaStream} stream */
function stop(stream) {
  for (const track of stream.getTracks()) track.stop();
}

/** @param {unknown} error */
function troubleIn(error) {
  return error instanceof Error && "trouble" in error ? String(error.trouble) : "worker_failed";
}

async function lacks() {
  const { lacking } = await import("../coach/coach.js");
  return lacking("camera").join(", ");
}
