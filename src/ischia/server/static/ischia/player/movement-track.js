/** @import {Row} from "../coach/types.js" */

/**
 * @typedef {object} Track the drawing of a movement, see the server's ``movement_track``
 * @property {number} width of the picture that was looked at
 * @property {number} height
 * @property {Float64Array} times media seconds
 * @property {(index: number) => Float32Array | null} landmarks 33 of x, y, z, visibility; null where nobody was seen
 */

const MAGIC = 0x314b5449; // "ITK1"
const HEAD = 16;
const STEPS = 8192;
const NOBODY = -32768;
const POINTS = 4 * 33;
const MOST_FRAMES = 12_000;

/** Whether this browser can pack a drawing. */
export const canPack = () => "CompressionStream" in globalThis;

/**
 * @param {Row[]} rows what was seen of a set
 * @returns {Promise<Blob | null>} null where it cannot be one drawing: nothing, too long, or of two pictures' sizes
 */
export async function pack(rows) {
  const first = rows[0];
  if (!first || rows.length > MOST_FRAMES) return null;
  const { width, height } = first;
  if (rows.some((row) => row.width !== width || row.height !== height)) return null;
  if (rows.some((row, at) => at > 0 && row.t_s <= (rows[at - 1]?.t_s ?? 0))) return null;
  const steps = new Int16Array(POINTS * rows.length);
  rows.forEach(({ landmarks }, at) => {
    if (!landmarks) return void steps.fill(NOBODY, POINTS * at, POINTS * (at + 1));
    landmarks.forEach((value, place) => {
      steps[POINTS * at + place] = Math.max(NOBODY + 1, Math.min(-NOBODY - 1, Math.round(STEPS * value)));
    });
  });
  const parts = [
    Uint32Array.of(MAGIC, width, height, rows.length),
    Float64Array.from(rows, (row) => row.t_s),
    Uint8Array.from(rows, (row) => row.people),
    steps,
  ];
  return new Response(new Blob(parts).stream().pipeThrough(new CompressionStream("gzip"))).blob();
}

/**
 * @param {ArrayBuffer} raw a drawing, unpacked
 * @returns {Track}
 * @throws {Error} it is none
 */
export function unpack(raw) {
  const [magic, width = 0, height = 0, n = 0] = new Uint32Array(raw.slice(0, HEAD));
  if (magic !== MAGIC || raw.byteLength !== HEAD + n * (9 + 2 * POINTS)) throw new Error("no drawing");
  const times = new Float64Array(raw.slice(HEAD, HEAD + 8 * n));
  const steps = new Int16Array(raw.slice(HEAD + 9 * n));
  const landmarks = (/** @type {number} */ index) => {
    const own = steps.subarray(POINTS * index, POINTS * (index + 1));
    return own[0] === NOBODY ? null : Float32Array.from(own, (step) => step / STEPS);
  };
  return { width, height, times, landmarks };
}
