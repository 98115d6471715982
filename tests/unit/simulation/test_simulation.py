"""Synthetic patients: repeatable, watched, and a watcher that does see a broken promise."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.unit.clinic import bank

from ischia.check_in import CheckIn
from ischia.cli.simulate import simulate
from ischia.dose import default_library, default_protocol
from ischia.dose import grade as grading
from ischia.dose.grade import Grade
from ischia.dose.state import Track
from ischia.simulation import life as lives
from ischia.simulation.cohort import CHUNK, Tally, live_all
from ischia.simulation.life import Living
from ischia.simulation.patient import Patient
from ischia.simulation.replay import replay_seed

RULES, LIBRARY = default_protocol(), default_library()
CHECK_IN = Patient.check_in


def test_a_seed_tells_the_whole_story() -> None:
    first, again = (Living(7, 60, RULES, LIBRARY, bank()).live(60) for _ in range(2))
    assert first == again
    assert first.volumes != Living(8, 60, RULES, LIBRARY, bank()).live(60).volumes


def test_no_promise_is_broken_and_a_replay_decides_the_same() -> None:
    for seed in range(4):
        found = replay_seed(seed, 60, RULES)
        assert found["violations"] == []
        assert found["differences"] == []
        assert found["days"]


def test_several_processes_come_to_the_same_as_one() -> None:
    alone = live_all(CHUNK + 3, 10, 0, RULES, workers=1)
    together = live_all(CHUNK + 3, 10, 0, RULES, workers=2)
    assert (alone.states, alone.raises, alone.volume) == (together.states, together.raises, together.volume)
    assert alone.patients == CHUNK + 3


def test_memory_stays_flat_because_rows_are_handed_on() -> None:
    rows: list[int] = []
    total = live_all(4, 5, 0, RULES, workers=1, sink=lambda chunk: rows.append(len(chunk)))
    assert rows == [4]
    assert total.rows == []


@pytest.fixture
def broken_rules(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    yield monkeypatch


def broken(patients: int = 12) -> Tally:
    return live_all(patients, 90, 0, RULES, workers=1)


def test_the_watcher_sees_raises_after_bad_sessions(broken_rules: pytest.MonkeyPatch) -> None:
    broken_rules.setattr("ischia.dose.course.grade_session", lambda *_: (Grade.GREEN, ""))
    assert broken().violation_count > 0


def test_the_watcher_sees_missing_answers_taken_for_good_ones(broken_rules: pytest.MonkeyPatch) -> None:
    broken_rules.setattr(grading, "_missing_of_exercise", lambda _: (Grade.GREEN, ""))
    broken_rules.setattr(grading, "_missing_of_session", lambda _: (Grade.GREEN, ""))
    assert broken(30).violation_count > 0


def test_the_watcher_sees_sessions_behind_a_shut_gate(broken_rules: pytest.MonkeyPatch) -> None:
    broken_rules.setattr("ischia.screening.watch.Watch.cleared", property(lambda _: True))
    assert broken().violation_count > 0


def test_the_watcher_sees_steps_that_are_too_long(broken_rules: pytest.MonkeyPatch) -> None:
    broken_rules.setattr("ischia.dose.step.hold_step", lambda *_: 7)
    assert broken().violation_count > 0


def test_the_watcher_sees_locks_and_cautions_passed_over(broken_rules: pytest.MonkeyPatch) -> None:
    broken_rules.setattr("ischia.dose.rungs.allowed_exercise", lambda exercise_id, *_: (exercise_id, None))
    assert broken(30).violation_count > 0


def test_the_watcher_sees_too_much_in_a_week(broken_rules: pytest.MonkeyPatch) -> None:
    broken_rules.setattr("ischia.dose.raises.fits_the_week", lambda *_, **__: True)
    assert broken(30).violation_count > 0


def test_the_watcher_sees_rows_of_green_that_are_too_short(broken_rules: pytest.MonkeyPatch) -> None:
    broken_rules.setattr("ischia.dose.raises.is_earned", lambda *_: True)
    assert broken().violation_count > 0


def test_the_watcher_sees_too_much_twice_left_as_it_was(broken_rules: pytest.MonkeyPatch) -> None:
    broken_rules.setattr("ischia.dose.course.step_down", lambda amount, _: amount)
    assert any("is no less after it was too much" in what for _, what in broken(30).violations)


def test_the_watcher_sees_sessions_without_every_answer(broken_rules: pytest.MonkeyPatch) -> None:
    broken_rules.setattr("ischia.screening.watch.Watch._find_missing", lambda *_: ())
    broken_rules.setattr(lives.Patient, "check_in", without_an_answer)
    assert any("not all was answered" in what for _, what in broken(2).violations)


def without_an_answer(self: Patient, name: str, at: str, first: bool) -> CheckIn:
    told = CHECK_IN(self, name, at, first)
    answers = {one: answer for one, answer in told.answers.items() if one != "weight_loss"}
    return replace(told, answers=answers)


def test_the_watcher_sees_weakness_on_the_map_passed_over(broken_rules: pytest.MonkeyPatch) -> None:
    broken_rules.setattr("ischia.screening.watch.Watch._flag_new_weakness", lambda *_: None)
    assert any("leg_map.new_weakness" in what for _, what in broken(40).violations)


def test_the_watcher_sees_a_rung_that_is_left_out_jumped_over(broken_rules: pytest.MonkeyPatch) -> None:
    def any_rung_above(track: Track) -> str | None:
        above = track.rungs.exercises[(track.place or 0) + 1 :]
        return above[0] if above else None

    broken_rules.setattr("ischia.dose.raises.next_rung", any_rung_above)
    found = live_all(1, 130, 674, RULES, workers=1)
    assert any("bird_dog follows arm_raise over" in what for _, what in found.violations)


def test_a_broken_promise_ends_the_command_with_status_1(broken_rules: pytest.MonkeyPatch) -> None:
    broken_rules.setattr(lives.Shadow, "plan", lambda *_: ["made up"])
    result = CliRunner().invoke(simulate, ["--patients", "2", "--days", "20", "--workers", "1"])
    assert result.exit_code == 1
    assert "promises were broken" in result.output


def test_the_command_prints_plain_json_and_writes_rows_and_a_picture(tmp_path: Path) -> None:
    rows, plot = tmp_path / "rows.parquet", tmp_path / "curve.svg"
    told = [
        "--patients",
        "3",
        "--days",
        "15",
        "--workers",
        "1",
        "--json",
        "--rows",
        str(rows),
        "--plot",
        str(plot),
    ]
    result = CliRunner().invoke(simulate, told)
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert (found["patients"], found["patient_days"], found["violations"]) == (3, 45, 0)
    parquet = pytest.importorskip("pyarrow.parquet")
    assert parquet.read_table(rows).num_rows == 3
    assert plot.stat().st_size > 1000


def test_one_patient_can_be_lived_again_in_words() -> None:
    result = CliRunner().invoke(simulate, ["--replay", "3", "--days", "20"])
    assert result.exit_code == 0, result.output
    assert "2026-01-" in result.output


def test_a_protocol_that_cannot_be_used_ends_with_status_3(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text("id = 3")
    result = CliRunner().invoke(simulate, ["--patients", "1", "--protocol", str(tmp_path / "p.toml")])
    assert result.exit_code == 3
