import { SystemVoice } from "./system-voice.js";

/** @import {Language, Voice} from "../player/types.js" */
/** @import {Speaking} from "../player/preferences.js" */
/** @import {Clips} from "./clips.js" */
/** @import {SoundOutput} from "./output.js" */

const GAP_S = 0.05;

/** Says sentences, in recorded clips or in the device's own voice. It never keeps anybody waiting. */
export class Speech {
  /** @type {AudioBufferSourceNode[]} */ #playing = [];
  #free_at_s = 0;
  #system = new SystemVoice();
  /** @type {Speaking} */ kind = "clips";

  /**
   * @param {SoundOutput} output
   * @param {Clips} clips
   */
  constructor(output, clips) {
    this.output = output;
    this.clips = clips;
  }

  /**
   * Say a sentence, behind what is being said.
   *
   * @param {string} text
   * @param {Voice} voice
   * @param {Language} language
   */
  say(text, voice, language) {
    if (this.output.muted || this.kind === "none") return;
    if (this.kind === "system" && this.#system.works(language)) {
      this.#system.say(text, language, this.output.level, () => this.#play(text, voice));
    } else {
      this.#play(text, voice);
    }
  }

  /** Be silent at once. */
  hush() {
    for (const source of this.#playing) source.stop();
    this.#playing = [];
    this.#free_at_s = 0;
    this.#system.hush();
  }

  /** @param {Language} language */
  hasSystemVoice(language) {
    return this.#system.works(language);
  }

  /**
   * @param {string} text
   * @param {Voice} voice
   */
  #play(text, voice) {
    const { context, input } = this.output;
    const buffer = this.clips.get(voice[text]?.url);
    if (!context || !input || !buffer) return;
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(input);
    const start_s = Math.max(context.currentTime, this.#free_at_s);
    source.start(start_s);
    this.#free_at_s = start_s + buffer.duration + GAP_S;
    this.#playing.push(source);
    source.onended = () => {
      this.#playing = this.#playing.filter((other) => other !== source);
    };
  }
}
