"""The clinician's pages: who needs attention first, orders that count from the next plan on."""

import time_machine
from tests.server.conftest import Cast, begin_session, check_in_before

from ischia.server.clock import today
from ischia.server.facts import facts_of, make_plan
from ischia.server.storage import writing
from ischia.session import SessionPlan
from ischia.session.serialise import from_plain


def _order(cast: Cast, **given: str) -> int:
    return cast.browser_of("Binh").post(f"/clinic/{cast.an.pk}/order/", given).status_code


def test_the_list_begins_with_who_needs_attention_first(cast: Cast) -> None:
    from ischia.server.clinic.models import Assignment

    Assignment.objects.create(clinician=cast.binh, patient=cast.chi)
    check_in_before(cast.an)
    check_in_before(cast.chi, alarm="saddle_seat")

    rows = cast.browser_of("Binh").get("/clinic/").context["rows"]

    assert [(row.patient.name, row.state) for row in rows] == [("Chi", "emergency"), ("An", "fine")]


def test_somebody_silent_for_a_week_moves_up(cast: Cast, morning: time_machine.Traveller) -> None:
    check_in_before(cast.an)
    morning.shift(8 * 24 * 3600)

    (row,) = cast.browser_of("Binh").get("/clinic/").context["rows"]

    assert row.state == "quiet"


def test_an_exclusion_counts_from_the_next_plan_on(cast: Cast, morning: time_machine.Traveller) -> None:
    plan = from_plain(SessionPlan, begin_session(cast.an).plan.body)
    excluded = plan.exercises[0].exercise_id

    assert _order(cast, kind="exclude", exercise_id=excluded) == 302

    morning.shift(24 * 3600)
    check_in_before(cast.an)
    with writing():
        later = make_plan(cast.an, today())
    assert excluded not in [one["exercise_id"] for one in later.body["exercises"]]
    cast.an.plans.first().refresh_from_db()
    assert from_plain(SessionPlan, cast.an.plans.first().body) == plan


def test_a_bound_needs_an_exercise_and_all_four_numbers(cast: Cast) -> None:
    assert _order(cast, kind="bound", hold_s="5", repetitions="5", sets="1", rest_s="30") == 422
    assert _order(cast, kind="bound", exercise_id="bridge", hold_s="5") == 422
    assert (
        _order(cast, kind="bound", exercise_id="bridge", hold_s="-1", repetitions="0", sets="1", rest_s="3")
        == 422
    )
    assert not cast.an.orders.exists()
    assert (
        _order(cast, kind="bound", exercise_id="bridge", hold_s="5", repetitions="5", sets="1", rest_s="30")
        == 302
    )


def test_every_kind_of_order_is_stored_and_read_back(cast: Cast) -> None:
    dose = {"hold_s": "4", "repetitions": "6", "sets": "1", "rest_s": "30"}
    for given in (
        {"kind": "set_dose", "exercise_id": "bridge", **dose},
        {"kind": "bound", "exercise_id": "bird_dog", "side": "left", **dose},
        {"kind": "freeze"},
        {"kind": "unlock", "exercise_id": "superman"},
        {"kind": "exclude", "exercise_id": "curl_up"},
        {"kind": "prefer", "direction": "extension"},
    ):
        assert _order(cast, **given) == 302

    history = facts_of(cast.an).history
    assert history is not None
    assert [type(order).__name__ for order in history.orders] == [
        "SetDose", "Bound", "Freeze", "Unlock", "Exclude", "Prefer"
    ]  # fmt: skip
    assert {order.by for order in history.orders} == {"Binh"}


def test_an_order_is_withdrawn_by_name_and_stays_on_record(cast: Cast) -> None:
    _order(cast, kind="freeze")
    order = cast.an.orders.get()

    assert _order(cast, kind="withdraw", order_id=str(order.pk)) == 302

    assert cast.an.orders.count() == 2
    page = cast.browser_of("Binh").get(f"/clinic/{cast.an.pk}/")
    assert [one["stands"] for one in page.context["orders"]] == [False]


def test_another_patients_order_cannot_be_withdrawn(cast: Cast) -> None:
    assert _order(cast, kind="withdraw", order_id="00000000-0000-4000-8000-000000000000") == 404
