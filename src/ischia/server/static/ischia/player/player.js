import { Coached } from "./coached.js";
import { button, byId, html, write } from "./elements.js";
import { Engine } from "./engine.js";
import { fillExerciseList } from "./exercise-list.js";
import { FeedbackPanel } from "./feedback-panel.js";
import { FullScreen } from "./full-screen.js";
import { KeptTrack } from "./kept-track.js";
import { listenToKeys } from "./keys.js";
import { loadPreferences, savePreferences } from "./preferences.js";
import { feedbackEvent, SetCounter, skipEvent, stopEvent } from "./record.js";
import { ResultScreen } from "./result-screen.js";
import { SavedLine } from "./saved-line.js";
import { SettingsPanel } from "./settings-panel.js";
import { SkipDialog } from "./skip-dialog.js";
import { StepSound } from "./step-sound.js";
import { StopDialog } from "./stop-dialog.js";
import { sentencesOf } from "./timeline.js";
import { WakeLock } from "./wake-lock.js";
import { Words } from "./words.js";

/** @import {SetEvent, Side, SkipReason, Step, StopReason} from "./types.js" */
/** @import {PauseReason} from "./engine.js" */
/** @import {Session} from "./session.js" */
/** @import {StageView} from "./stage-view.js" */
/** @import {Answers} from "./stop-dialog.js" */

/** Phrases that belong to no step, wanted at any moment and also without a connection. */
const AT_ANY_MOMENT = [
  "stopped", "stop_menu", "ask_further_down", "ask_weakness", "paused", "go_on", "again", "skipped", "ask_pain",
  "thank_you", "stop_urgent", "stop_emergency", "stop_further_down", "stop_hurts", "stop_unwell", "stop_enough",
];

