// What the 3-D view uses of three.js, and no more: bundled from here.
export {
  BoxGeometry,
  CircleGeometry,
  Color,
  DirectionalLight,
  ExtrudeGeometry,
  Fog,
  HemisphereLight,
  Mesh,
  MeshLambertMaterial,
  NoToneMapping,
  PCFShadowMap,
  PerspectiveCamera,
  Scene,
  Shape,
  SphereGeometry,
  WebGLRenderer,
} from "three";
export { GLTFLoader } from "three/examples/jsm/loaders/GLTFLoader.js";
