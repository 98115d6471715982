// @ts-check
// Pictures out of a camera or a file, each with its own time. A camera's are dropped while the last one is still
// looked at; a file waits.

/** @typedef {import("./types.js").Shot} Shot */
/**
 * Whoever takes the pictures. `free` tells whether another may come.
 * @typedef {{free(): boolean, take(shot: Shot): void, over(): void}} Taker
 */
/** @typedef {{presentedFrames: number, mediaTime: number, captureTime?: number}} FrameFacts */

const LONGEST_SIDE = 960; // as the analysis of recordings looks at them
const AHEAD = 3;
const SETTLE_MS = 150;
const FRUITLESS = 3; // going back so often for nothing, one after the other: the file has no such pictures
const [SLOWEST, FASTEST_HZ] = [0.1, 45]; // of the screen's 60 pictures a second, so that none is passed over

/** @type {(video: HTMLVideoElement) => Promise<ImageBitmap>} */
function pictureOf(video) {
  const { videoWidth: width, videoHeight: height } = video;
  const scale = LONGEST_SIDE / Math.max(width, height);
  if (scale >= 1) return createImageBitmap(video);
  return createImageBitmap(video, {
    resizeWidth: Math.round(width * scale),
    resizeHeight: Math.round(height * scale),
    resizeQuality: "medium",
  });
}

/**
 * Follow a camera.
 * @param {HTMLVideoElement} video it plays in
 * @param {Taker} taker
 * @param {{zero_ms: number}} clock what its seconds count from; NaN: its first picture
 * @returns {() => void} stop
 */
export function followCamera(video, taker, clock) {
  let [handle, stopped, taking] = [0, false, false];
  let last_s = -1;
  /** @type {(now: number, facts: FrameFacts) => Promise<void>} */
  const each = async (now, facts) => {
    handle = video.requestVideoFrameCallback(each);
    if (taking || !taker.free() || !video.videoWidth) return;
    // The camera's own time where the browser tells it, else the time at which the frame was shown.
    const captured_ms = facts.captureTime ?? now;
    if (Number.isNaN(clock.zero_ms)) clock.zero_ms = captured_ms;
    const t_s = (captured_ms - clock.zero_ms) / 1000;
    if (t_s <= last_s) return;
    taking = true;
    const picture = await pictureOf(video).catch(() => null);
    taking = false;
    if (!picture || stopped) return picture?.close();
    last_s = t_s;
    taker.take({ picture, t_s, captured_ms, width: video.videoWidth, height: video.videoHeight });
  };
  handle = video.requestVideoFrameCallback(each);
  return () => {
    stopped = true;
    video.cancelVideoFrameCallback(handle);
  };
}

/**
 * Go through a file from front to back, as fast as its pictures are looked at. A picture that the browser passed
 * over is gone back to.
 * @param {HTMLVideoElement} video it is loaded in
 * @param {Taker} taker
 * @returns {{stop: () => void, taken: () => void}} `taken` is to be called whenever the taker is free again
 */
export function followFile(video, taker) {
  /** @type {Shot[]} */
  const waiting = [];
  const usual = new Usual();
  let [handle, making, stopped, ended, told] = [0, 0, false, false, false];
  let [first_s, last_s, fruitless, back_s] = [NaN, -1, 0, NaN];
  const full = () => waiting.length + making >= AHEAD;

  const go = () => {
    if (stopped || told) return;
    const shot = taker.free() && waiting.shift();
    if (shot) taker.take(shot);
    if (!waiting.length && !making && ended && taker.free()) {
      told = true;
      return taker.over();
    }
    if (video.ended || full() || video.seeking) return; // from its end it would begin anew
    if (video.paused && last_s >= 0) video.play().catch(() => {});
  };
  /** Play a little faster while pictures are looked at as they come, and slower as soon as they wait. */
  const pace = () => {
    const wish = video.playbackRate * (waiting.length + making > 1 ? 0.9 : 1.03);
    video.playbackRate = Math.max(SLOWEST, Math.min(wish, FASTEST_HZ * usual.apart_s));
  };
  /** Whether pictures before this one were passed over and are gone back to. @param {number} t_s */
  const goesBack = (t_s) => {
    if (!Number.isNaN(back_s)) {
      fruitless = t_s < back_s ? 0 : fruitless + 1;
      back_s = NaN;
    }
    if (last_s < 0 || t_s - last_s < 1.6 * usual.apart_s || fruitless >= FRUITLESS) return false;
    back_s = t_s;
    ended = false;
    video.pause();
    video.currentTime = first_s + last_s + 1.5 * usual.apart_s;
    return true;
  };
  /** @type {(now: number, facts: FrameFacts) => Promise<void>} */
  const each = async (now, facts) => {
    handle = video.requestVideoFrameCallback(each);
    if (Number.isNaN(first_s)) first_s = facts.mediaTime;
    const t_s = facts.mediaTime - first_s;
    if (t_s <= last_s) return go();
    if (goesBack(t_s)) return;
    if (last_s >= 0) usual.learn(t_s - last_s);
    last_s = t_s;
    making += 1;
    if (full()) video.pause();
    const picture = await pictureOf(video).catch(() => null);
    making -= 1;
    if (stopped) return picture?.close();
    if (picture) waiting.push({ picture, t_s, captured_ms: now, width: video.videoWidth, height: video.videoHeight });
    pace();
    go();
  };
  const end = () => {
    // The last picture may be told of after the end.
    setTimeout(() => {
      ended = video.ended;
      go();
    }, SETTLE_MS);
  };
  video.muted = true;
  video.playbackRate = 0.5;
  const seeked = () => {
    go();
    end(); // no further word comes where it was gone back to the end
  };
  video.addEventListener("ended", end);
  video.addEventListener("seeked", seeked);
  handle = video.requestVideoFrameCallback(each);
  video.currentTime = 0; // shows the first picture anew, so that it is taken, too
  return {
    taken: go,
    stop: () => {
      stopped = true;
      video.removeEventListener("ended", end);
      video.removeEventListener("seeked", seeked);
      video.cancelVideoFrameCallback(handle);
      video.pause();
      for (const { picture } of waiting) picture.close();
    },
  };
}

/** How far apart a file's pictures usually are. */
class Usual {
  constructor() {
    this.apart_s = 1 / 30;
    /** @type {number[]} */
    this.seen = [];
  }

  /** @param {number} apart_s */
  learn(apart_s) {
    this.seen.push(apart_s);
    if (this.seen.length > 15) this.seen.shift();
    this.apart_s = [...this.seen].sort((one, other) => one - other)[this.seen.length >> 1] ?? apart_s;
  }
}