/** Brings the session's steps, the screen, the sound and the person's taps together. */
export class Player {
  saved = new SavedLine();
  wakeLock = new WakeLock();
  counter = new SetCounter();
  engine = new Engine({
    enter: (step) => this.#enter(step),
    leave: (step, completed) => this.#leave(step, completed),
    tick: (step, elapsed_s) => this.#tick(step, elapsed_s),
    pause: (reason) => this.#paused(reason),
    resume: () => this.#running(),
    end: () => this.#end(),
    pace: (step, elapsed_s, gap_s) => this.coached.pace.elapsed(step, elapsed_s, gap_s),
  });
  feedback = new FeedbackPanel({
    effort: () => this.sound.say(this.words, "ask_pain"),
    done: () => this.engine.next(),
  });
  stopDialog = new StopDialog({
    stopped: (reason) => this.#stopped(reason),
    asked: (phrase) => this.sound.say(this.words, phrase),
    answered: (reason, answers) => this.#answered(reason, answers),
    back: () => this.sound.say(this.words, "paused"),
  });
  skipDialog = new SkipDialog({ skipped: (step, side, reason) => this.#skipped(step, side, reason) });
  fullScreen = new FullScreen({ escaped: () => this.askToStop(), changed: (on) => this.#fullScreenChanged(on) });
  #stage = html("stage");
  #stop_id = "";
  #whole_s = 0;
  #frame = 0;
  /** What the camera has still to say of sets that are over. */
  #seen = Promise.resolve();

  /**
   * @param {Session} session
   * @param {Words} words
   * @param {StageView} view
   */
  constructor(session, words, view) {
    this.session = session;
    this.words = words;
    this.view = view;
    this.preferences = loadPreferences(session.data.speech);
    this.sound = new StepSound(this.preferences);
    this.coached = new Coached({
      words: () => this.words,
      say: (text) => this.sound.remark(this.words, text),
      good: () => this.sound.bell("good"),
      chosen: (camera) => {
        this.preferences.camera = camera;
        savePreferences(this.preferences);
      },
      waits: () => this.#beginView(),
      load: (sentences) => void this.sound.load(this.words, sentences),
      exercises: Object.keys(session.data.exercises),
      counted_s: session.data.tempo.count_from_s,
    });
    this.keptTrack = new KeptTrack(session.data);
    this.settings = new SettingsPanel(this.preferences, () => this.sound.applyPreferences());
    this.result = new ResultScreen(session, {
      goOn: () => this.#goOnWithout(),
      say: (...keys) => this.sound.say(this.words, ...keys),
      ready: () => this.keptTrack.sent(),
    });
    this.#connect();
  }

  /** Show where this session stands: to be started, to be gone on with, stopped, or over. */
  open() {
    this.translate(this.words);
    const { session } = this;
    if (session.finished) return location.replace(session.data.urls.after);
    const steps = session.timeline(this.words, "begin");
    void this.sound.load(this.words, [...AT_ANY_MOMENT.map((key) => this.words.phrase(key)), ...sentencesOf(steps)]);
    void this.view.figure.load(session.data.exercises).then(() => this.view.figure.refresh());
    if (session.stop && session.stop.reason !== "enough") return this.#showStop();
    if (steps.length === 0) return this.#end();
    this.#show("start");
    button("start-button").focus();
    if (this.preferences.camera) void this.coached.remember();
  }

  /** The person's tap that starts everything: only now may there be sound and a full screen. */
  start() {
    if (this.session.past) return location.replace(this.session.data.urls.home ?? "/");
    this.sound.open();
    void this.fullScreen.enter();
    this.wakeLock.hold();
    this.#show("stage");
    this.#stage.focus();
    this.#running();
    this.coached.start();
    this.engine.start(this.session.timeline(this.words, this.session.begun ? "welcome_back" : "begin"));
  }

  togglePause() {
    if (this.engine.state === "running") this.engine.pause();
    else this.engine.resume((step) => this.session.lead(step, false));
  }

  repeat() {
    this.engine.again((step) => this.session.lead(step, true));
    this.sound.say(this.words, "again");
  }

  askToSkip() {
    const { step } = this.engine;
    if (!step?.exercise_id) return;
    this.engine.pause();
    this.skipDialog.show(step, this.words);
  }

  askToStop() {
    if (document.body.dataset.screen !== "stage" || this.stopDialog.open) return;
    for (const dialog of document.querySelectorAll("dialog[open]")) /** @type {HTMLDialogElement} */ (dialog).close();
    this.engine.pause();
    this.stopDialog.show(this.words);
    this.sound.say(this.words, "stopped", "stop_menu");
  }

  toggleMute() {
    this.preferences.muted = !this.preferences.muted;
    savePreferences(this.preferences);
    this.sound.applyPreferences();
    this.#labelMute();
  }

  /**
   * All words in another language, at the same place of the session.
   *
   * @param {Words} words
   */
  translate(words) {
    this.words = words;
    words.apply();
    const { engine, session } = this;
    if (engine.state === "running" || engine.state === "paused") {
      engine.translate(session.translated(words));
      this.#beginView();
      if (engine.step && engine.state === "running") this.sound.begin(engine.step, engine.elapsed_s);
      this.#draw();
    }
    this.#whole_s = session.wholeSeconds(words);
    this.feedback.translate(words);
    this.stopDialog.translate(words);
    this.coached.translate(words);
    this.keptTrack.translate(words);
    this.result.translate(words);
    this.#labelMute();
    this.#fullScreenChanged(document.fullscreenElement !== null);
    write(button("language"), words.other === "vi" ? "Tiếng Việt" : "English");
    button("language").lang = words.other;
    write(button("pause"), words.ui(engine.state === "paused" ? "resume" : "pause"));
    write(button("start-button"), words.ui(session.begun ? "go_on" : "start"));
    write(html("start-minutes"), words.ui("about_minutes", { minutes: Math.max(1, Math.round(this.#whole_s / 60)) }));
    html("resume-note").hidden = !session.begun;
    fillExerciseList(html("start-list"), session.plan, session.events, words, -1);
    this.saved.translate(words, session.begun);
  }

  #connect() {
    /** @type {[string, () => void][]} */
    const taps = [
      ["start-button", () => this.start()],
      ["pause", () => this.togglePause()],
      ["repeat", () => this.repeat()],
      ["skip", () => this.askToSkip()],
      ["ready", () => this.#ready()],
      ["stop", () => this.askToStop()],
      ["mute", () => this.toggleMute()],
      ["full-screen", () => void this.fullScreen.toggle()],
      ["language", () => this.#changeLanguage()],
      ["show-list", () => this.#openPanel("list-dialog")],
      ["show-help", () => this.#openPanel("help-dialog")],
      ["show-settings", () => this.#openPanel("settings-dialog")],
    ];
    for (const [id, act] of taps) button(id).addEventListener("click", act);
    button("full-screen").hidden = !this.fullScreen.possible;
    for (const close of document.querySelectorAll("[data-close]")) {
      close.addEventListener("click", () => close.closest("dialog")?.close());
    }
    for (const stop of document.querySelectorAll("[data-stop]")) stop.addEventListener("click", () => this.askToStop());
    for (const dialog of document.querySelectorAll("dialog:not(#stop-dialog)")) {
      dialog.addEventListener("cancel", (event) => {
        if (document.body.dataset.screen !== "stage") return;
        event.preventDefault();
        this.askToStop();
      });
    }
    this.#stage.addEventListener("click", (event) => {
      if (event.target instanceof Element && !event.target.closest("button")) this.togglePause();
    });
    // A tapped button takes no focus, so that Space stays "pause" for a person who cannot look.
    document.addEventListener("mousedown", (event) => {
      if (event.target instanceof Element && event.target.closest(".controls, .tools")) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.engine.pause("hidden");
    });
    addEventListener("pagehide", () => this.session.outbox.release());
    listenToKeys(() => this.#escape());
  }

  #escape() {
    if (document.body.dataset.screen === "stage") return this.askToStop();
    for (const dialog of document.querySelectorAll("dialog[open]")) /** @type {HTMLDialogElement} */ (dialog).close();
  }

  #ready() {
    const { step } = this.engine;
    if (this.coached.pace.waiting) return this.coached.pace.goOn();
    if (!step || step.rep === 0) return this.engine.next();
    this.counter.tick(step.rep);
    this.engine.finishRepetition();
  }

  /**
   * Keep a set at once; where a camera looked, what it saw is filled in a moment later, before it is sent.
   *
   * @param {SetEvent | null} event
   * @param {boolean} whole
   */
  #recordSet(event, whole) {
    if (!event || !this.coached.looked) return void this.session.record(event);
    const { led } = this.counter;
    const id = this.session.record(event, { held: true });
    const fill = async () => {
      const fields = await this.coached.measured(event, led, whole);
      Object.assign(event, fields);
      this.keptTrack.hold(id, this.coached.rows);
      this.session.outbox.amend(id, fields);
    };
    this.#seen = this.#seen.then(fill);
  }

  /** @param {Step} step */
  #enter(step) {
    this.counter.enter(step);
    this.coached.enter(step);
    if (step.kind === "feedback") this.feedback.show(this.words, this.session.pain);
    else this.feedback.hide();
    this.#beginView();
    this.sound.begin(step, this.engine.elapsed_s);
    this.#tick(step, this.engine.elapsed_s);
  }

  #beginView() {
    const { step } = this.engine;
    if (!step) return;
    const { on, waiting } = this.coached.pace;
    const tap = waiting ? "begin_anyway" : on && step.rep > 0 ? "rep_done" : "";
    this.view.begin(step, this.words, this.session.plan.exercises.length, tap);
  }

  /**
   * @param {Step} step
   * @param {boolean} completed
   */
  #leave(step, completed) {
    this.session.left(step, completed);
    if (!completed) return;
    if (step.kind === "hold") this.sound.bell("end");
    this.#recordSet(this.counter.complete(step), true);
    if (step.kind === "feedback" && step.exercise_id) {
      this.session.record(feedbackEvent(step.exercise_id, this.feedback.effort, this.feedback.pain));
    }
  }

  /**
   * @param {Step} step
   * @param {number} elapsed_s
   */
  #tick(step, elapsed_s) {
    this.sound.tick(step, elapsed_s, this.words);
    this.coached.tick(step);
    this.#draw();
  }

  #draw() {
    const { step, elapsed_now_s, seconds_left } = this.engine;
    if (!step) return;
    this.view.draw(step, elapsed_now_s);
    this.view.progress(seconds_left, this.#whole_s, this.words);
    cancelAnimationFrame(this.#frame);
    const moving = step.phase !== null || step.kind === "explain";
    if (this.view.moves && moving && this.engine.state === "running") {
      this.#frame = requestAnimationFrame(() => this.#draw());
    }
  }

  /** @param {PauseReason} reason */
  #paused(reason) {
    html("paused").hidden = false;
    write(html("paused-hint"), this.words.ui(reason === "asked" ? "paused_hint" : "paused_hidden"));
    write(button("pause"), this.words.ui("resume"));
    if (reason === "asked") this.sound.say(this.words, "paused");
    else this.sound.hush();
  }

  #running() {
    html("paused").hidden = true;
    write(button("pause"), this.words.ui("pause"));
  }

  #end() {
    if (!this.session.finished) this.session.record({ kind: "finish", at: new Date().toISOString() });
    this.#leaveStage();
    this.result.showDone(this.words);
  }

  /** @param {StopReason} reason */
  #stopped(reason) {
    const { step } = this.engine;
    this.#recordSet(this.counter.take(), false);
    this.engine.stop();
    // Kept at once, sent with its answers; a page closed in between is sent without them.
    this.#stop_id = this.session.record(stopEvent(step?.exercise_id ?? null, reason), { held: true });
  }

  /**
   * @param {StopReason} _reason
   * @param {Answers} answers
   */
  #answered(_reason, answers) {
    const stop = this.session.stop;
    if (stop) Object.assign(stop, answers);
    this.session.outbox.amend(this.#stop_id, answers);
    this.#showStop();
  }

  #showStop() {
    const { stop } = this.session;
    if (!stop) return;
    this.#leaveStage();
    this.result.showStop(stop, this.words);
  }

  #leaveStage() {
    this.#seen = this.#seen.then(() => this.coached.close());
    this.wakeLock.release();
    void this.fullScreen.leave();
    this.#show("result");
  }

