"""A protocol is loaded whole or not at all, and every fault names its line and its mend."""

from pathlib import Path

import pytest

from ischia.catalogue import load_catalogue
from ischia.dose.protocol_diff import differences
from ischia.dose.protocol_file import (
    UnusableProtocol,
    body_hash,
    default_protocol,
    default_text,
    parse,
    read_protocol,
)

TEXT = default_text()


def faults(old: str, new: str, text: str = TEXT) -> list[tuple[int, str, str]]:
    assert old in text
    with pytest.raises(UnusableProtocol) as caught:
        parse(text.replace(old, new, 1), "my.toml")
    return [(one.line, one.problem, one.mend) for one in caught.value.faults]


def line_of(part: str, after: str = "") -> int:
    lines = TEXT.splitlines()
    start = next((number for number, line in enumerate(lines) if after and line.startswith(after)), 0)
    return next(number for number, line in enumerate(lines[start:], start + 1) if line.startswith(part))


def test_the_protocol_that_comes_with_ischia_is_usable_and_not_signed_off() -> None:
    found = default_protocol()
    assert (found.stamp.id, found.signed_off) == ("default", None)
    assert found.stamp.sha256 == body_hash(TEXT)


def test_its_ladders_are_those_of_the_catalogue() -> None:
    ladders = load_catalogue().ladders
    assert {one.id: (one.start, one.rungs) for one in default_protocol().ladders} == {
        one.id: (one.start, one.rungs) for one in ladders.values()
    }


def test_every_number_is_marked_with_a_source_that_is_known() -> None:
    known = load_catalogue().sources
    assert {source for _, source in default_protocol().sources} <= set(known)


@pytest.mark.parametrize(
    ("old", "new", "line", "problem", "mend"),
    [
        (
            'unit = "points"',
            'unit = "metres"',
            line_of("unit"),
            "the unit of green_pain_points is 'metres'",
            "it has to be in points",
        ),
        (
            "value = 2\n",
            "value = 2.5\n",
            line_of("value"),
            "value of green_pain_points is 2.5",
            "a whole number",
        ),
        ("value = 2\n", "value = true\n", line_of("value"), "is True", "a whole number"),
        ("value = 2\n", 'value = "2"\n', line_of("value"), "is '2'", "a whole number"),
        ("value = 2\n", "value = 9\n", line_of("value"), "9 lies outside 0 to 4", "choose a value between"),
        (
            "least = 0\n",
            "least = 5\n",
            line_of("least"),
            "least is 5, above most, which is 4",
            "swap or correct",
        ),
        ("most = 4\n", "most = 7\n", line_of("least"), "wider than ischia's own 0 to 4", "narrow"),
        (
            'source = "consensus_to_sign_off"\n',
            "",
            line_of("[numbers.green_pain"),
            "green_pain_points has no source",
            "add source",
        ),
        (
            'source = "consensus_to_sign_off"',
            'source = "my_aunt"',
            line_of("source"),
            "the source 'my_aunt' is not known",
            "sources.toml",
        ),
        ("[numbers.green_pain_points]", "[numbers.green_pain_point]", 1, "", ""),
        (
            "value = 48\n",
            "value = 24\n",
            line_of("value", "[numbers.green_hours"),
            "24 lies outside 48 to 336",
            "choose",
        ),
        ("value = 48\n", "value = inf\n", line_of("value", "[numbers.green_hours"), "is inf", "a number"),
        (
            '"half_bridge"',
            '"half_bridg"',
            line_of("rungs", "[ladders.bridge"),
            "the rung 'half_bridg' is not known",
            "did you mean half_bridge?",
        ),
        (
            '"half_bridge"',
            '"bridge"',
            line_of("rungs", "[ladders.bridge"),
            "a rung stands there twice",
            "once",
        ),
        (
            'start = "bridge"',
            'start = "superman"',
            line_of("start", "[ladders.bridge"),
            "which is no rung",
            "start on one",
        ),
        (
            'id = "default"',
            "id = 3",
            line_of("id"),
            "id is missing or of the wrong kind",
            "as in default.toml",
        ),
        ('version = "1.0.0"\n', "", 1, "version is missing", "as in default.toml"),
        ("title = ", 'colour = "red"\ntitle = ', line_of("title"), "colour is not known", "take it out"),
        ("value = 2\n", "value = \n", line_of("value"), "", "correct this line"),
        ("value = 2\n", "value = 2\nvalue = 3\n", line_of("value") + 1, "", "correct this line"),
    ],
)
def test_a_fault_names_its_line_and_its_mend(old: str, new: str, line: int, problem: str, mend: str) -> None:
    found = faults(old, new)
    assert any(problem in one[1] and mend in one[2] and (line == 1 or one[0] == line) for one in found), found


