// @ts-check
// The coach: looks at a camera or a file, frame by frame, and says what can be said now; at the end, the records.
// Pictures go to one worker and landmarks to another. Nothing of either leaves the page.

import { download, listAssets } from "./assets.js";
import { cameraTrouble, Cover, lacking } from "./camera.js";
import { followCamera, followFile } from "./frames.js";
import { Hand } from "./hand.js";
import { troubleOf, TroubleError } from "./types.js";

export { keepForLater } from "./assets.js";
export { lacking, openCamera } from "./camera.js";

/** @typedef {import("./types.js").Assets} Assets */
/** @typedef {import("./types.js").Live} Live */
/** @typedef {import("./types.js").Row} Row */
/** @typedef {import("./types.js").SetAsked} SetAsked */
/** @typedef {import("./types.js").SetRecord} SetRecord */
/** @typedef {import("./types.js").Shot} Shot */
/** @typedef {import("./types.js").Trouble} Trouble */
/**
 * Whom the coach tells. `progress` is the share that is loaded, 0 to 1. `trouble` is told once until `recovered`.
 * `slow`: this device gets the smaller pose model. `ended`: the file was looked at to its end.
 * @typedef {{progress?(share: number): void, ready?(): void, live?(live: Live): void,
 *   trouble?(trouble: Trouble): void, recovered?(): void, slow?(): void, ended?(): void}} Told
 */

const DOWNLOAD = 0.8; // of the progress; the rest is starting the two workers
const CHECK_MS = 1000;
const STUCK_MS = 6000; // a worker that has not answered for so long is gone
const FIRST_STUCK_MS = 30_000; // the first picture prepares much
const SILENT_MS = 5000; // a camera that has shown nothing new for so long is lost
const LEAST_HZ = 8;
const TRIAL_MS = 4000;
const TRIALS = 2; // one after the other: the small model sees people on the floor less surely
const RESTARTS = 3; // in one set
const PENDING = 3;

export class Coach {
  /** @param {Told} told */
  constructor(told) {
    this.told = told;
    /** @type {"full" | "lite"} */
    this.model = "full";
    /** What is looked at: to be shown, mirrored by CSS only where it is a camera. */
    this.preview = document.createElement("video");
    /** @type {Assets | null} */
    this.assets = null;
    /** What the tracker has to know of each exercise. @type {Map<string, Promise<string>>} */
    this.specs = new Map();
    this.small = true; // whether the small model is to be had
    /** @type {Hand | null} */
    this.pose = null;
    /** @type {Hand | null} */
    this.tracker = null;
    /** @type {Promise<void> | null} */
    this.loading = null;
    /** @type {Set<Trouble>} */
    this.troubles = new Set();
    this.restarts = 0;
    this.analysed = 0;
    /** @type {MediaStream | null} */
    this.stream = null;
    /** @type {{stop: () => void, taken: () => void} | null} */
    this.frames = null;
    /** @type {{shot: Omit<Shot, "picture">, sent_ms: number} | null} */
    this.looking = null;
    /** @type {{row: Row, captured_ms: number, sent_ms: number}[]} */
    this.pending = [];
    this.firstLook = () => {};
    this.shown_ms = 0;
    this.tried = { since_ms: 0, frames: 0, slow: 0 };
    this.cover = new Cover();
    this.checking = 0;
    /** @type {{number: number, asked: SetAsked, spec: string, rows: Row[]} | null} */
    this.set = null;
    this.sets = 0;
    /** A camera that is opened again in a set goes on with its seconds. */
    this.clock = { zero_ms: NaN };
    /** @type {((record: SetRecord | null) => void) | null} */
    this.finished = null;
  }

