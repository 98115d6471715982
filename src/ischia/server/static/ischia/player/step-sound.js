import { ring } from "../sound/bell.js";
import { BreathSound } from "../sound/breath.js";
import { Clips } from "../sound/clips.js";
import { SoundOutput } from "../sound/output.js";
import { Speech } from "../sound/speech.js";
import { spokenSeconds } from "./speech-plan.js";

/** @import {Step} from "./types.js" */
/** @import {Preferences} from "./preferences.js" */
/** @import {Words} from "./words.js" */

/** Everything a step sounds like: its sentences at their seconds, the bell around a hold, the breath of a movement. */
export class StepSound {
  #output = new SoundOutput();
  #clips = new Clips();
  #speech = new Speech(this.#output, this.#clips);
  #breath = new BreathSound(this.#output);
  #said = 0;
  #remark_until_ms = 0;

  /** @param {Preferences} preferences */
  constructor(preferences) {
    this.preferences = preferences;
    this.applyPreferences();
  }

  applyPreferences() {
    const { volume, muted, voice } = this.preferences;
    this.#output.setLevel(volume);
    this.#output.setMuted(muted);
    this.#speech.kind = voice;
    if (muted) this.hush();
  }

  /** Call from a tap or key: browsers allow sound only then. */
  open() {
    this.#output.open();
  }

  /**
   * @param {Words} words
   * @param {string[]} sentences
   */
  load(words, sentences) {
    return this.#clips.load(words.voice, sentences);
  }

  /**
   * @param {Step} step
   * @param {number} elapsed_s what was said before is not said again
   */
  begin(step, elapsed_s) {
    if (performance.now() < this.#remark_until_ms && step.rep > 0) this.#breath.hush();
    else this.hush();
    this.#said = step.says.filter((say) => say.at_s < elapsed_s).length;
    if (step.kind === "hold" && elapsed_s === 0) this.bell("start");
    if (this.preferences.breath && (step.breathing === "in" || step.breathing === "out")) {
      this.#breath.play(step.breathing, step.duration_s - elapsed_s);
    }
  }

  /**
   * @param {Step} step
   * @param {number} elapsed_s
   * @param {Words} words
   */
  tick(step, elapsed_s, words) {
    for (let say = step.says[this.#said]; say && say.at_s <= elapsed_s; say = step.says[this.#said]) {
      this.#said += 1;
      this.#speech.say(say.text, words.voice, words.language);
    }
  }

  /**
   * Say a sentence that belongs to no step, behind what is being said.
   *
   * @param {Words} words
   * @param {string} text
   */
  remark(words, text) {
    this.#speech.say(text, words.voice, words.language);
    this.#remark_until_ms = performance.now() + 1000 * spokenSeconds(words.voice, text);
  }

  /** @param {"start" | "end" | "good"} which */
  bell(which) {
    if (this.preferences.bell && !this.preferences.muted) ring(this.#output, which);
  }

  /**
   * Say something that belongs to no step.
   *
   * @param {Words} words
   * @param {...string} keys of phrases
   */
  say(words, ...keys) {
    this.hush();
    for (const key of keys) this.#speech.say(words.phrase(key), words.voice, words.language);
  }

  /** @param {Words} words */
  hasSystemVoice(words) {
    return this.#speech.hasSystemVoice(words.language);
  }

  hush() {
    this.#speech.hush();
    this.#breath.hush();
  }
}
