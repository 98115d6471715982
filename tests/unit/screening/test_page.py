"""What a person reads behind a verdict, and the card for the emergency department."""

import pytest
from tests.unit.clinic import at, bank, intake, leg_map, morning, no_to_all

from ischia.check_in import CheckIn
from ischia.screening import conditions_in_words, emergency_card, screen, verdict_page
from ischia.screening.page import reason_in_words

LANGUAGES = pytest.mark.parametrize("language", ["en", "vi"])


def page_of(check_in: CheckIn, language: str = "en", **person: object):  # type: ignore[no-untyped-def]
    return verdict_page(screen(bank(), intake(**person), [check_in]), bank(), language)  # type: ignore[arg-type]


@LANGUAGES
@pytest.mark.parametrize(
    ("told", "person", "kind", "printable"),
    [
        ({"answers": no_to_all(saddle_seat=True)}, {}, "emergency", True),
        ({"answers": no_to_all(foot_drop=True)}, {}, "same_day", True),
        ({"answers": no_to_all(foot_drop=True, saddle_seat=True)}, {}, "emergency", True),
        ({"answers": no_to_all(not_settling=True)}, {}, "unanswered", False),
        ({}, {"conditions": ["pregnancy"]}, "hold", False),
        ({"new_symptoms": None}, {}, "unanswered", False),
        ({"answers": no_to_all(legs=True)}, {}, "unanswered", False),
        ({}, {}, "clear", False),
    ],
)
def test_each_verdict_has_its_page(
    language: str, told: dict[str, object], person: dict[str, object], kind: str, printable: bool
) -> None:
    page = page_of(morning(1, **told), language, **person)
    assert (page.kind, page.printable) == (kind, printable)
    assert page.title
    assert page.say
    assert page.what_to_do


def test_a_visit_that_is_not_booked_has_the_page_to_book_one() -> None:
    said = morning(1, answers={**no_to_all(not_settling=True), "booked_appointment": False})
    assert page_of(said).kind == "book_soon"


def test_before_the_first_visit_the_page_asks_for_answers() -> None:
    assert verdict_page(screen(bank(), None), bank(), "en").kind == "unanswered"


@LANGUAGES
def test_the_page_names_every_reason_in_plain_words(language: str) -> None:
    page = page_of(morning(1, answers=no_to_all(foot_drop=True, saddle_seat=True)), language)
    assert page.reasons == (
        bank().parts["saddle_seat"].wording(language).line,
        bank().parts["foot_drop"].wording(language).line,
    )


def test_an_emergency_outweighs_what_is_missing() -> None:
    said = morning(1, answers=no_to_all(saddle_seat=True, bladder_control=None, seat_bladder_bowel=None))
    assert page_of(said).kind == "emergency"


@LANGUAGES
def test_the_card_holds_the_findings_where_it_hurts_and_since_when(language: str) -> None:
    marked = leg_map({"back_left": 4, "calf_left": 6}, numb=["foot_left"], weak=["thigh_right"])
    said = morning(2, answers=no_to_all(saddle_seat=True), leg_map=marked)
    verdict = screen(bank(), intake(), [morning(1, answers=no_to_all(foot_drop=True)), said])
    card = emergency_card(verdict, bank(), said, language)
    assert len(card.answered_yes) == 3
    assert [since for _, since in card.answered_yes] == [at(2), at(1), at(2)]
    assert card.felt_at == at(2)
    assert len(card.felt) == 4
    assert "4/10" in card.felt[0]
    assert "6/10" in card.felt[1]
    assert card.title
    assert card.note
    words = [bank().parts[reason].wording(language).line for reason in ("saddle_seat", "foot_drop")]
    assert [line for line, _ in card.answered_yes[:2]] == words
    assert "0/10" not in " ".join(card.felt)


@LANGUAGES
def test_the_card_is_for_the_doctor_where_nothing_is_an_emergency(language: str) -> None:
    titles = []
    for reason in ("saddle_seat", "foot_drop"):
        said = morning(1, answers=no_to_all(**{reason: True}))
        titles.append(emergency_card(screen(bank(), intake(), [said]), bank(), said, language).title)
    emergency = {"en": "emergency department", "vi": "khoa cấp cứu"}[language]
    assert [emergency in title for title in titles] == [True, False]


def test_conditions_answered_yes_are_told_in_plain_words() -> None:
    told = conditions_in_words(intake(["glaucoma", "osteoporosis"]), bank(), "en")
    assert len(told) == 2
    assert all(told)
    assert conditions_in_words(intake(), bank(), "en") == conditions_in_words(None, bank(), "en") == ()


def test_a_place_with_more_than_one_finding_lists_them() -> None:
    marked = leg_map({"calf_left": 6}, numb=["calf_left"], tingling=["calf_left"])
    said = morning(1, answers=no_to_all(saddle_seat=True), leg_map=marked)
    card = emergency_card(screen(bank(), intake(), [said]), bank(), said, "en")
    assert card.felt == ("Calf (left): pain 6/10, numbness, tingling",)


def test_there_is_no_card_where_nothing_stands() -> None:
    with pytest.raises(ValueError, match=r"^no warning stands"):
        emergency_card(screen(bank(), intake(), [morning(1)]), bank(), morning(1), "en")


@LANGUAGES
def test_every_possible_reason_has_words(language: str) -> None:
    found = ["leg_map.new_weakness", "stop.new_weakness"]
    found += [
        f"nerve_watch.{test}_{side}"
        for test in ("heel_walk", "heel_raises", "sit_to_stand")
        for side in ("left", "right")
    ]
    for reason in (*found, *bank().parts):
        assert reason_in_words(reason, bank(), language) not in ("", reason)
