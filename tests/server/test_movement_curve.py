"""The curve of a kept movement: as high as it came, broken where nothing was seen."""

from dataclasses import replace

import numpy as np
import pytest
from tests.unit.movement.films import frames_of

from ischia.demonstration import synthesise
from ischia.recording import LandmarkTrack, track_of
from ischia.server.training.movement_curve import HEIGHT, WIDTH, curve_of
from ischia.session import RepRecord

BRIDGES = synthesise("bridge", repetitions=2, hold_s=2.0, rate_hz=15)
HELD = [
    RepRecord(one.start_s, one.hold_start_s, one.hold_end_s, one.end_s, BRIDGES.side, True, 1.0)
    for one in BRIDGES.repetitions
]


def points(line: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in line.split())]


def track() -> LandmarkTrack:
    return track_of(frames_of(BRIDGES), 15)


def test_it_runs_from_the_start_pose_to_the_hold_and_back_over_the_whole_width() -> None:
    curve = curve_of(track(), "bridge", HELD)
    assert curve is not None
    (way,) = map(points, curve.ways)
    start, hold = curve.levels
    assert (way[0][0], way[-1][0]) == (0.0, WIDTH)
    assert way[0][1] == pytest.approx(start, abs=3)
    assert min(y for _, y in way) == pytest.approx(hold, abs=3)
    assert 0 < hold < start < HEIGHT


def test_every_hold_on_record_lies_over_it_near_the_top() -> None:
    curve = curve_of(track(), "bridge", HELD)
    assert curve is not None
    assert len(curve.holds) == 2
    for line in map(points, curve.holds):
        assert all(y == pytest.approx(curve.levels[1], abs=8) for _, y in line)


def test_a_hold_without_an_edge_is_not_laid_over_it() -> None:
    curve = curve_of(track(), "bridge", [HELD[0], replace(HELD[1], hold_end_s=None)])
    assert curve is not None and len(curve.holds) == 1


def test_where_nothing_was_seen_for_a_while_it_is_broken() -> None:
    kept = track()
    image = np.array(kept.image)
    image[(kept.t_s > 3.0) & (kept.t_s < 5.0)] = np.nan
    curve = curve_of(replace(kept, image=image), "bridge", HELD)
    assert curve is not None and len(curve.ways) == 2


def test_there_is_none_of_an_exercise_that_is_gone_or_was_never_seen() -> None:
    nobody = replace(track(), image=np.full_like(track().image, np.nan))
    assert curve_of(track(), "gone", HELD) is None
    assert curve_of(nobody, "bridge", HELD) is None
