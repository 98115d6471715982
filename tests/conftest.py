"""What all tests share: where the repository is."""

import os
import signal
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

# The suite says the same every time. `--hypothesis-profile=explore` looks for what nobody has thought of yet.
settings.register_profile("suite", derandomize=True)
settings.register_profile("explore", derandomize=False)
settings.load_profile("suite")

# It is about ten in the morning here whenever the suite runs: no test meets midnight, or an hour that is too
# early for an exercise. Programs and browsers started from here take the zone over.
_EAST = (10 - datetime.now(UTC).hour + 12) % 24 - 12
os.environ["TZ"] = f"<{_EAST:+03d}>{-_EAST}"
time.tzset()

# A shell in the background ignores Ctrl-C, and every program started from here would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the checkout."""
    return Path(__file__).resolve().parent.parent
