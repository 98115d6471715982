// @ts-check
// The room, the light and the person, drawn by three.js, which the caller has loaded.

/** @typedef {import("./motion.js").BodyMotion} BodyMotion */
/** @typedef {import("./motion.js").Picture} Picture */
/**
 * @typedef {{azimuth_deg: number, elevation_deg: number, distance_m: number, look_at: number[], focal: number}} View
 * @typedef {{canvas: HTMLCanvasElement, setPerson: (url: string) => Promise<void>, pose: (picture: Picture) => void,
 *   look: (view: View) => void, resize: (width: number, height: number, sharpness?: number) => void,
 *   draw: () => void, remove: () => void}} Stage
 */

const COLOURS = {
  room: 0xe9ece6,
  floor: 0xd9d2c4,
  mat: 0x5f86b3,
  pillow: 0xf3ead9,
  wood: 0xc49a6c,
  cupboard: 0xe6e0d4,
};

/**
 * A room with a mat, ready for a person.
 * @param {any} three the bundled three.js
 * @param {BodyMotion} motion
 * @param {{plain?: boolean}} [wishes] plain: drawn quickly rather than well
 * @returns {Stage}
 */
export function createStage(three, motion, wishes = {}) {
  const renderer = new three.WebGLRenderer({ antialias: !wishes.plain, preserveDrawingBuffer: true });
  renderer.shadowMap.enabled = true;
  renderer.shadowMap.type = three.PCFShadowMap;
  renderer.toneMapping = three.NoToneMapping;
  const scene = new three.Scene();
  scene.background = new three.Color(COLOURS.room);
  scene.fog = new three.Fog(COLOURS.room, 6, 14);
  furnish(three, scene, motion);
  light(three, scene, wishes.plain ? 512 : 1024);
  const camera = new three.PerspectiveCamera(40, 16 / 9, 0.1, 40);
  /** @type {any} */
  let person = null;
  /** @type {Map<string, any>} */
  let bones = new Map();
  /** @type {Picture | null} */
  let shown = null;
  let focal = 0.9;
  /** @type {(picture: Picture) => void} */
  const pose = (picture) => {
    shown = picture;
    for (const [name, turn] of picture.turns) bones.get(name)?.quaternion.fromArray(turn);
    bones.get("pelvis")?.position.fromArray(picture.at);
  };
  return {
    canvas: renderer.domElement,
    async setPerson(url) {
      const loaded = await new three.GLTFLoader().loadAsync(url);
      if (person) {
        scene.remove(person);
        free(person);
      }
      person = loaded.scene;
      bones = new Map();
      person.traverse((/** @type {any} */ node) => {
        if (node.isBone) bones.set(node.name, node);
        if (node.isMesh) {
          node.castShadow = node.receiveShadow = true;
          node.frustumCulled = false;
          node.material.roughness = 0.85;
        }
      });
      scene.add(person);
      if (shown) pose(shown);
    },
    pose,
    look(view) {
      const [az, el] = [(view.azimuth_deg * Math.PI) / 180, (view.elevation_deg * Math.PI) / 180];
      const [x = 0, y = 0, z = 0] = view.look_at;
      const flat = view.distance_m * Math.cos(el);
      camera.position.set(x + flat * Math.sin(az), y + view.distance_m * Math.sin(el), z + flat * Math.cos(az));
      camera.lookAt(x, y, z);
      focal = view.focal;
      lens();
    },
    resize(width, height, sharpness = 1) {
      renderer.setPixelRatio(sharpness);
      renderer.setSize(width, height, false);
      camera.aspect = width / height;
      lens();
    },
    draw: () => renderer.render(scene, camera),
    remove() {
      free(scene);
      renderer.dispose();
      renderer.domElement.remove();
    },
  };

  function lens() {
    camera.fov = (2 * Math.atan(0.5 / focal / camera.aspect) * 180) / Math.PI;
    camera.updateProjectionMatrix();
  }
}

/**
 * @param {any} three
 * @param {any} scene
 * @param {number} pixels of the shadow picture's edge
 */
