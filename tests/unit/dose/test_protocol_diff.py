"""What differs between two protocols is told line by line."""

from ischia.dose.protocol_diff import differences
from ischia.dose.protocol_file import default_text

TEXT = default_text()


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