  /** Nothing is looked at. */
  #rest() {
    this.stream = this.frames = this.looking = null;
    this.pending = [];
    this.firstLook = () => {};
    this.shown_ms = 0;
    this.tried = { since_ms: 0, frames: 0, slow: 0 };
    this.cover = new Cover();
  }

  /**
   * Why this browser cannot do it, found without asking for anything.
   * @param {"camera" | "file"} source
   * @returns {Trouble | null}
   */
  supported(source = "camera") {
    return source === "camera" ? cameraTrouble() : lacking().length ? "unsupported" : null;
  }

  /** Whether the camera is on. */
  get on() {
    return this.stream !== null;
  }

  /** What was seen of the set so far. */
  get rows() {
    return this.set?.rows ?? [];
  }

  /**
   * Load everything and start both workers. May be called early and again.
   * @throws {TroubleError} which is also told
   */
  load() {
    this.loading ??= this.#load().catch((error) => {
      this.loading = null;
      this.#trouble(troubleOf(error, "worker_failed"));
      throw error;
    });
    return this.loading;
  }

  async #load() {
    if (lacking().length) throw new TroubleError("unsupported");
    const progress = (/** @type {number} */ share) => this.told.progress?.(share);
    this.restarts = 0;
    this.assets = await listAssets();
    await download(this.assets, (share) => progress(DOWNLOAD * share));
    let started = 0;
    const one = async (/** @type {Promise<void>} */ starting) => {
      await starting;
      progress(DOWNLOAD + ((1 - DOWNLOAD) * ++started) / 2);
    };
    await Promise.all([one(this.#startPose()), one(this.#startTracker())]);
    this.#fine("offline", "model_missing", "model_damaged", "worker_failed", "given_up");
    this.told.ready?.();
  }

  async #startPose() {
    this.pose?.stop();
    this.looking = null;
    this.pose = new Hand("pose-worker.js", (said) => this.#posed(said), () => this.#again("pose"));
    await this.pose.load({ assets: this.assets, model: `pose-${this.model}.task` });
  }

  async #startTracker() {
    this.tracker?.stop();
    this.pending = [];
    this.tracker = new Hand("tracker-worker.js", (said) => this.#tracked(said), () => this.#again("tracker"));
    await this.tracker.load({ assets: this.assets });
    this.#tellSet();
  }

  /** A worker is gone: start it anew, and give the tracker what it had seen of this set.
   * @param {"pose" | "tracker"} which */
  async #again(which) {
    if (this.troubles.has("worker_failed") || this.troubles.has("given_up")) return;
    if ((this.restarts += 1) > RESTARTS) return this.#giveUp(which);
    this.#trouble("worker_failed");
    try {
      await (which === "pose" ? this.#startPose() : this.#startTracker());
      this.#fine("worker_failed");
      this.frames?.taken();
    } catch {
      this.#giveUp(which);
    }
  }

  /** No worker, no looking: the camera is given back. Who opens one again begins from the beginning, with what was seen
   * of the set.
   * @param {"pose" | "tracker"} which */
  #giveUp(which) {
    this[which]?.stop();
    if (which === "tracker") this.#give(null);
    this.loading = null;
    this.close();
    this.#trouble("given_up");
  }

  /**
   * Begin to look. Resolves when the first frame was looked at.
   * @param {MediaStream | HTMLVideoElement} source a camera, or a file loaded into a video element
   * @throws {TroubleError}
   */
  async open(source) {
    this.close();
    if (source instanceof MediaStream) this.stream = source;
    else this.preview = source;
    const stream = this.stream;
    try {
      if (stream) await this.#show(stream);
      await this.load();
    } catch (error) {
      if (this.stream === stream) this.close();
      throw error instanceof TroubleError ? error : new TroubleError("no_camera");
    }
    if (this.stream !== stream) return; // closed meanwhile
    const taker = {
      free: () => this.#free(),
      take: (/** @type {Shot} */ shot) => this.#look(shot),
      over: () => this.told.ended?.(),
    };
    const first = new Promise((resolve) => (this.firstLook = () => resolve(undefined)));
    this.shown_ms = performance.now();
    if (!this.rows.length) this.clock = { zero_ms: NaN };
    this.frames = stream
      ? { stop: followCamera(this.preview, taker, this.clock), taken: () => {} }
      : followFile(this.preview, taker);
    this.checking = window.setInterval(() => this.#check(), CHECK_MS);
    await first;
  }

  /** @param {MediaStream} stream */
  async #show(stream) {
    this.preview = Object.assign(document.createElement("video"), { muted: true, playsInline: true });
    this.preview.srcObject = stream;
    for (const track of stream.getVideoTracks()) {
      track.onended = () => this.stream === stream && this.#trouble("camera_lost");
    }
    await this.preview.play();
  }

  #free() {
    return !this.looking && this.pose?.ready === true && this.pending.length < PENDING && !this.troubles.has("worker_failed");
  }

  /** @param {Shot} shot */
  #look({ picture, ...shot }) {
    this.looking = { shot, sent_ms: performance.now() };
    this.shown_ms = this.looking.sent_ms;
    this.pose?.post({ kind: "look", picture, t_s: shot.t_s }, [picture]);
  }

  /** @param {{landmarks: Float32Array | null, people: number}} found */
  #posed({ landmarks, people }) {
    const looking = this.looking;
    this.looking = null;
    if (!looking) return;
    const { t_s, width, height, captured_ms } = looking.shot;
    this.analysed += 1;
    this.#fine("camera_lost");
    this.firstLook();
    const row = { t_s, landmarks, width, height, people };
    if (this.set) {
      this.set.rows.push(row);
      if (this.tracker?.ready && this.set.spec) {
        this.pending.push({ row, captured_ms, sent_ms: performance.now() });
        this.tracker.post({ kind: "push", set: this.set.number, row });
      }
    }
    this.#weigh();
    this.frames?.taken();
  }

  /** @param {any} said */
  #tracked(said) {
    if (said.set !== this.set?.number) return;
    if (said.kind === "finished") return this.#give(said.record);
    const sent = this.pending.shift();
    if (!sent) return;
    const latency_ms = performance.now() - sent.captured_ms;
    this.told.live?.({ ...said.live, landmarks: sent.row.landmarks, latency_ms });
    this.frames?.taken();
  }

  /**
   * Begin a set; `live` counts from 0.
   * @param {SetAsked} asked
   * @throws {TroubleError} what the tracker needs to know of the exercise is not to be had
   */
  async begin(asked) {
    const set = { number: (this.sets += 1), asked, spec: "", rows: [] };
    this.#give(null);
    this.set = set;
    this.pending = [];
    this.restarts = 0;
    set.spec = await this.#spec(asked.exercise_id);
    if (this.set === set) this.#tellSet();
  }

  /**
   * Get what the tracker has to know of these exercises early, so that no set of them needs a connection.
   * @param {string[]} exercise_ids
   */
  async expect(exercise_ids) {
    await Promise.allSettled(exercise_ids.map((exercise_id) => this.#spec(exercise_id)));
  }

  /** @param {string} exercise_id */
  #spec(exercise_id) {
    const spec = this.specs.get(exercise_id) ?? specOf(exercise_id);
    this.specs.set(exercise_id, spec);
    spec.catch(() => this.specs.delete(exercise_id));
    return spec;
  }

  /** Give the tracker the set, with what was seen of it so far. */
  #tellSet() {
    if (!this.set?.spec || !this.tracker?.ready) return;
    const { number, asked, spec, rows } = this.set;
    const { side, repetitions, hold_s } = asked;
    this.tracker.post({ kind: "begin", set: number, spec, side, repetitions, hold_s, rows });
    if (this.finished) this.tracker.post({ kind: "finish" });
  }

  /**
   * End the set.
   * @returns {Promise<SetRecord | null>} its records; null where nothing was looked at
   */
  finish() {
    if (!this.set?.rows.length || !(this.tracker?.ready || this.loading)) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.finished = resolve;
      if (this.tracker?.ready) this.tracker.post({ kind: "finish" });
    });
  }

  /** @param {SetRecord | null} record */
  #give(record) {
    this.finished?.(record);
    this.finished = null;
  }

  /** Once a second: is everything still there? */
  #check() {
    const now = performance.now();
    const patience = this.analysed ? STUCK_MS : FIRST_STUCK_MS;
    if (this.looking && now - this.looking.sent_ms > patience) return this.#again("pose");
    const oldest = this.pending[0];
    if (oldest && now - oldest.sent_ms > STUCK_MS) return this.#again("tracker");
    if (!this.stream) return undefined;
    if (document.hidden || !this.#free()) this.shown_ms = now; // no wonder that nothing comes
    else if (now - this.shown_ms > SILENT_MS) this.#trouble("camera_lost");
    if (this.cover.look(this.preview)) this.#trouble("black");
    else this.#fine("black");
    return undefined;
  }

  /** Too slow with the full model? Then go on with the small one. Files may take their time. */
  #weigh() {
    const now = performance.now();
    if (!this.stream || this.model === "lite" || !this.small || !this.assets?.["pose-lite.task"]) return;
    if (!this.tried.since_ms || document.hidden) this.tried = { since_ms: now, frames: 0, slow: 0 };
    const took_ms = now - this.tried.since_ms;
    this.tried.frames += 1;
    if (took_ms < TRIAL_MS) return;
    const rate_hz = (1000 * (this.tried.frames - 1)) / took_ms;
    this.tried = { since_ms: now, frames: 1, slow: rate_hz < LEAST_HZ ? this.tried.slow + 1 : 0 };
    if (this.tried.slow < TRIALS) return;
    this.model = "lite";
    this.pose?.load({ model: "pose-lite.task" }).then(
      () => this.told.slow?.(),
      () => this.#withoutSmall(),
    );
  }

  /** The small model is not to be had, perhaps for want of a connection: the worker has kept the full one. */
  #withoutSmall() {
    this.small = false;
    this.model = "full";
    if (this.pose) this.pose.ready = true;
  }

  /** @param {Trouble} trouble */
  #trouble(trouble) {
    if (this.troubles.has(trouble)) return;
    this.troubles.add(trouble);
    this.told.trouble?.(trouble);
  }

  /** @param {Trouble[]} mended */
  #fine(...mended) {
    const before = this.troubles.size;
    for (const trouble of mended) this.troubles.delete(trouble);
    if (before && !this.troubles.size) this.told.recovered?.();
  }

  /** Stop looking: the camera is off. The workers stay, and so does the set. */
  close() {
    clearInterval(this.checking);
    this.frames?.stop();
    for (const track of this.stream?.getTracks() ?? []) {
      track.onended = null;
      track.stop();
    }
    if (this.stream) this.preview.srcObject = null;
    for (const trouble of /** @type {Trouble[]} */ (["camera_lost", "black"])) this.troubles.delete(trouble);
    this.firstLook();
    this.#rest();
  }

  /** Everything off. */
  end() {
    this.close();
    this.#give(null);
    this.set = null;
    this.pose?.stop();
    this.tracker?.stop();
    this.pose = this.tracker = this.loading = null;
  }
}

/** @param {string} exercise_id */
async function specOf(exercise_id) {
  const answer = await fetch(`/coach/${exercise_id}.json`).catch(() => null);
  if (!answer?.ok) throw new TroubleError("offline");
  return answer.text();
}
