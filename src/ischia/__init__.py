"""ischia: a home exercise coach for people with sciatica, and for their physiotherapists.

``ischia.analyse(path, exercise="bridge")`` reads a recording; what it needs is imported when it is first
asked for.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_OFFERED = ("Analysis", "analyse")


def __getattr__(name: str) -> Any:
    """Find what is offered from the top; by name, since no room may lean on the room above it."""
    if name in _OFFERED:
        return getattr(import_module("ischia.analysis"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
