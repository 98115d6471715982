// Stands in for ../coach/coach.js: a coach that sees what the test tells it.
export const openCamera = async () => {
  if (globalThis.refused) throw Object.assign(new Error("no"), { trouble: "denied" });
  const stream = document.createElement("canvas").captureStream();
  (globalThis.streams ??= []).push(stream);
  return stream;
};
export const keepForLater = async () => undefined;
export const lacking = () => [];
export class Coach {
  constructor(told) {
    globalThis.coach = this;
    Object.assign(this, { told, preview: document.createElement("video"), begun: [], record: null, rows: [] });
  }
  supported = () => null;
  load = async () => undefined;
  expect = async () => undefined;
  open = async () => undefined;
  begin = async (set) => void this.begun.push(set);
  finish = async () => this.record;
  close = () => undefined;
  end = () => undefined;
  see = (live) =>
    this.told.live({ t_s: performance.now() / 1000, progress: 0, phase: "rest", count: 0, hold_s: 0, scored: true, framing: "ready", ...live });
}
