"""What all tests share: where the repository is."""

import os
import signal
import time
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

ROOT = Path(__file__).resolve().parent.parent

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
    return ROOT


class OneCamera(LoadFileScheduling):
    """A file's tests stay together, so that its browser is opened once; so do all before a camera.

    To look at a camera's pictures takes most of a core. Two at a time would hold each other up.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "before a camera" if _is_before_a_camera(ROOT / file) else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> OneCamera:
    """Let one process have the camera, while the other takes the rest."""
    return OneCamera(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes the longest: a camera's pictures, then whatever else drives a browser."""
    items.sort(key=lambda item: (not _is_before_a_camera(item.path), item.path.parent.name != "journeys"))


@cache
def _is_before_a_camera(file: Path) -> bool:
    return "from tests.journeys.camera import" in file.read_text(encoding="utf-8")
