"""Each kind of fault, planted in a copy of the catalogue, is found with its file, line, key and mend."""

from pathlib import Path
from typing import NamedTuple

import pytest

from ischia.catalogue import Fault, packaged_data
from ischia.catalogue.check import check_catalogue


class Plant(NamedTuple):
    """Put ``new`` for ``old`` in ``file``; the check must answer with ``key``, ``problem`` and ``mend``."""

    file: str
    old: str
    new: str
    key: str
    problem: str
    mend: str


BRIDGE = "exercises/bridge/exercise.toml"
EN, VI = "exercises/bridge/en.toml", "exercises/bridge/vi.toml"
LADDER = "ladders/bridge.toml"
PAIN = "outcome_measures/pain_rating.toml"

PLANTS = {
    "a stray key": Plant(
        BRIDGE, "locked = false", "locked = false\nlocekd = true", "locekd", "no key of this table", "locked?"
    ),
    "a missing key": Plant(BRIDGE, "locked = false", "", "locked", "locked is missing", "add it"),
    "a number in quotes": Plant(
        BRIDGE, "hold_s = 3\n", 'hold_s = "3"\n', "dose.start.hold_s", "must be a number", "without quotes"
    ),
    "half a repetition": Plant(
        BRIDGE,
        "repetitions = 5\n",
        "repetitions = 5.5\n",
        "dose.start.repetitions",
        "whole number",
        "without a fraction",
    ),
    "a word that is not known": Plant(
        BRIDGE, 'position = "supine"', 'position = "sitting"', "position", "not known", "supine, prone"
    ),
    "a broken line": Plant(BRIDGE, "locked = false", "locked = = false", "", "it is not TOML", "this line"),
    "a key twice": Plant(
        BRIDGE, "locked = false", "locked = false\nlocked = true", "", "not TOML", "this line"
    ),
    "no source at all": Plant(
        BRIDGE,
        'rest_s = 30\nsources = ["consensus_to_sign_off"]\n\n[dose.ceiling]',
        "rest_s = 30\nsources = []\n\n[dose.ceiling]",
        "dose.start.sources",
        "too little",
        "give 1 or more",
    ),
    "a source nobody knows": Plant(
        BRIDGE,
        'sources = ["mayo_back_exercises"]',
        'sources = ["mayo_back_exercizes"]',
        "dose.published.0.sources",
        "no source mayo_back_exercizes",
        "did you mean mayo_back_exercises?",
    ),
    "a start above the ceiling": Plant(
        BRIDGE, "hold_s = 3\n", "hold_s = 11\n", "dose.start.hold_s", "above the ceiling of 10", "lower it"
    ),
    "a replacement that is not there": Plant(
        BRIDGE, 'by = "pelvic_tilt"', 'by = "pelvic_tild"', "cautions.0.by", "no exercise", "pelvic_tilt?"
    ),
    "a replacement with the same caution": Plant(
        BRIDGE, 'by = "pelvic_tilt"', 'by = "half_bridge"', "cautions.0.by", "has a caution", "remove instead"
    ),
    "a replacement that is locked": Plant(
        BRIDGE, 'by = "pelvic_tilt"', 'by = "superman"', "cautions.0.by", "superman is locked", "not locked"
    ),
    "a replacement without replace": Plant(
        BRIDGE,
        'action = "replace"',
        'action = "remove"',
        "cautions.0",
        "the action is remove",
        "take `by` out",
    ),
    "replace without a replacement": Plant(
        BRIDGE, 'by = "pelvic_tilt"\n', "", "cautions.0", "the action is replace", "in `by`"
    ),
    "a condition nobody is asked about": Plant(
        BRIDGE,
        'condition = "late_pregnancy"',
        'condition = "late_pregnanzy"',
        "cautions.1.condition",
        "no conditions/late_pregnanzy.toml",
        "did you mean late_pregnancy?",
    ),
    "a phase from nowhere": Plant(
        BRIDGE, 'from = "start"', 'from = "stard"', "phases.0.from", "no pose stard", "did you mean start?"
    ),
    "phases that do not chain": Plant(
        BRIDGE,
        'id = "return"\nfrom = "hold"',
        'id = "return"\nfrom = "start"',
        "phases.2.from",
        "before it ends at hold",
        "begin it at hold",
    ),
    "a last phase that ends elsewhere": Plant(
        BRIDGE,
        'id = "rest"\nfrom = "start"\nto = "start"',
        'id = "rest"\nfrom = "start"\nto = "hold"',
        "phases.3.to",
        "ends at hold",
        "end it at start",
    ),
    "a hold with a length": Plant(
        BRIDGE,
        'from = "hold"\nto = "hold"\n',
        'from = "hold"\nto = "hold"\nseconds = 3\n',
        "phases",
        "phases without seconds: none",
        "only there",
    ),
    "two phases of one name": Plant(
        BRIDGE, 'id = "rest"', 'id = "lift"', "phases.3.id", "two phases lift", "rename one"
    ),
    "a fault in a phase that is not there": Plant(
        BRIDGE, 'phase = "hold"', 'phase = "holt"', "faults.0.phase", "no phase holt", "did you mean hold?"
    ),
    "a caution given twice": Plant(
        BRIDGE, '"hamstring_cramp"', '"late_pregnancy"', "cautions.1.condition", "two cautions", "keep one"
    ),
    "a joint that is not there": Plant(
        BRIDGE,
        "angles = { hip_flexion = 22 }",
        "angles = { hip_flection = 22 }",
        "faults.0.angles.hip_flection",
        "no joint hip_flection",
        "did you mean hip_flexion?",
    ),
    "a joint beyond its bounds": Plant(
        BRIDGE,
        "angles = { hip_flexion = 22 }",
        "angles = { hip_flexion = 222 }",
        "faults.0.angles.hip_flexion",
        "more than a body can do",
        "keep it from",
    ),
    "a fault that changes nothing": Plant(
        BRIDGE,
        "angles = { hip_flexion = 22 }",
        "angles = { elbow_flexion = 9 }",
        "faults.0.angles",
        "no joint changes",
        "turn a joint further",
    ),
    "a cue that is missing": Plant(
        EN, "\nsagging = ", "\nsaging = ", "faults.sagging", "text is missing", "add it"
    ),
    "a cue that belongs to nothing": Plant(
        VI,
        "\nsagging = ",
        "\nsaging = ",
        "faults.saging",
        "nothing is called saging",
        "did you mean sagging?",
    ),
    "a sentence too long to follow": Plant(
        EN,
        "Rest.",
        "Rest for as long as you like and then come back when you feel that you are ready.",
        "phases.rest",
        "18 words",
        "15 words or fewer",
    ),
    "a sentence without an end": Plant(EN, '"Rest."', '"Rest"', "phases.rest", "no end", "full stop"),
    "a text that was not translated": Plant(
        VI, '"Nghỉ."', '"Rest."', "phases.rest", "same as the English", "translate it"
    ),
    "loose accents": Plant(VI, '"Nghỉ."', '"Nghi\u0309."', "phases.rest", "separate characters", "NFC"),
    "a rung that is not there": Plant(
        LADDER, '"half_bridge"', '"half_brigde"', "rungs", "no exercise half_brigde", "half_bridge?"
    ),
    "a rung twice": Plant(
        LADDER, '"half_bridge"', '"half_bridge", "half_bridge"', "rungs", "twice", "one out"
    ),
    "a ladder that starts elsewhere": Plant(
        LADDER, 'start = "bridge"', 'start = "heel_slide"', "start", "no rung", "use one of"
    ),
    "a ladder that starts at a locked rung": Plant(
        "ladders/curl_up.toml",
        'start = "half_curl_up"',
        'start = "curl_up"',
        "start",
        "curl_up is locked",
        "not locked",
    ),
    "a ladder under another name": Plant(
        LADDER, 'id = "bridge"', 'id = "brigde"', "id", "the id is brigde", "the same name"
    ),
    "an exercise under another name": Plant(
        BRIDGE, 'id = "bridge"', 'id = "half_bridge"', "id", "the folder is bridge", "the same name"
    ),
    "a scale upside down": Plant(PAIN, "[0, 10]", "[10, 0]", "scale", "does not rise", "lowest score first"),
    "a measure without a language": Plant(
        PAIN, "[texts.vi]", "[texts.fr]", "texts.fr", "not known", "write en"
    ),
    "a negative rest": Plant(
        BRIDGE, "rest_s = 30\n", "rest_s = -1\n", "dose.start.rest_s", "too small", "write 0 or more"
    ),
    "a hundred sets": Plant(
        BRIDGE, "sets = 2\n", "sets = 100\n", "dose.ceiling.sets", "too large", "10 or less"
    ),
    "an endless hold": Plant(
        BRIDGE, "hold_s = 10\n", "hold_s = inf\n", "dose.ceiling.hold_s", "no number", "finite"
    ),
    "a pose with a capital": Plant(
        BRIDGE, "[poses.hold]", "[poses.Hold]", "poses.Hold", "wrong form", "small letters"
    ),
    "a title too long": Plant(
        EN, 'title = "Bridge"', f'title = "{"Bridge " * 12}"', "title", "too much", "60"
    ),
    "skin looked at too late": Plant(
        "home_care.toml",
        "look_at_skin_after_minutes = 5",
        "look_at_skin_after_minutes = 15",
        "heat.look_at_skin_after_minutes",
        "when the time is over",
        "fewer minutes",
    ),
    "a question with a source nobody knows": Plant(
        "red_flags/pinned.toml",
        '"nhs_lothian"',
        '"nhs_lothain"',
        "sources",
        "no source",
        "did you mean nhs_lothian?",
    ),
    "a question in one language": Plant(
        "red_flags/pinned.toml", "[vi]", "[fr]", "vi", "language is missing", "add it"
    ),
    "a question that is not finished": Plant(
        "red_flags/pinned.toml", 'why = "Vì vậy."\n', "", "vi.why", "text is missing", "add it"
    ),
    "a question with too much": Plant(
        "red_flags/pinned.toml", 'why = "Because it is so."\n', "", "vi.why", "has no why", "take it out"
    ),
    "a question that was not translated": Plant(
        "red_flags/pinned.toml",
        "Vì vậy.",
        "Because it is so.",
        "vi.why",
        "same as the English",
        "translate it",
    ),
    "a question with loose accents": Plant(
        "red_flags/pinned.toml", "Vì vậy.", "Vi\u0300 vậy.", "vi.why", "separate characters", "NFC"
    ),
    "an unknown trust": Plant(
        "sources.toml",
        'trust = "read"',
        'trust = "sure"',
        "mayo_back_exercises.trust",
        "not known",
        "write read",
    ),
    "a doi that is none": Plant(
        "sources.toml",
        'doi = "10.2519',
        'doi = "doi:10.2519',
        "jospt_2021.doi",
        "wrong form",
        "10.1234/abc",
    ),
}


