"""Which rungs somebody may reach: cautions, locks, exclusions."""

from tests.unit.clinic import exercise, library

from ischia.dose.orders import Orders
from ischia.dose.protocol import Ladder
from ischia.dose.rungs import LeftOut, allowed_exercise, reachable_rungs
from ischia.session.rules import Rule

LIBRARY = library(
    exercise("tilt"),
    exercise("half", cautions=(("cramp", "replace", "tilt"),)),
    exercise(
        "full", cautions=(("cramp", "replace", "tilt"), ("pregnant", "remove", None), ("knee", "ask", None))
    ),
    exercise("single", locked=True),
    exercise("above"),
    exercise("other", cautions=(("cramp", "remove", None),)),
    exercise("odd", cautions=(("cramp", "replace", "other"), ("dizzy", "replace", "single"))),
)
LADDER = Ladder("bridge", "half", ("tilt", "half", "full", "single", "above"), ("consensus_to_sign_off",))
SOURCES = ("consensus_to_sign_off",)


def rungs(*conditions: str, **orders: frozenset[str]):  # type: ignore[no-untyped-def]
    return reachable_rungs(LADDER, LIBRARY, conditions, Orders(**orders))  # type: ignore[arg-type]


def test_a_lock_ends_the_ladder() -> None:
    found = rungs()
    assert found.exercises == ("tilt", "half", "full")
    assert found.levels == (0, 1, 2)
    assert found.locked == "single"
    assert found.left_out == (LeftOut("single", Rule.REMOVE_LOCKED, "single", SOURCES),)


def test_an_unlock_opens_what_lies_above() -> None:
    found = rungs(unlocked=frozenset(["single"]))
    assert found.exercises == ("tilt", "half", "full", "single", "above")
    assert (found.locked, found.left_out) == (None, ())


def test_a_condition_removes_a_rung() -> None:
    found = rungs("pregnant")
    assert found.exercises == ("tilt", "half")
    assert LeftOut("full", Rule.REMOVE_CAUTION, "pregnant", SOURCES) in found.left_out


def test_a_condition_replaces_rungs_and_the_replacement_stands_once() -> None:
    found = rungs("cramp")
    assert (found.exercises, found.levels) == (("tilt",), (0,))
    assert [one.rule for one in found.left_out] == [
        Rule.REPLACE_CAUTION,
        Rule.REPLACE_CAUTION,
        Rule.REMOVE_LOCKED,
    ]


def test_leaving_out_goes_before_replacing() -> None:
    assert allowed_exercise("full", LIBRARY, ["cramp", "pregnant"], Orders()) == (
        None, LeftOut("full", Rule.REMOVE_CAUTION, "pregnant", SOURCES),
    )  # fmt: skip


def test_ask_leaves_out_until_a_clinician_has_said_yes() -> None:
    assert allowed_exercise("full", LIBRARY, ["knee"], Orders())[0] is None
    assert allowed_exercise("full", LIBRARY, ["knee"], Orders(unlocked=frozenset(["full"]))) == ("full", None)


def test_a_clinicians_yes_does_not_undo_a_removal() -> None:
    assert allowed_exercise("full", LIBRARY, ["pregnant"], Orders(unlocked=frozenset(["full"])))[0] is None


def test_a_replacement_has_to_be_allowed_itself() -> None:
    assert allowed_exercise("odd", LIBRARY, ["cramp"], Orders()) == (
        None, LeftOut("odd", Rule.REMOVE_CAUTION, "cramp", SOURCES),
    )  # fmt: skip
    assert allowed_exercise("odd", LIBRARY, ["dizzy"], Orders())[0] is None
    assert allowed_exercise("odd", LIBRARY, ["dizzy"], Orders(unlocked=frozenset(["single"])))[0] == "single"
    assert allowed_exercise("half", LIBRARY, ["cramp"], Orders(excluded=frozenset(["tilt"])))[0] is None
    assert allowed_exercise("half", LIBRARY, ["cramp"], Orders()) == (
        "tilt", LeftOut("half", Rule.REPLACE_CAUTION, "cramp", SOURCES),
    )  # fmt: skip


def test_an_excluded_exercise_is_left_out() -> None:
    found = rungs(excluded=frozenset(["half"]))
    assert found.exercises == ("tilt", "full")
    assert found.levels == (0, 2)
    assert found.left_out[0] == LeftOut("half", Rule.REMOVE_EXCLUDED, "half", SOURCES)


def test_the_place_is_the_hardest_rung_no_harder_than_the_level() -> None:
    found = rungs(excluded=frozenset(["half"]))
    assert [found.place_at(level) for level in range(4)] == [0, 0, 1, 1]
    assert rungs(excluded=frozenset(["tilt", "half"])).place_at(1) is None


def test_a_rung_beyond_one_that_is_left_out_is_no_next_step() -> None:
    found = rungs(unlocked=frozenset(["single"]), excluded=frozenset(["full"]))
    assert found.exercises == ("tilt", "half", "single", "above")
    assert found.beyond == frozenset()
    found = rungs("knee", excluded=frozenset(["half"]), unlocked=frozenset(["full"]))
    assert (found.exercises, found.beyond) == (("tilt", "full"), frozenset())
    assert rungs(excluded=frozenset(["half"])).beyond == {"full"}
    assert rungs(excluded=frozenset(["tilt"])).beyond == frozenset()
    assert rungs().beyond == frozenset()


def test_a_rung_replaced_by_one_further_down_leaves_a_gap_too() -> None:
    ladder = Ladder("bridge", "tilt", ("tilt", "half", "above"), SOURCES)
    found = reachable_rungs(ladder, LIBRARY, ["cramp"], Orders())
    assert (found.exercises, found.beyond) == (("tilt", "above"), {"above"})
