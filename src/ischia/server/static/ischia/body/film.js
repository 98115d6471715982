// @ts-check
// Films an exercise, picture by picture, for `ischia synthesise --video`: no clock, no person at a screen.

import { createStage } from "./stage.js";

/**
 * @typedef {{motion: import("./motion.js").BodyMotion, mesh: string, three: string, width: number, height: number,
 *   view: import("./stage.js").View, bones: string[], plain: boolean, pictures: {at: number[], turns: number[]}[]}} Script
 */

/** Turns are written as whole numbers of this many to one. */
const ONE = 10000;

async function film() {
  /** @type {Script} */
  const script = await (await fetch("script.json")).json();
  const three = await import(script.three);
  const stage = createStage(three, script.motion, { plain: script.plain });
  stage.resize(script.width, script.height);
  stage.look(script.view);
  await stage.setPerson(script.mesh);
  const gl = stage.canvas.getContext("webgl2");
  if (!gl) throw new Error("this browser has no WebGL 2");
  const pixels = new Uint8Array(4 * script.width * script.height);
  let number = 0;
  for (const { at, turns } of script.pictures) {
    const [x = 0, y = 0, z = 0] = at.map((v) => v / 1000);
    const named = script.bones.map((bone, i) => {
      const turn = turns.slice(4 * i, 4 * i + 4).map((v) => v / ONE);
      return /** @type {[string, number[]]} */ ([bone, turn]);
    });
    stage.pose({ at: [x, y, z], turns: new Map(named) });
    stage.draw();
    gl.readPixels(0, 0, script.width, script.height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
    const answer = await fetch(`picture/${number++}`, { method: "POST", body: pixels });
    if (!answer.ok) return;
  }
  await fetch("end", { method: "POST", body: "" });
}

film().catch((error) => fetch("end", { method: "POST", body: String(error?.message ?? error) }));