function light(three, scene, pixels) {
  scene.add(new three.HemisphereLight(0xffffff, 0xb3a590, 1.9));
  const sun = new three.DirectionalLight(0xfff3e0, 2.1);
  sun.position.set(-1.6, 3.6, 2.4);
  sun.castShadow = true;
  sun.shadow.mapSize.set(pixels, pixels);
  Object.assign(sun.shadow.camera, { left: -1.7, right: 1.7, top: 1.9, bottom: -1.7, near: 0.5, far: 9 });
  sun.shadow.bias = -0.0004;
  sun.shadow.normalBias = 0.012;
  sun.shadow.radius = 5;
  sun.target.position.set(0, 0.3, 0);
  scene.add(sun, sun.target);
  const fill = new three.DirectionalLight(0xdfe9ff, 0.55);
  fill.position.set(2.5, 1.8, -2.5);
  scene.add(fill);
}

/**
 * @param {any} three
 * @param {any} scene
 * @param {BodyMotion} motion
 */
function furnish(three, scene, motion) {
  /** @type {(shape: any, colour: number, at: [number, number, number]) => any} */
  const put = (shape, colour, [x, y, z]) => {
    const thing = new three.Mesh(shape, new three.MeshLambertMaterial({ color: colour }));
    thing.position.set(x, y, z);
    thing.receiveShadow = thing.castShadow = true;
    scene.add(thing);
    return thing;
  };
  const floor = put(new three.CircleGeometry(14, 48), COLOURS.floor, [0, motion.position === "standing" ? 0 : -0.0125, 0]);
  floor.rotation.x = -Math.PI / 2;
  floor.castShadow = false;
  const [left = -1, right = 1] = motion.reach;
  if (motion.position !== "standing") {
    put(roundedBox(three, right - left + 0.24, 0.012, 0.86, 0.05), COLOURS.mat, [(left + right) / 2, -0.006, 0]);
  }
  const { pillow, worktop } = motion.things;
  if (pillow) {
    const { x = 0, height = 0.05, length = 0.4 } = pillow;
    const shape = new three.SphereGeometry(1, 32, 20);
    const points = shape.attributes.position;
    for (let i = 0; i < points.count; i++) {
      /** @type {(v: number) => number} */
      const square = (v) => Math.sign(v) * Math.abs(v) ** 0.45;
      points.setXYZ(i, square(points.getX(i)), Math.sign(points.getY(i)) * Math.abs(points.getY(i)) ** 0.6, square(points.getZ(i)));
    }
    shape.computeVertexNormals();
    put(shape, COLOURS.pillow, [x, height / 2 - 0.004, 0]).scale.set(length / 2, height / 2 + 0.016, 0.3);
  }
  if (worktop) {
    const { edge = 0.1, height = 0.86 } = worktop;
    put(new three.BoxGeometry(0.6, 0.04, 1.5), COLOURS.wood, [edge + 0.3, height - 0.02, 0]);
    put(new three.BoxGeometry(0.54, height - 0.04, 1.44), COLOURS.cupboard, [edge + 0.32, (height - 0.04) / 2, 0]);
  }
}

/**
 * @param {any} three
 * @param {number} long
 * @param {number} high
 * @param {number} wide
 * @param {number} round
 */
function roundedBox(three, long, high, wide, round) {
  const [x, z] = [long / 2 - round, wide / 2 - round];
  const outline = new three.Shape();
  outline.absarc(x, z, round, 0, Math.PI / 2);
  outline.absarc(-x, z, round, Math.PI / 2, Math.PI);
  outline.absarc(-x, -z, round, Math.PI, 1.5 * Math.PI);
  outline.absarc(x, -z, round, 1.5 * Math.PI, 2 * Math.PI);
  const shape = new three.ExtrudeGeometry(outline, { depth: high, bevelEnabled: false, curveSegments: 6 });
  shape.rotateX(-Math.PI / 2);
  shape.translate(0, -high / 2, 0);
  return shape;
}

/** @param {any} tree */
function free(tree) {
  tree.traverse((/** @type {any} */ node) => {
    node.geometry?.dispose();
    node.material?.dispose();
    node.skeleton?.dispose();
  });
}