def test_every_fault_is_told_at_once_in_the_order_of_lines() -> None:
    text = TEXT.replace('unit = "points"', 'unit = "metres"', 1).replace('"half_bridge"', '"half_bridg"', 1)
    found = faults("value = 48\n", "value = 24\n", text)
    assert len(found) == 3
    assert [one[0] for one in found] == sorted(one[0] for one in found)


@pytest.mark.parametrize(
    ("low", "high", "value"),
    [("green_pain_points", "red_pain_points", 4), ("review_reds", "stop_reds", 2)],
)
def test_a_number_above_the_one_it_must_not_pass_is_a_contradiction(low: str, high: str, value: int) -> None:
    start = TEXT.index(f"[numbers.{low}]")
    head, tail = TEXT[:start], TEXT[start:]
    current = tail.split("value = ")[1].split("\n")[0]
    text = head + tail.replace(f"value = {current}", f"value = {value}", 1)
    start = text.index(f"[numbers.{high}]")
    head, tail = text[:start], text[start:]
    current = tail.split("value = ")[1].split("\n")[0]
    least = tail.split("least = ")[1].split("\n")[0]
    text = head + tail.replace(f"value = {current}", f"value = {least}", 1)
    if value <= int(least):
        assert parse(text)
        return
    with pytest.raises(UnusableProtocol, match="above"):
        parse(text)


def test_a_sign_off_stands_for_the_text_as_it_is() -> None:
    signed = TEXT + f'\n[sign_off]\nname = "Dr A"\ndate = "2026-11-22"\nsha256 = "{body_hash(TEXT)}"\n'
    found = parse(signed)
    assert found.signed_off is not None
    assert (found.signed_off.name, found.stamp.sha256) == ("Dr A", default_protocol().stamp.sha256)
    assert parse(signed.replace('version = "1.0.0"', 'version = "1.0.1"')).signed_off is None


@pytest.mark.parametrize(
    "part", ['name = ""', 'name = "A"\ndate = "today"\nsha256 = "x"', 'name = "A"\ndate = "2026-11-22"']
)
def test_an_incomplete_sign_off_is_refused(part: str) -> None:
    with pytest.raises(UnusableProtocol, match="sign-off"):
        parse(f"{TEXT}\n[sign_off]\n{part}\n")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    for name, content in (("missing.toml", None), ("latin.toml", b'id = "\xff"')):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(UnusableProtocol, match=name):
            read_protocol(tmp_path / name)


def test_a_copy_is_the_same_and_an_edit_is_told() -> None:
    assert differences(TEXT, TEXT) == ()
    edited = TEXT.replace("value = 48", "value = 72").replace('start = "bridge"', 'start = "half_bridge"')
    assert differences(TEXT, edited) == (
        "green_hours: 48 -> 72 hours (consensus_to_sign_off)",
        "ladder bridge: start bridge -> half_bridge",
    )
    signed = TEXT + '\n[sign_off]\nname = "Dr A"\ndate = "2026-11-22"\nsha256 = "x"\n'
    assert differences(TEXT, signed) == ("sign-off: nobody -> Dr A on 2026-11-22",)


def test_every_kind_of_difference_has_its_line() -> None:
    hours = TEXT.index("[numbers.green_hours]")
    part = TEXT[hours : TEXT.index("[numbers.hold_step_seconds]")]

    def with_hours(old: str, new: str) -> str:
        assert old in part
        return TEXT.replace(part, part.replace(old, new))

    assert differences(TEXT, with_hours("consensus_to_sign_off", "consensus_unverified")) == (
        "green_hours: source consensus_to_sign_off -> consensus_unverified",
    )
    assert differences(TEXT, with_hours("least = 48", "least = 60")) == (
        "green_hours: limits 48 to 336 -> 60 to 336",
    )
    assert differences(TEXT, with_hours("most = 336", "most = 300")) == (
        "green_hours: limits 48 to 336 -> 48 to 300",
    )
    assert differences(TEXT, TEXT.replace('version = "1.0.0"', 'version = "1.1.0"')) == (
        "version: 1.0.0 -> 1.1.0",
    )
    assert differences(TEXT, TEXT.replace('id = "default"', 'id = "mine"')) == ("id: default -> mine",)
    shorter = TEXT[: TEXT.index("[ladders.curl_up]")]
    assert differences(TEXT, shorter) == ("ladder curl_up: taken out",)
    assert differences(shorter, TEXT) == ("ladder curl_up: added",)
    signed = TEXT + '\n[sign_off]\nname = "Dr A"\ndate = "2026-11-22"\nsha256 = "x"\n'
    assert differences(signed, signed) == ()
    assert differences(signed, signed.replace("Dr A", "Dr B")) == (
        "sign-off: Dr A on 2026-11-22 -> Dr B on 2026-11-22",
    )
    assert differences(signed, TEXT) == ("sign-off: Dr A on 2026-11-22 -> nobody",)
