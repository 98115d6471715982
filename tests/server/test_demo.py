"""The demonstration: eight believable weeks, decided by the real rules, the same for everybody."""

import re
from datetime import datetime

import pytest
from django.test import Client

from ischia.dose import default_library, default_protocol, plan_session
from ischia.server.demo import fill
from ischia.server.facts import facts_of
from ischia.server.patients.models import Patient
from ischia.server.runtime import zone_named
from ischia.server.story import Story
from ischia.server.training.recording import check_against
from ischia.session import MeasuredBy, SessionPlan, SetRecord

NOW = datetime(2026, 3, 14, 11, 30, tzinfo=zone_named("Asia/Ho_Chi_Minh"))


@pytest.fixture(scope="module")
def days() -> list:
    return list(Story(NOW, 20).days())


def test_it_ends_today_with_a_plan_ready_to_begin(days: list) -> None:
    assert days[-1].date == NOW.date()
    assert isinstance(days[-1].plan, SessionPlan)
    assert not days[-1].started_at


def test_it_tells_the_same_story_again(days: list) -> None:
    assert list(Story(NOW, 20).days()) == days


def test_it_has_raises_steps_back_a_stop_a_skip_rest_days_and_gaps(days: list) -> None:
    rules = {
        one.decision.outcome
        for day in days
        if isinstance(day.plan, SessionPlan)
        for one in day.plan.exercises
    }
    kinds = {type(event).__name__ for day in days for event in day.events}

    assert {"raise", "keep", "lower"} <= rules
    assert {"SetRecord", "Feedback", "Skip", "Stop", "Finish"} <= kinds
    assert sum(day.rest is not None for day in days) >= 3
    assert len(days) < 56


def test_a_camera_counts_in_the_last_two_weeks_and_its_records_would_be_taken(days: list) -> None:
    sets = [(day, one) for day in days for one in day.events if isinstance(one, SetRecord)]
    early = {one.measured_by for day, one in sets if (NOW.date() - day.date).days > 14}
    late = [one for day, one in sets if (NOW.date() - day.date).days < 14]

    assert early == {MeasuredBy.TIMER}
    seen = [one for one in late if one.measured_by is MeasuredBy.CAMERA]
    unseen = {one.exercise_id for one in late} - {one.exercise_id for one in seen}
    assert unseen and unseen <= {"pelvic_tilt", "abdominal_brace", "prone_lying", "prone_pillow"}
    assert any(one.cues for one in seen) and any(len(one.reps) < one.repetitions for one in seen)
    for day, one in sets:
        check_against(day.plan, one)


def test_it_is_stored_so_that_the_rules_read_it_the_same(db: None) -> None:
    sessions = fill(NOW, "vi", 20)

    patient = Patient.objects.get()
    assert sessions == patient.sessions.count() > 30
    assert patient.language == "vi"
    history = facts_of(patient).history
    assert history is not None
    assert facts_of(patient).verdict().cleared
    again = plan_session(history, NOW.date().isoformat(), default_protocol(), default_library())
    assert again == history.plans[-1]


def test_its_charts_are_drawn_with_decimal_points_in_every_language(db: None, client: Client) -> None:
    fill(NOW, "vi", 20)
    client.post("/welcome/")

    for language in ("en", "vi"):
        client.cookies["ischia_language"] = language
        html = client.get("/history/").content.decode()
        assert html.count("<rect") > 30
        assert re.search(r'<(rect|line)[^>]*="\d+\.\d+"', html)
        assert not re.search(r'<(rect|line|text)[^>]*="\d+,\d+"', html)
