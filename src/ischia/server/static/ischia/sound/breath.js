/** @import {SoundOutput} from "./output.js" */

const LOUDEST = 0.05;
const NOISE_S = 2;
const BAND_HZ = { in: [350, 900], out: [800, 300] };

/** Breathing to listen to: a soft rush of air that swells and rises on the way in, and sinks on the way out. */
export class BreathSound {
  /** @type {AudioBuffer | null} */ #noise = null;
  /** @type {AudioBufferSourceNode | null} */ #source = null;

  /** @param {SoundOutput} output */
  constructor(output) {
    this.output = output;
  }

  /**
   * @param {"in" | "out"} direction
   * @param {number} duration_s
   */
  play(direction, duration_s) {
    const { context, input } = this.output;
    this.hush();
    if (!context || !input || duration_s <= 0) return;
    const source = context.createBufferSource();
    source.buffer = this.#noise ??= makeNoise(context);
    source.loop = true;
    const band = context.createBiquadFilter();
    band.type = "bandpass";
    band.Q.value = 0.8;
    const [from_hz, to_hz] = BAND_HZ[direction];
    const loudness = context.createGain();
    const now_s = context.currentTime;
    const end_s = now_s + duration_s;
    band.frequency.setValueAtTime(from_hz ?? 500, now_s);
    band.frequency.linearRampToValueAtTime(to_hz ?? 500, end_s);
    loudness.gain.setValueAtTime(0, now_s);
    loudness.gain.linearRampToValueAtTime(LOUDEST, now_s + duration_s * (direction === "in" ? 0.7 : 0.2));
    loudness.gain.linearRampToValueAtTime(0, end_s);
    source.connect(band).connect(loudness).connect(input);
    source.start(now_s);
    source.stop(end_s);
    this.#source = source;
  }

  hush() {
    this.#source?.stop();
    this.#source = null;
  }
}

/** @param {BaseAudioContext} context */
function makeNoise(context) {
  const buffer = context.createBuffer(1, NOISE_S * context.sampleRate, context.sampleRate);
  const samples = buffer.getChannelData(0);
  for (let index = 0; index < samples.length; index += 1) samples[index] = Math.random() * 2 - 1;
  return buffer;
}
