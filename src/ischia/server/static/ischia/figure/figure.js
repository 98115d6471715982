// @ts-check
// Draws the flat figure that ischia.demonstration describes, and moves it. No timer of its own: the caller says how far.

const SVG = "http://www.w3.org/2000/svg";
// A hand seen edge on still has a thickness: this share of its width. The same as in demonstration/figure.py.
const EDGE_ON = 0.42;

/**
 * @typedef {{d: string, fill?: string, stroke?: string, width?: number, line?: string, opacity?: number}} Drawn
 * @typedef {Drawn & {bone?: [number, number], long?: number, wide?: [number, number], rigid?: boolean,
 *   draw?: Drawn[], edges?: number[][]}} Part
 * @typedef {{id: string, view: number[], turn: 1 | -1, colours: Record<string, string>, parts: Part[],
 *   points: number[][], poses: Record<string, number>, ways: [string, string, number[]][],
 *   sides: "both" | "left", shows: "both" | "left" | "right", exchange: number[]}} FigureJson
 * @typedef {"left" | "right" | "both"} Side
 * @typedef {{element: SVGSVGElement, show: (from: string, to: string, progress: number, side?: Side) => void,
 *   remove: () => void}} Figure
 */

/**
 * Puts the figure into a container, in its start pose.
 * @param {Element} container where it goes; what is in it stays
 * @param {FigureJson} json the figure, from /figures/<id>.json
 * @param {string} [label] what the picture shows, for those who do not see it
 * @returns {Figure}
 */
export function createFigure(container, json, label = "") {
  const element = document.createElementNS(SVG, "svg");
  element.setAttribute("viewBox", json.view.join(" "));
  if (label) {
    element.setAttribute("role", "img");
    element.setAttribute("aria-label", label);
  } else {
    element.setAttribute("aria-hidden", "true");
  }
  /** @type {((points: ArrayLike<number>) => void)[]} */
  const movers = [];
  for (const part of json.parts) {
    const [node, move] = painted(part, json);
    element.append(node);
    if (move) movers.push(move);
  }
  container.append(element);

  const shown = new Float32Array(json.points[0]?.length ?? 0);
  /** @type {(from: string, to: string, progress: number, side?: Side) => void} */
  const show = (from, to, progress, side = json.shows) => {
    const way = wayOf(json, from, to);
    const at = Math.min(1, Math.max(0, progress)) * (way.length - 1);
    const i = Math.min(Math.floor(at), Math.max(0, way.length - 2));
    const first = json.points[way[i] ?? 0] ?? [];
    const second = json.points[way[Math.min(i + 1, way.length - 1)] ?? 0] ?? [];
    const swap = side === "right" && json.sides === "left" ? json.exchange : null;
    for (let k = 0; k < shown.length; k++) {
      const from2 = swap ? 2 * (swap[k >> 1] ?? 0) + (k & 1) : k;
      const a = first[from2] ?? 0;
      shown[k] = a + ((second[from2] ?? 0) - a) * (at - i);
    }
    for (const move of movers) move(shown);
  };
  const start = Object.keys(json.poses)[0] ?? "start";
  show(start, start, 0);
  return { element, show, remove: () => element.remove() };
}

/**
 * The pictures passed from one pose to another; a way back is the way there, turned round.
 * @param {FigureJson} json
 * @param {string} from
 * @param {string} to
 * @returns {number[]}
 */
function wayOf(json, from, to) {
  const there = json.ways.find(([a, b]) => a === from && b === to);
  if (there) return there[2];
  const back = json.ways.find(([a, b]) => a === to && b === from);
  if (back) return [...back[2]].reverse();
  const [a, b] = [json.poses[from] ?? 0, json.poses[to] ?? json.poses[from] ?? 0];
  return a === b ? [a] : [a, b];
}

/**
 * A part as an SVG node, and what moves it.
 * @param {Part} part
 * @param {FigureJson} json
 * @returns {[SVGElement, ((points: ArrayLike<number>) => void) | null]}
 */
