"""A protocol is loaded whole or not at all, and every fault names its line and its mend."""

from hashlib import sha256
from pathlib import Path

import pytest
from tests.unit.protocol_text import TEXT, faults, line_of, with_value

from ischia.catalogue import load_catalogue
from ischia.dose.protocol import Ladder, Numbers, SignOff
from ischia.dose.protocol_file import (
    UnusableProtocol,
    body_hash,
    default_protocol,
    parse,
    read_protocol,
)
from ischia.session.plan import ProtocolStamp


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


def test_every_fault_is_told_at_once_in_the_order_of_lines() -> None:
    text = TEXT.replace('unit = "points"', 'unit = "metres"', 1).replace('"half_bridge"', '"half_bridg"', 1)
    found = faults("value = 48\n", "value = 24\n", text)
    assert len(found) == 3
    assert [one[0] for one in found] == sorted(one[0] for one in found)


@pytest.mark.parametrize(
    ("low", "high", "least", "most"),
    [("green_pain_points", "red_pain_points", 3, 4), ("bad_day_exercises", "session_exercises", 2, 3)],
)
def test_a_number_above_the_one_it_must_not_pass_is_a_contradiction(
    low: str, high: str, least: int, most: int
) -> None:
    equal = with_value(high, least, with_value(low, least))
    numbers = parse(equal).numbers
    assert (getattr(numbers, low), getattr(numbers, high)) == (least, least)
    assert faults("", "", with_value(low, most, equal)) == [
        (
            line_of("value", f"[numbers.{low}]"),
            f"{low} is {most}, above {high}, which is {least}",
            f"lower it, or raise {high}",
        )
    ]
    assert len(faults("", "", with_value(low, 99, equal))) == 1, "a number that is bad in itself is told once"


def test_limits_may_be_narrowed_to_a_single_value() -> None:
    narrow = TEXT.replace("least = 0\nmost = 4", "least = 2\nmost = 2", 1)
    assert parse(narrow).numbers == default_protocol().numbers


def test_a_protocol_is_what_its_text_says() -> None:
    found = parse(with_value("green_hours", 72))
    text_hash = sha256(with_value("green_hours", 72).strip().encode() + b"\n").hexdigest()
    assert found.stamp == ProtocolStamp("default", "1.0.0", text_hash)
    assert found.title == "Default protocol, not yet signed off by a clinician"
    assert dict(found.sources)["flexion_from_hours"] == "consensus_unverified"
    assert (found.numbers.green_hours, found.numbers.green_sessions) == (72.0, 3)
    for name, kind in Numbers.__annotations__.items():
        assert type(getattr(found.numbers, name)) is kind
    assert found.ladders[1] == Ladder(
        "bridge",
        "bridge",
        ("pelvic_tilt", "half_bridge", "bridge", "marching_bridge", "single_leg_bridge"),
        ("consensus_to_sign_off",),
    )


def test_a_sign_off_is_about_the_text_without_it_wherever_it_stands() -> None:
    plain = sha256(b"a = 1\n\n[b]\nc = 2\n").hexdigest()
    for text in (
        "a = 1\n\n[b]\nc = 2",
        "\na = 1  \n\n[b]\nc = 2\n\n[sign_off]\nname = 1\n",
        "a = 1\n\n  [sign_off]  # of mine\nname = 1\n\n[b]\nc = 2\n",
    ):
        assert body_hash(text) == plain
    assert body_hash("a = 1\n\n  [b]\nc = 2\n") != plain
    assert body_hash("[b]\na = 1\n") == body_hash("[sign_off]\nx = 1\n[b]\na = 1\n")


def test_a_sign_off_stands_for_the_text_as_it_is() -> None:
    signed = TEXT + f'\n[sign_off]\nname = "Dr A"\ndate = "2026-11-22"\nsha256 = "{body_hash(TEXT)}"\n'
    found = parse(signed)
    assert found.signed_off == SignOff("Dr A", "2026-11-22", body_hash(TEXT))
    assert found.stamp == default_protocol().stamp
    assert parse(signed.replace('version = "1.0.0"', 'version = "1.0.1"')).signed_off is None


@pytest.mark.parametrize(
    ("part", "problem", "mend"),
    [
        ('name = "A"', "a sign-off needs name, date and sha256", "write these three, as text"),
        (
            'name = "A"\ndate = "2026-11-22"\nsha256 = "x"\nx = 1',
            "a sign-off needs name, date and sha256",
            "write these three, as text",
        ),
        *(
            (part, "the sign-off is incomplete", 'write a name, a date such as "2026-11-22", a sha256')
            for part in (
                'name = ""\ndate = "2026-11-22"\nsha256 = "x"',
                'name = "A"\ndate = "today"\nsha256 = "x"',
                'name = "A"\ndate = 2026-11-22\nsha256 = "x"',
            )
        ),
    ],
)
def test_an_incomplete_sign_off_is_refused(part: str, problem: str, mend: str) -> None:
    line = len(TEXT.splitlines()) + 2
    assert faults("", "", f"{TEXT}\n[sign_off]\n{part}\n") == [(line, problem, mend)]


def test_a_sign_off_that_is_no_table_is_refused() -> None:
    assert faults("id = ", "sign_off = 3\nid = ") == [
        (line_of("id"), "a sign-off needs name, date and sha256", "write these three, as text")
    ]


def test_a_file_is_read_and_every_fault_names_it(tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    with pytest.raises(UnusableProtocol) as caught:
        read_protocol(path)
    assert str(caught.value) == f"{path}: line 1: No such file or directory; name a file that can be read"
    path.write_bytes(b'id = "\xff"')
    with pytest.raises(UnusableProtocol) as caught:
        read_protocol(path)
    assert str(caught.value) == f"{path}: line 1: byte 6 is not UTF-8; save the file as UTF-8"
    path.write_text(TEXT, encoding="utf-8")
    assert read_protocol(path) == default_protocol()
    path.write_text("a = \n", encoding="utf-8")
    with pytest.raises(UnusableProtocol) as caught:
        read_protocol(path)
    assert str(caught.value) == f"{path}: line 1: Invalid value; correct this line"


def test_a_text_without_a_file_is_named_a_protocol() -> None:
    with pytest.raises(UnusableProtocol) as caught:
        parse(TEXT.replace('id = "default"', "id = 3\ncolour = 1"))
    assert str(caught.value) == (
        "protocol: line 4: id is missing or of the wrong kind; write id as in default.toml\n"
        "protocol: line 5: colour is not known; take it out"
    )