MISSING = {"a missing key", "a cue that is missing", "a question in one language"}
"""What is not there has no line."""


def plant(data: Path, file: str, old: str, new: str) -> None:
    path = data / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} holds no {old!r} to replace"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults_in(data: Path) -> list[Fault]:
    return list(check_catalogue(data))


def test_the_packaged_catalogue_is_well() -> None:
    assert [str(fault) for fault in check_catalogue(packaged_data())] == []


def test_a_copy_nobody_spoilt_is_well(data: Path) -> None:
    assert [str(fault) for fault in faults_in(data)] == []


@pytest.mark.parametrize("name", PLANTS)
def test_a_planted_fault_is_found_with_its_file_key_and_mend(data: Path, name: str) -> None:
    wrong = PLANTS[name]
    plant(data, wrong.file, wrong.old, wrong.new)
    found = [fault for fault in faults_in(data) if fault.file == wrong.file and fault.key == wrong.key]
    assert found, [str(fault) for fault in faults_in(data)]
    assert any(wrong.problem in fault.problem and wrong.mend in fault.mend for fault in found), found


@pytest.mark.parametrize("name", sorted(PLANTS.keys() - MISSING))
def test_a_planted_fault_names_a_line_of_its_file(data: Path, name: str) -> None:
    wrong = PLANTS[name]
    plant(data, wrong.file, wrong.old, wrong.new)
    fault = next(fault for fault in faults_in(data) if fault.file == wrong.file and fault.key == wrong.key)
    assert fault.line is not None
    line = (data / wrong.file).read_text(encoding="utf-8").splitlines()[fault.line - 1]
    last = [part for part in wrong.key.split(".") if not part.isdigit()][-1:] or [wrong.new.split("\n")[-1]]
    assert last[0] in line or "angles" in line or line.startswith("["), line


