"""Read a protocol from its text: all of it, or nothing and every fault with its line and its mend."""

import hashlib
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path

from ischia.dose.protocol import Ladder, Numbers, Protocol
from ischia.session.plan import ProtocolStamp


@cache
def default_protocol() -> Protocol:
    """Return the protocol that comes with ischia."""
    return parse((files("ischia.catalogue") / "data" / "protocols" / "default.toml").read_text(encoding="utf-8"))


def parse(text: str) -> Protocol:
    """Return the protocol written in ``text``."""
    content = tomllib.loads(text)
    numbers = content["numbers"]
    return Protocol(
        stamp=ProtocolStamp(content["id"], content["version"], hashlib.sha256(text.encode()).hexdigest()),
        title=content["title"],
        numbers=Numbers(**{name: entry["value"] for name, entry in numbers.items()}),
        ladders=tuple(
            Ladder(ladder_id, entry["start"], tuple(entry["rungs"]), tuple(entry["sources"]))
            for ladder_id, entry in content["ladders"].items()
        ),
        sources=tuple((name, entry["source"]) for name, entry in numbers.items()),
    )


def read_protocol(path: Path) -> Protocol:
    """Read a protocol file."""
    return parse(path.read_text(encoding="utf-8"))
