import gzip
import json
import re
from xml.etree import ElementTree

import pytest

from ischia.catalogue import load_catalogue
from ischia.demonstration import MotionError, figure_json, figure_svg
from ischia.demonstration.figure import exchange_sides, point_names

EXERCISES = load_catalogue().exercises


@pytest.mark.parametrize("name", EXERCISES)
def test_a_figure_is_small(name: str) -> None:
    text = json.dumps(figure_json(name), separators=(",", ":")).encode()
    assert len(gzip.compress(text)) < 12_000


@pytest.mark.parametrize("name", EXERCISES)
def test_every_phase_of_an_exercise_can_be_shown(name: str) -> None:
    figure = figure_json(name)
    ways = {(a, b) for a, b, _ in figure["ways"]} | {(b, a) for a, b, _ in figure["ways"]}
    for phase in EXERCISES[name].phases:
        assert {phase.from_, phase.to} <= figure["poses"].keys()
        assert phase.from_ == phase.to or (phase.from_, phase.to) in ways
    assert all(0 <= i < len(figure["points"]) for _, _, way in figure["ways"] for i in way)


@pytest.mark.parametrize("name", EXERCISES)
def test_the_whole_person_is_inside_the_view(name: str) -> None:
    figure = figure_json(name)
    x, y, width, height = figure["view"]
    assert width / height == pytest.approx(16 / 9, rel=0.01)
    for points in figure["points"]:
        assert x + 40 < min(points[0::2])
        assert max(points[0::2]) < x + width - 40
        assert y + 20 < min(points[1::2])
        assert max(points[1::2]) < y + height - 20


@pytest.mark.parametrize("name", EXERCISES)
def test_the_head_is_left_of_the_feet_or_faces_left_throughout(name: str) -> None:
    names, figure = point_names(), figure_json(name)
    for pose in figure["poses"].values():
        points = figure["points"][pose]
        x = {n: points[2 * i] for i, n in enumerate(names)}
        if EXERCISES[name].position == "standing":
            assert x["near_toe"] < x["near_ankle"]
        else:
            assert x["head"] < x["front_0"]


@pytest.mark.parametrize("name", EXERCISES)
def test_every_pose_and_phase_has_a_still_that_is_sound_svg(name: str) -> None:
    for pose in [*EXERCISES[name].poses, *(phase.id for phase in EXERCISES[name].phases)]:
        picture = ElementTree.fromstring(figure_svg(name, pose))
        assert picture.tag.endswith("svg")
        text = figure_svg(name, pose)
        assert "nan" not in text
        assert "style=" not in text
        assert "<style" not in text


def test_every_colour_can_be_set_by_the_page() -> None:
    fills = set(re.findall(r'fill="([^"]+)"', figure_svg("bridge", "hold")))
    assert fills
    assert all(fill == "none" or fill.startswith("var(--figure-") for fill in fills)


def test_exchanging_sides_twice_changes_nothing() -> None:
    order = exchange_sides()
    assert [order[i] for i in order] == list(range(len(point_names())))
    assert order != list(range(len(order)))


def test_a_still_of_a_one_sided_exercise_works_with_the_near_side() -> None:
    figure = figure_json("knee_to_chest")
    assert (figure["sides"], figure["shows"]) == ("left", "right")


def test_what_does_not_exist_is_named() -> None:
    with pytest.raises(MotionError, match="cartwheel"):
        figure_json("cartwheel")
    with pytest.raises(MotionError, match="ceiling"):
        figure_svg("bridge", "ceiling")
