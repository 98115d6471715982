"""What the player sounds like: voice, bell and breath, really heard."""

import pytest
from playwright.sync_api import Page
from tests.journeys.play import open_player, run_to, start
from tests.journeys.playground import Playground

pytestmark = pytest.mark.journey


HEAR = """
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (target, ...rest) {
    if (target instanceof AudioDestinationNode && !(this.context instanceof OfflineAudioContext)) {
      window.ear ??= this.context.createAnalyser();
      connect.call(this, window.ear);
    }
    return connect.call(this, target, ...rest);
  };
  window.peak = () => {
    if (!window.ear) return 0;
    const samples = new Float32Array(window.ear.fftSize);
    window.ear.getFloatTimeDomainData(samples);
    return Math.max(...samples.map(Math.abs));
  };
"""


def hear(page: Page, condition: str) -> None:
    """Wait for a loudness, at most ten seconds of real time."""
    for _ in range(200):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never {condition}")


def test_the_voice_is_really_heard_and_mute_silences_it(page: Page, playground: Playground) -> None:
    page.add_init_script(HEAR)
    open_player(page, playground)
    page.wait_for_load_state("networkidle")
    page.locator("#start-button").click()
    hear(page, "peak() > 0.02")
    page.keyboard.press("m")
    hear(page, "peak() === 0")


def test_bell_and_breath_are_heard_without_any_clip(page: Page, playground: Playground) -> None:
    playground.data["voice"] = {"en": {}, "vi": {}}
    page.add_init_script(HEAR)
    start(page, playground)
    run_to(page, "hold")
    page.clock.resume()  # what is heard takes its time
    hear(page, "peak() > 0.02")


def test_a_device_voice_that_never_speaks_is_given_up(page: Page, playground: Playground) -> None:
    page.add_init_script(
        HEAR
        + """
        const told = JSON.stringify({voice: "system"});
        if (location.protocol !== "about:") localStorage.setItem("ischia-player", told);
        window.asked = 0;
        const silent = {speak: () => (window.asked += 1), cancel: () => undefined, speaking: false,
          pending: false, getVoices: () => [{lang: "en-GB"}]};
        Object.defineProperty(window, "speechSynthesis", {value: silent});
        window.SpeechSynthesisUtterance = class {};
        """
    )
    open_player(page, playground)
    page.wait_for_load_state("networkidle")
    page.locator("#start-button").click()
    page.clock.run_for(2500)
    assert page.evaluate("asked") == 1
    hear(page, "peak() > 0.02")
