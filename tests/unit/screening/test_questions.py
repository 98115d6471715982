"""The questions as data: complete, in two languages, and refused as a whole where something is wrong."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.clinic import bank

from ischia.catalogue import load_catalogue, packaged_data
from ischia.screening import Lift, Tier, UnusableData, read_bank


def test_every_question_group_and_condition_has_its_words_in_both_languages() -> None:
    for part in (*bank().questions, *bank().groups, *bank().conditions, *bank().follow_ups):
        for language in ("en", "vi"):
            assert part.wording(language).ask.strip().endswith("?"), part.id
            assert part.wording(language).why.strip(), part.id
        assert (part.wording("en"), part.wording("vi")) == (part.en, part.vi)
        assert part.en != part.vi
    for question in bank().questions:
        assert question.en.line
        assert question.vi.line


def test_every_source_is_known() -> None:
    known = load_catalogue().sources
    for part in (*bank().questions, *bank().groups, *bank().conditions, *bank().follow_ups):
        assert part.sources
        assert set(part.sources) <= set(known), part.id
    for number in (bank().limits.full_set_every, bank().limits.heel_raises_decline):
        assert number.source in known


def test_the_emergency_card_is_asked_in_full() -> None:
    emergency = {one.id for one in bank().questions if one.tier is Tier.EMERGENCY}
    assert len([one for one in bank().questions if one.group == "seat_bladder_bowel"]) == 13
    assert {"both_legs_weak", "both_legs_pain"} < emergency


def test_only_book_soon_is_lifted_without_a_clinician() -> None:
    assert {one.tier for one in bank().questions if one.lift is Lift.BOOKED} == {Tier.BOOK_SOON}
    assert not any(one.standing for one in bank().questions if one.tier is Tier.EMERGENCY)


def test_every_caution_of_an_exercise_is_asked_at_the_first_visit() -> None:
    asked = {one.id for one in bank().conditions}
    named = {caution.condition for one in load_catalogue().exercises.values() for caution in one.cautions}
    assert named <= asked


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[str, str, str], Path]:
    for folder in ("red_flags", "red_flag_groups", "conditions", "follow_ups"):
        shutil.copytree(str(packaged_data() / folder), tmp_path / folder)
    shutil.copy(str(packaged_data() / "screening.toml"), tmp_path)

    def edit(file: str, old: str, new: str) -> Path:
        path = tmp_path / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return tmp_path

    return edit


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("red_flags/foot_drop.toml", 'tier = "same_day"', 'tier = "later"', "tier must be one of"),
        ("red_flags/foot_drop.toml", 'card = "leg_strength"', 'card = "saddle"', "is not a card of group"),
        ("red_flags/foot_drop.toml", 'id = "foot_drop"', 'id = "foot"', "give the file the same name"),
        ("red_flags/foot_drop.toml", "order = 1", 'order = "1"', "order must be a whole number"),
        ("red_flags/foot_drop.toml", "order = 1\n", "", "order is missing"),
        ("red_flags/foot_drop.toml", "order = 1", "order = 1\norder = 2", "overwrite"),
        ("conditions/glaucoma.toml", "hold = true", "hold = 1", "hold must be true or false"),
        ("screening.toml", "value = 7", 'value = "7"', "value must be a whole number"),
    ],
)
def test_a_wrong_file_is_named_and_nothing_is_loaded(
    edited: Callable[[str, str, str], Path], file: str, old: str, new: str, says: str
) -> None:
    with pytest.raises(UnusableData, match=says) as caught:
        read_bank(edited(file, old, new))
    assert str(caught.value).count(Path(file).name) == 1 or "name one of" in str(caught.value)
    assert str(caught.value).startswith((f"{Path(file).name}: ", f"{file}: "))
    assert ": :" not in str(caught.value)


def test_a_file_that_is_no_toml_does_not_hide_those_behind_it(
    edited: Callable[[str, str, str], Path],
) -> None:
    data = edited("screening.toml", "value", "value")
    (data / "red_flags" / "aaa.txt").write_text("notes", encoding="utf-8")
    assert read_bank(data) == bank()


def test_the_bank_read_from_a_copy_is_the_same(edited: Callable[[str, str, str], Path]) -> None:
    assert read_bank(edited("screening.toml", "value", "value")) == bank()