def test_an_exercise_on_no_ladder_is_a_fault(data: Path) -> None:
    plant(data, LADDER, ', "single_leg_bridge"', "")
    assert [fault.problem for fault in faults_in(data)] == ["single_leg_bridge stands on no ladder"]


def test_a_missing_language_is_a_fault(data: Path) -> None:
    (data / VI).unlink()
    assert [str(fault) for fault in faults_in(data)] == [f"{VI}: the file is missing; add it"]


def test_a_file_that_is_not_utf8_is_a_fault(data: Path) -> None:
    (data / VI).write_bytes("title = 'Bắc cầu'".encode("utf-16"))
    assert "is not UTF-8" in faults_in(data)[0].problem


def test_a_folder_in_the_place_of_a_file_is_a_fault(data: Path) -> None:
    (data / VI).unlink()
    (data / VI).mkdir()
    assert "cannot be read" in faults_in(data)[0].problem


def test_a_phrase_in_one_language_only_is_a_fault(data: Path) -> None:
    with (data / "phrases/en.toml").open("a", encoding="utf-8") as file:
        file.write('\nonly_here = "Only here."\n')
    assert [(fault.file, fault.key) for fault in faults_in(data)] == [("phrases/vi.toml", "only_here")]


def test_words_of_another_room_need_both_files(data: Path) -> None:
    (data / "words").mkdir()
    (data / "words/en.toml").write_text('go = "Go"\nlist = ["one"]\n', encoding="utf-8")
    assert [str(fault) for fault in faults_in(data)] == ["words/vi.toml: the file is missing; add it"]
    (data / "words/vi.toml").write_text('stay = "Ở lại"\nlist = ["một", "hai"]\n', encoding="utf-8")
    assert [fault.key for fault in faults_in(data)] == ["go", "stay", "list"]


def test_a_broken_file_of_another_room_is_a_fault(data: Path) -> None:
    (data / "red_flags/pinned.toml").write_text("id = = 3\n", encoding="utf-8")
    assert [(fault.file, fault.line) for fault in faults_in(data)] == [("red_flags/pinned.toml", 1)]


def test_a_further_check_is_asked_too(data: Path) -> None:
    fault = Fault(BRIDGE, "poses.hold", "the foot hangs in the air", "lower it")
    found = check_catalogue(data, [lambda catalogue, root: [fault]])
    assert [(one.key, one.line is not None) for one in found] == [("poses.hold", True)]


def test_a_fault_reads_as_one_line() -> None:
    fault = Fault(BRIDGE, "dose.start.hold_s", "it is too long", "shorten it", line=12)
    assert str(fault) == f"{BRIDGE}:12: dose.start.hold_s: it is too long; shorten it"
