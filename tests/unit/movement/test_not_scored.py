"""What was not seen is not scored, and the reason is told."""

from collections.abc import Sequence
from itertools import pairwise
from math import cos, pi, radians, sin

import pytest
from tests.unit.movement.films import film, track

from ischia.analysis import motion_spec
from ischia.anatomy.landmarks import INDEX
from ischia.movement import Phase, Reason, Tracker
from ischia.recording import LandmarkFrame


def changed(
    frames: Sequence[LandmarkFrame], from_s: float, to_s: float, **what: object
) -> list[LandmarkFrame]:
    """The frames, with something else between two times."""
    return [
        LandmarkFrame(
            f.t_s,
            what.get("landmarks", f.landmarks) if from_s <= f.t_s < to_s else f.landmarks,  # type: ignore[arg-type]
            f.width,
            f.height,
        )
        for f in frames
    ]


def hidden(frames: Sequence[LandmarkFrame], names: Sequence[str]) -> list[LandmarkFrame]:
    indices = {INDEX[f"{name}_{side}"] for name in names for side in ("left", "right")}
    found = []
    for f in frames:
        points = f.landmarks and tuple(
            (*p[:3], 0.1) if i in indices else p for i, p in enumerate(f.landmarks)
        )
        found.append(LandmarkFrame(f.t_s, points, f.width, f.height))
    return found


def leaning(standing: LandmarkFrame, t_s: float, back_deg: float) -> LandmarkFrame:
    """Somebody who stands, with everything above the hips turned about them; forward where negative."""
    assert standing.landmarks is not None
    points, width, height = standing.landmarks, standing.width, standing.height
    nose, ear, hip = (points[INDEX[name]] for name in ("nose", "ear_left", "hip_left"))
    turn = radians(back_deg) * (1 if nose[0] < ear[0] else -1)
    found = []
    for point in points:
        x, y = (point[0] - hip[0]) * width, (point[1] - hip[1]) * height
        above = y < 0
        turned = (x * cos(turn) - y * sin(turn), x * sin(turn) + y * cos(turn)) if above else (x, y)
        found.append((hip[0] + turned[0] / width, hip[1] + turned[1] / height, *point[2:]))
    return LandmarkFrame(t_s, tuple(found), width, height)


def test_nobody_at_all() -> None:
    frames = [LandmarkFrame(i / 10, None, 640, 360, 0) for i in range(30)]
    seen = track("bridge", frames)
    assert seen.count == 0
    assert [part.reason for part in seen.not_scored] == [Reason.NOBODY]
    assert (seen.not_scored[0].from_s, seen.not_scored[0].to_s) == (0.0, pytest.approx(3.0))


def test_no_frame_at_all() -> None:
    seen = Tracker(motion_spec("bridge")).finish()
    assert seen.count == 0 and seen.not_scored == () and seen.curve == ()


@pytest.mark.parametrize(("rest_deg", "counted"), [(0.0, 3), (-25.0, 0)])
def test_who_only_straightens_up_has_not_bent_backwards(rest_deg: float, counted: int) -> None:
    standing = film("standing_extension")[0]
    top_deg = 20.0 if counted else 4.0
    ways = [rest_deg + (top_deg - rest_deg) * (0.5 - 0.5 * cos(2 * pi * i / 60)) for i in range(181)]
    seen = track("standing_extension", [leaning(standing, i / 15, deg) for i, deg in enumerate(ways)])
    assert seen.count == counted


def test_who_folds_forwards_between_two_back_bends_has_done_two() -> None:
    standing = film("standing_extension")[0]
    turns = [0.0, 0.0, 20.0, 20.0, -100.0, -100.0, 20.0, 20.0, 0.0]
    frames = [
        leaning(standing, k + i / 15, a + (b - a) * i / 15)
        for k, (a, b) in enumerate(pairwise(turns))
        for i in range(15)
    ]
    seen = track("standing_extension", frames)
    first, second = seen.repetitions
    assert first.hold_end_s == pytest.approx(3.0, abs=0.3)
    assert second.hold_start_s == pytest.approx(6.0, abs=0.3)