  #goOnWithout() {
    const exercise_id = this.session.stop?.exercise_id;
    if (!exercise_id) return;
    this.session.record(skipEvent(exercise_id, null, "pain"));
    const steps = this.session.timeline(this.words, "go_on");
    if (steps.length === 0) return this.#end();
    this.sound.open();
    this.wakeLock.hold();
    this.#show("stage");
    this.#stage.focus();
    this.#running();
    this.engine.continueWith(steps);
  }

  /**
   * @param {Step} step
   * @param {Side | null} side
   * @param {SkipReason} reason
   */
  #skipped(step, side, reason) {
    if (!step.exercise_id) return;
    this.#recordSet(this.counter.take(), false);
    this.session.left(step, false);
    this.session.record(skipEvent(step.exercise_id, side, reason));
    this.#running();
    const steps = this.session.timeline(this.words, "skipped");
    this.engine.continueWith(steps);
    this.#stage.focus();
  }

  #changeLanguage() {
    const words = new Words(this.session.data, this.words.other);
    this.translate(words);
    void this.sound.load(words, [...AT_ANY_MOMENT.map((key) => words.phrase(key)), ...sentencesOf(this.engine.steps)]);
    const { language } = this.session.data.urls;
    if (!language) return;
    const headers = { "X-CSRFToken": this.session.outbox.csrf() };
    const body = new URLSearchParams({ language: words.language });
    void fetch(language, { method: "POST", redirect: "manual", headers, body }).catch(() => undefined);
  }

  /** @param {string} id */
  #openPanel(id) {
    this.engine.pause();
    if (id === "settings-dialog") this.settings.show(this.sound.hasSystemVoice(this.words));
    if (id === "list-dialog") {
      fillExerciseList(html("list"), this.session.plan, this.session.events, this.words, this.engine.step?.exercise ?? -1);
    }
    byId(id, HTMLDialogElement).showModal();
  }

  #labelMute() {
    const label = this.words.ui(this.preferences.muted ? "unmute" : "mute");
    button("mute").setAttribute("aria-label", label);
    button("mute").setAttribute("aria-pressed", String(this.preferences.muted));
    button("mute").title = label;
  }

  /** @param {boolean} on */
  #fullScreenChanged(on) {
    const label = this.words.ui(on ? "leave_full_screen" : "full_screen");
    button("full-screen").setAttribute("aria-label", label);
    button("full-screen").title = label;
  }

  /** @param {"start" | "stage" | "result"} screen */
  #show(screen) {
    document.body.dataset.screen = screen;
  }
}

