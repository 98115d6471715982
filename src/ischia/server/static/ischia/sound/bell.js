/** @import {SoundOutput} from "./output.js" */

const PARTIALS = [
  { ratio: 1, gain: 0.22, fade_s: 1.6 },
  { ratio: 2.01, gain: 0.08, fade_s: 0.9 },
  { ratio: 3.02, gain: 0.03, fade_s: 0.5 },
];
const PITCH_HZ = { start: 660, end: 495, good: 880 };

/**
 * A soft bell: the higher one begins a hold, the lower one ends it, the highest is for a good repetition.
 *
 * @param {SoundOutput} output
 * @param {"start" | "end" | "good"} which
 */
export function ring({ context, input }, which) {
  if (!context || !input) return;
  const now_s = context.currentTime;
  for (const { ratio, gain, fade_s } of PARTIALS) {
    const tone = context.createOscillator();
    const loudness = context.createGain();
    tone.frequency.value = PITCH_HZ[which] * ratio;
    loudness.gain.setValueAtTime(0, now_s);
    loudness.gain.linearRampToValueAtTime(gain, now_s + 0.015);
    loudness.gain.exponentialRampToValueAtTime(0.0001, now_s + fade_s);
    tone.connect(loudness).connect(input);
    tone.start(now_s);
    tone.stop(now_s + fade_s);
  }
}
