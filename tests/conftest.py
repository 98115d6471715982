"""What all tests share: where the repository is."""

import signal
from pathlib import Path

import pytest
from hypothesis import settings

# The suite says the same every time. `--hypothesis-profile=explore` looks for what nobody has thought of yet.
settings.register_profile("suite", derandomize=True)
settings.register_profile("explore", derandomize=False)
settings.load_profile("suite")

# A shell in the background ignores Ctrl-C, and every program started from here would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the checkout."""
    return Path(__file__).resolve().parent.parent