function painted(part, json) {
  if (part.edges) {
    const { edges } = part;
    const path = pathOf({ d: "", fill: part.fill }, json.colours);
    const set = changing(path, "d");
    return [path, (points) => set(`M${edges.map((edge) => through(edge, points)).join("L")}Z`)];
  }
  if (!part.bone) return [pathOf(part, json.colours), null];
  const group = document.createElementNS(SVG, "g");
  for (const item of part.draw ?? []) group.append(pathOf(item, json.colours));
  const set = changing(group, "transform");
  return [group, (points) => set(matrix(part, points, json.turn))];
}

/**
 * Sets an attribute only where it changes: what keeps still in a movement, and all of it in a hold, is not painted anew.
 * @param {SVGElement} node
 * @param {string} name
 * @returns {(value: string) => void}
 */
function changing(node, name) {
  let last = "";
  return (value) => {
    if (value !== last) node.setAttribute(name, (last = value));
  };
}

/**
 * @param {Drawn} item
 * @param {Record<string, string>} colours
 * @returns {SVGPathElement}
 */
function pathOf(item, colours) {
  const path = document.createElementNS(SVG, "path");
  /** @type {(name: string, value: string | number) => void} */
  const set = (name, value) => path.setAttribute(name, String(value));
  set("d", item.d);
  set("fill", item.stroke ? "none" : paint(item.fill ?? "shadow", colours));
  if (item.stroke) {
    set("stroke", paint(item.stroke, colours));
    set("stroke-width", item.width ?? 4);
    set("stroke-linecap", "round");
  } else if (item.line && colours[item.line]) {
    set("stroke", paint(item.line, colours));
    set("stroke-width", 7);
  }
  if (item.opacity !== undefined) set("opacity", item.opacity);
  return path;
}

/**
 * A colour that a page may change by a CSS variable such as --figure-shirt.
 * @param {string} name
 * @param {Record<string, string>} colours
 */
function paint(name, colours) {
  const plain = colours[name] ?? colours[name.replace(/_far$/, "")] ?? "currentColor";
  return `var(--figure-${name.replaceAll("_", "-")},${plain})`;
}

/**
 * Where a bone's drawing goes: turned and stretched from its first point to its second.
 * @param {Part} part
 * @param {ArrayLike<number>} points
 * @param {number} turn
 */
function matrix(part, points, turn) {
  const [i, j] = part.bone ?? [0, 0];
  /** @type {(k: number) => number} */
  const at = (k) => points[k] ?? 0;
  const [dx, dy] = [at(2 * j) - at(2 * i), at(2 * j + 1) - at(2 * i + 1)];
  const length = Math.hypot(dx, dy) || 1;
  const [a, b] = [dx / length, dy / length];
  const stretch = part.rigid ? 1 : length / (part.long ?? length);
  let wide = turn;
  if (part.wide) {
    const [o, w] = part.wide;
    const across = ((at(2 * w) - at(2 * o)) * b - (at(2 * w + 1) - at(2 * o + 1)) * a) / 100;
    wide = Math.max(EDGE_ON, Math.abs(across)) * (across >= 0 ? 1 : -1);
  }
  const values = [a * stretch, b * stretch, wide * b, -wide * a, at(2 * i), at(2 * i + 1)];
  return `matrix(${values.map((v) => v.toFixed(3)).join(" ")})`;
}

/**
 * A rounded line through some of the points, open at both ends (Catmull-Rom as cubic curves).
 * @param {number[]} edge
 * @param {ArrayLike<number>} points
 */
function through(edge, points) {
  const last = edge.length - 1;
  /** @type {(k: number) => [number, number]} */
  const at = (k) => {
    const p = 2 * (edge[Math.min(last, Math.max(0, k))] ?? 0);
    return [points[p] ?? 0, points[p + 1] ?? 0];
  };
  let d = at(0).map(Math.round).join(" ");
  for (let k = 0; k < last; k++) {
    const [p, a, b, q] = [at(k - 1), at(k), at(k + 1), at(k + 2)];
    const c = [a[0] + (b[0] - p[0]) / 6, a[1] + (b[1] - p[1]) / 6, b[0] - (q[0] - a[0]) / 6, b[1] - (q[1] - a[1]) / 6];
    d += `C${[...c, ...b].map(Math.round).join(" ")}`;
  }
  return d;
}
