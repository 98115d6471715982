/**
 * Full screen where the browser allows it. The Escape key leaves full screen without telling the page, so leaving it
 * in any other way than by our button counts as Escape.
 */
export class FullScreen {
  #leaving = false;

  /** @param {{escaped: () => void, changed: (on: boolean) => void}} listener */
  constructor({ escaped, changed }) {
    document.addEventListener("fullscreenchange", () => {
      const on = document.fullscreenElement !== null;
      if (!on && !this.#leaving) escaped();
      this.#leaving = false;
      changed(on);
    });
  }

  get possible() {
    return document.fullscreenEnabled === true;
  }

  async enter() {
    try {
      if (this.possible && !document.fullscreenElement) await document.documentElement.requestFullscreen({ navigationUI: "hide" });
    } catch {
      return;
    }
  }

  async leave() {
    if (!document.fullscreenElement) return;
    this.#leaving = true;
    await document.exitFullscreen().catch(() => undefined);
  }

  toggle() {
    return document.fullscreenElement ? this.leave() : this.enter();
  }
}