def test_a_single_picture_is_too_few() -> None:
    seen = track("bridge", film("bridge")[:1])
    assert [part.reason for part in seen.not_scored] == [Reason.TOO_FEW]


def test_who_leaves_has_left_and_what_was_done_before_counts() -> None:
    frames = film("bridge", repetitions=2)
    last = frames[-1].t_s
    frames += [LandmarkFrame(last + (i + 1) / 15, None, 640, 360, 0) for i in range(45)]
    seen = track("bridge", frames)
    assert seen.count == 2
    assert [part.reason for part in seen.not_scored] == [Reason.LEFT]


def test_a_gap_while_at_rest_costs_no_repetition() -> None:
    frames = film("bridge", repetitions=3)
    rest = track("bridge", frames).repetitions[0].end_s
    assert rest is not None
    seen = track("bridge", changed(frames, rest, rest + 0.5, landmarks=None))
    assert seen.count == 3


def test_legs_out_of_the_picture() -> None:
    seen = track("bridge", hidden(film("bridge"), ["knee", "ankle", "heel", "foot_index"]))
    assert seen.count == 0
    assert {part.reason for part in seen.not_scored} == {Reason.LEGS_HIDDEN}


def test_a_body_out_of_the_picture() -> None:
    seen = track("curl_up", hidden(film("curl_up"), ["shoulder", "hip"]))
    assert {part.reason for part in seen.not_scored} == {Reason.TRUNK_HIDDEN}


def test_a_camera_that_is_pushed_breaks_the_curve_there_and_says_so() -> None:
    frames = film("bridge", repetitions=2, camera="side")
    pushed_s = track("bridge", frames).repetitions[0].end_s
    assert pushed_s is not None
    moved = [
        f
        if f.t_s < pushed_s + 0.3 or f.landmarks is None
        else LandmarkFrame(f.t_s, tuple((x + 0.3, *rest) for x, *rest in f.landmarks), f.width, f.height)
        for f in frames
    ]
    seen = track("bridge", moved)
    assert seen.count == 2
    assert Reason.CAMERA_MOVED in {part.reason for part in seen.not_scored}


def test_the_same_jump_with_several_people_is_another_person() -> None:
    frames = film("bridge", repetitions=1)
    middle = frames[-1].t_s - 0.5
    jumped = [
        LandmarkFrame(
            f.t_s,
            f.landmarks and tuple((x + (0.3 if f.t_s > middle else 0.0), *r) for x, *r in f.landmarks),
            f.width,
            f.height,
            people=2,
        )
        for f in frames
    ]
    assert Reason.SEVERAL in {part.reason for part in track("bridge", jumped).not_scored}


def test_an_exercise_too_small_for_a_camera_says_so() -> None:
    seen = track("pelvic_tilt", film("pelvic_tilt"))
    assert seen.count == 0
    assert {part.reason for part in seen.not_scored} == {Reason.TOO_SMALL}


def test_frames_out_of_order_are_refused_in_one_sentence() -> None:
    tracker = Tracker(motion_spec("bridge"))
    first, second = film("bridge")[:2]
    tracker.push(second)
    with pytest.raises(ValueError, match="order of time"):
        tracker.push(first)


def test_what_is_said_live_goes_through_the_phases_and_ends_at_the_count() -> None:
    tracker = Tracker(motion_spec("bridge"))
    said = [tracker.push(frame) for frame in film("bridge", repetitions=3)]
    assert said[-1].count == tracker.finish().count == 3
    assert {live.phase for live in said} >= {Phase.REST, Phase.OUT, Phase.HOLD, Phase.BACK}
    assert [live.count for live in said] == sorted(live.count for live in said)
    held = max(live.hold_s for live in said)
    assert 1.5 < held < 4.0


def test_finishing_twice_and_going_on_gives_the_same_as_going_on() -> None:
    frames = film("bridge", repetitions=2)
    tracker, other = Tracker(motion_spec("bridge")), Tracker(motion_spec("bridge"))
    for i, frame in enumerate(frames):
        tracker.push(frame)
        other.push(frame)
        if i == len(frames) // 2:
            tracker.finish()
    assert tracker.finish() == other.finish() == tracker.finish()
