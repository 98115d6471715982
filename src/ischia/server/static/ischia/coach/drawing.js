// @ts-check
// The skeleton over the picture, and the curve of the movement.

/** Pairs of landmarks that a line joins: trunk, arms, legs, feet. */
const LIMBS = [
  [11, 12], [23, 24], [11, 23], [12, 24], [11, 13], [13, 15], [12, 14], [14, 16],
  [23, 25], [25, 27], [24, 26], [26, 28], [27, 31], [28, 32], [0, 11], [0, 12],
];
const JOINTS = [0, 11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28];
const SEEN = 0.5;
const SHOWN_S = 20;

/** @type {(canvas: HTMLCanvasElement, name: string) => string} */
const colour = (canvas, name) => getComputedStyle(canvas).getPropertyValue(name).trim() || "gray";

/**
 * @param {HTMLCanvasElement} canvas as large as the picture
 * @param {Float32Array | null} landmarks 33 of x, y, z, visibility; null clears
 * @param {number} width of the picture
 * @param {number} height of the picture
 */
export function drawSkeleton(canvas, landmarks, width, height) {
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.clearRect(0, 0, width, height);
  if (!landmarks) return;
  const at = (/** @type {number} */ point) => ({
    x: (landmarks[4 * point] ?? 0) * width,
    y: (landmarks[4 * point + 1] ?? 0) * height,
    seen: (landmarks[4 * point + 3] ?? 0) >= SEEN,
  });
  const thick = Math.max(2, Math.hypot(width, height) / 200);
  for (const [line, ink] of /** @type {[number, string][]} */ ([[2 * thick, "#0d191c"], [thick, "#7fd4c9"]])) {
    pen.lineWidth = line;
    pen.strokeStyle = pen.fillStyle = ink;
    pen.lineCap = "round";
    for (const [from = 0, to = 0] of LIMBS) {
      const [one, other] = [at(from), at(to)];
      pen.globalAlpha = one.seen && other.seen ? 1 : 0.3;
      pen.beginPath();
      pen.moveTo(one.x, one.y);
      pen.lineTo(other.x, other.y);
      pen.stroke();
    }
    for (const joint of JOINTS) {
      const { x, y, seen } = at(joint);
      pen.globalAlpha = seen ? 1 : 0.3;
      pen.beginPath();
      pen.arc(x, y, line, 0, 2 * Math.PI);
      pen.fill();
    }
  }
  pen.globalAlpha = 1;
}

/** The progress of the last seconds, 0 below and 1 above. */
export class Curve {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    /** @type {[number, number | null, boolean][]} time, progress, held */
    this.points = [];
  }

  clear() {
    this.points = [];
    this.draw();
  }

  /** @param {number} t_s @param {number | null} progress @param {boolean} held */
  add(t_s, progress, held) {
    this.points.push([t_s, progress, held]);
    while ((this.points[0]?.[0] ?? t_s) < t_s - SHOWN_S) this.points.shift();
    this.draw();
  }

  draw() {
    const { canvas, points } = this;
    const [width, height] = [canvas.clientWidth * devicePixelRatio, canvas.clientHeight * devicePixelRatio].map(Math.round);
    const pen = canvas.getContext("2d");
    if (!pen || !width || !height) return;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    pen.clearRect(0, 0, width, height);
    const y = (/** @type {number} */ progress) => height * (0.9 - 0.8 * Math.min(1.1, Math.max(-0.1, progress)));
    pen.lineWidth = devicePixelRatio;
    pen.strokeStyle = colour(canvas, "--edge");
    pen.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
    for (const level of [0, 1]) {
      pen.beginPath();
      pen.moveTo(0, y(level));
      pen.lineTo(width, y(level));
      pen.stroke();
    }
    pen.setLineDash([]);
    pen.lineWidth = 3 * devicePixelRatio;
    pen.lineJoin = "round";
    const last_s = Math.max(points.at(-1)?.[0] ?? 0, SHOWN_S);
    const x = (/** @type {number} */ t_s) => width * (1 - (last_s - t_s) / SHOWN_S);
    const [way, hold] = [colour(canvas, "--brand"), colour(canvas, "--accent")];
    for (const [at, [t_s, progress, held]] of points.entries()) {
      const before = points[at - 1];
      if (progress === null || !before || before[1] === null) continue;
      pen.strokeStyle = held ? hold : way;
      pen.beginPath();
      pen.moveTo(x(before[0]), y(before[1]));
      pen.lineTo(x(t_s), y(progress));
      pen.stroke();
    }
  }
}
