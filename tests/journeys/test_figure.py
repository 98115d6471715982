"""The figure in a real browser: it draws what the still shows, and any moment of any phase."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.journeys.conftest import OpenPage

from ischia.catalogue import load_catalogue
from ischia.demonstration import figure_json, figure_svg

pytestmark = pytest.mark.journey

SCRIPT = (Path(__file__).parents[2] / "src/ischia/server/static/ischia/figure/figure.js").read_text(
    encoding="utf-8"
)
LIST = """() => [...document.querySelectorAll('#box svg path')].map((path) => [
  path.getAttribute('fill'), path.getAttribute('d'), path.parentNode.getAttribute('transform')])"""


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page(clock=False)


def _load(page: Page, exercise_id: str) -> None:
    page.set_content("<div id=box></div>")
    plain = SCRIPT.replace("export function", "window.createFigure = createFigure; function")
    page.add_script_tag(content="{" + plain + "}")
    page.evaluate(
        "(json) => { window.figure = createFigure(document.querySelector('#box'), json, 'Bridge') }",
        figure_json(exercise_id),
    )


def _numbers(text: str | None) -> list[float]:
    cleaned = "".join(c if c.isdigit() or c in ".-" else " " for c in (text or "").replace("-", " -"))
    return [float(word) for word in cleaned.split()]


@pytest.mark.parametrize("exercise_id", ["bridge", "standing_extension", "prone_pillow", "bird_dog"])
def test_the_page_draws_the_same_picture_as_the_still(page: Page, exercise_id: str) -> None:
    _load(page, exercise_id)
    page.evaluate("() => figure.show('start', 'hold', 1)")
    moved = page.evaluate(LIST)
    page.set_content(f"<div id=box>{figure_svg(exercise_id, 'hold')}</div>")
    still = page.evaluate(LIST)
    assert len(moved) == len(still)
    for (fill, d, transform), (other_fill, other_d, other_transform) in zip(moved, still, strict=True):
        assert fill == other_fill
        assert _numbers(d) == pytest.approx(_numbers(other_d), abs=1.5)
        assert _numbers(transform) == pytest.approx(_numbers(other_transform), abs=0.6)


def test_a_way_back_is_the_way_there_turned_round(page: Page) -> None:
    _load(page, "bridge")
    page.evaluate("() => figure.show('start', 'hold', 0.3)")
    there = page.evaluate(LIST)
    page.evaluate("() => figure.show('hold', 'start', 0.7)")
    for (_, d, _), (_, other, _) in zip(there, page.evaluate(LIST), strict=True):
        assert _numbers(d) == pytest.approx(_numbers(other), abs=1.5)


def test_the_other_side_exchanges_near_and_far(page: Page) -> None:
    _load(page, "knee_to_chest")
    page.evaluate("() => figure.show('start', 'hold', 1, 'left')")
    left = page.evaluate(LIST)
    page.evaluate("() => figure.show('start', 'hold', 1, 'right')")
    assert left != page.evaluate(LIST)


def test_every_phase_of_every_exercise_can_be_shown(page: Page) -> None:
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    for exercise in load_catalogue().exercises.values():
        _load(page, exercise.id)
        ways = [[phase.from_, phase.to] for phase in exercise.phases]
        page.evaluate(
            "(ways) => ways.forEach(([a, b]) => [0, .5, 1].forEach((p) => figure.show(a, b, p)))", ways
        )
        assert "NaN" not in json.dumps(page.evaluate(LIST))
