"""The player's clockwork: where a session is follows from the time that went by, and from nothing else."""

from typing import Any

import pytest
from playwright.sync_api import Page
from tests.journeys.conftest import OpenPage
from tests.journeys.playground import Playground

pytestmark = pytest.mark.journey

# Two repetitions of lift, hold and return, then a rest.
RUN = """async () => {
  const {Engine} = await import("/static/ischia/player/engine.js");
  window.log = [];
  const step = (id, kind, duration_s, rep = 0) =>
    ({id, kind, duration_s, rep, exercise: 0, side: "both", set: 1, says: []});
  const phase = (name, kind, seconds, n) => step(name + n, kind, seconds, n);
  const rep = (n) =>
    [phase("lift", "move", 2, n), phase("hold", "hold", 3, n), phase("back", "return", 2, n)];
  window.steps = [step("tell", "explain", 4), ...rep(1), ...rep(2), step("rest", "rest", 10)];
  window.engine = new Engine({
    enter: (one) => log.push(`> ${one.id}`),
    leave: (one, completed) => log.push(`${completed ? "=" : "x"} ${one.id}`),
    tick: () => undefined,
    pause: (reason) => log.push(`pause ${reason}`),
    resume: () => log.push("resume"),
    end: () => log.push("end"),
  });
  window.lead = () => [step("lead", "ready", 3)];
}"""


@pytest.fixture
def page(open_page: OpenPage, playground: Playground) -> Page:
    page = open_page()
    page.goto(playground.address + "/blank/")
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 1)
    page.evaluate(RUN)
    page.evaluate("engine.start(steps)")
    return page


def log(page: Page) -> list[str]:
    found: list[str] = page.evaluate("log.splice(0)")
    return found


def state(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(
        "({state: engine.state, at: engine.step?.id, left: engine.seconds_left})"
    )
    return found


def test_steps_follow_each_other_to_the_end(page: Page) -> None:
    page.clock.run_for(30_000)
    names = ["tell", "lift1", "hold1", "back1", "lift2", "hold2", "back2", "rest"]
    assert log(page) == [mark for name in names for mark in (f"> {name}", f"= {name}")] + ["end"]


def test_the_time_left_is_the_sum_of_what_remains(page: Page) -> None:
    assert state(page)["left"] == pytest.approx(28)
    page.clock.run_for(7000)
    assert state(page)["left"] == pytest.approx(21, abs=0.11)


def test_a_pause_stops_time(page: Page) -> None:
    page.clock.run_for(1000)
    page.evaluate("engine.pause()")
    page.clock.run_for(600_000)
    assert state(page) == {"state": "paused", "at": "tell", "left": pytest.approx(27, abs=0.11)}


def test_a_repetition_that_was_broken_off_starts_again_behind_a_count_down(page: Page) -> None:
    page.clock.run_for(7500)
    page.evaluate("engine.pause()")
    log(page)
    page.evaluate("engine.resume(lead)")
    page.clock.run_for(2000)
    assert log(page) == ["resume", "> lead"]
    page.clock.run_for(8500)
    assert log(page) == [
        "= lead",
        "> lift1",
        "= lift1",
        "> hold1",
        "= hold1",
        "> back1",
        "= back1",
        "> lift2",
    ]


def test_a_rest_goes_on_where_it_was(page: Page) -> None:
    page.clock.run_for(20_000)
    page.evaluate("engine.pause()")
    page.evaluate("engine.resume(lead)")
    assert state(page)["left"] == pytest.approx(8, abs=0.11)


def test_a_device_that_slept_finds_the_session_waiting(page: Page) -> None:
    page.clock.run_for(5000)
    log(page)
    page.clock.fast_forward(3_600_000)
    assert log(page) == ["pause asleep"]
    assert state(page) == {"state": "paused", "at": "lift1", "left": pytest.approx(23, abs=0.11)}


def test_a_slow_page_is_where_it_should_be(page: Page) -> None:
    page.clock.fast_forward(4900)
    assert state(page) == {"state": "running", "at": "lift1", "left": pytest.approx(23.1, abs=0.11)}


def test_what_is_told_can_be_cut_short(page: Page) -> None:
    page.evaluate("engine.next()")
    assert log(page) == ["> tell", "= tell", "> lift1"]


def test_repeating_breaks_the_repetition_off_and_counts_it_once(page: Page) -> None:
    page.clock.run_for(7500)
    log(page)
    page.evaluate("engine.again(lead)")
    page.clock.run_for(10_500)
    seen = log(page)
    assert seen[:3] == ["x hold1", "> lead", "= lead"]
    assert seen.count("= back1") == 1


def test_a_stop_breaks_off_and_nothing_follows(page: Page) -> None:
    page.clock.run_for(7000)
    log(page)
    page.evaluate("engine.stop()")
    page.clock.run_for(60_000)
    assert log(page) == ["x hold1"]


def test_other_words_keep_the_place(page: Page) -> None:
    page.clock.run_for(7500)
    page.evaluate("engine.translate(steps.map((one) => ({...one, duration_s: 2 * one.duration_s})))")
    assert state(page)["at"] == "hold1"
    assert page.evaluate("engine.elapsed_s") == pytest.approx(3, abs=0.25)
