// @ts-check
// A worker that runs our own tracker: the very Python that analyses recordings, one frame at a time.

import { whole } from "./assets.js";
import { TroubleError, troubleOf } from "./types.js";

/** @typedef {import("./types.js").Assets} Assets */
/** @typedef {import("./types.js").Row} Row */

const ARCHIVE = "ischia.zip";
const DESK = `
import json, sys
sys.path.insert(0, "/${ARCHIVE}")
from ischia.coaching import Guide

guide = None

def begin(spec, side, repetitions, hold_s):
    global guide
    guide = Guide(spec, side, repetitions, hold_s)

def push(t_s, flat, width, height, people):
    landmarks = None
    if flat is not None:
        landmarks = list(zip(*[iter(flat.to_py())] * 4))
    return json.dumps(guide.push(t_s, landmarks, width, height, people))

def finish():
    return json.dumps(guide.finish())
`;

/** @type {any} */
let python;
/** @type {{begin: Function, push: Function, finish: Function}} */
let desk;
let set = 0;

/** @param {Assets} assets */
async function load(assets) {
  const [engine, own] = [assets["pyodide.mjs"], await whole(assets[ARCHIVE])];
  if (!engine) throw new TroubleError("model_missing");
  const { loadPyodide } = await import(engine.url);
  const folder = new URL(engine.url, location.href).href.replace(/[^/]*$/, "");
  python = await loadPyodide({ indexURL: folder });
  python.FS.writeFile(`/${ARCHIVE}`, own);
  python.runPython(DESK);
  const get = (/** @type {string} */ name) => python.globals.get(name);
  desk = { begin: get("begin"), push: get("push"), finish: get("finish") };
}

/** @param {Row} row */
const push = (row) => desk.push(row.t_s, row.landmarks ?? undefined, row.width, row.height, row.people);

addEventListener("message", async ({ data }) => {
  try {
    switch (data.kind) {
      case "load":
        await load(data.assets);
        return postMessage({ kind: "ready" });
      case "begin":
        set = data.set;
        desk.begin(data.spec, data.side, data.repetitions, data.hold_s);
        for (const row of data.rows) push(row);
        return;
      case "push":
        if (data.set !== set) return;
        return postMessage({ kind: "live", set, live: JSON.parse(push(data.row)) });
      case "finish":
        return postMessage({ kind: "finished", set, record: JSON.parse(desk.finish()) });
    }
  } catch (error) {
    postMessage({ kind: "failed", trouble: troubleOf(error, "worker_failed"), text: String(error) });
  }
});
