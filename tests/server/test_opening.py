"""A command that opens a data folder counts days and hours as the computer does."""

import subprocess
import sys

import pytest

NOW = """
from ischia.server import runtime
from ischia.server.opening import set_up_django
set_up_django(runtime.Runtime())
from ischia.server.clock import now
print(now().isoformat())
"""


@pytest.mark.parametrize(("zone", "offset"), [("<+07>-7", "+07:00"), ("<-05>5", "-05:00")])
def test_seven_in_the_morning_is_the_computers_seven(zone: str, offset: str) -> None:
    said = subprocess.run(
        [sys.executable, "-c", NOW], env={"TZ": zone}, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip().endswith(offset)
