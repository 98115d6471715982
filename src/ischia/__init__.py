"""ischia: a home exercise coach for people with sciatica, and for their physiotherapists.

``ischia.analyse(path, exercise="bridge")`` reads a recording; what it needs is imported when it is first
asked for."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ischia.analysis import Analysis, analyse

__all__ = ["Analysis", "analyse"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Find what is offered from the top without importing it before."""
    if name in __all__:
        from ischia import analysis

        return getattr(analysis, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
