"""What ``ischia analyse`` prints for a person to read."""

from ischia.cli.analyse_files import UNUSABLE
from ischia.cli.analyse_print import REASONS
from ischia.movement import Reason


def test_every_reason_has_its_words() -> None:
    assert set(REASONS) == {str(reason.value) for reason in Reason} > set(UNUSABLE)
