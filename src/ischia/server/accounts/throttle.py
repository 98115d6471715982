"""Slowing down whoever guesses passwords. Kept in memory: one process serves everything."""

from django.core.cache import cache

WINDOW_S = 15 * 60
FAILURES_FOR_A_NAME = 5
FAILURES_FROM_AN_ADDRESS = 30


def _keys(name: str, address: str) -> tuple[tuple[str, int], tuple[str, int]]:
    name = name.casefold().encode().hex()
    return (
        (f"log-in/{name}/{address}", FAILURES_FOR_A_NAME),
        (f"log-in/{address}", FAILURES_FROM_AN_ADDRESS),
    )


def is_blocked(name: str, address: str) -> bool:
    """Tell whether this address has guessed too often lately, for this name or for many."""
    return any(cache.get(key, 0) >= limit for key, limit in _keys(name, address))


def count_failure(name: str, address: str) -> None:
    """Take note of a wrong password."""
    for key, _ in _keys(name, address):
        cache.add(key, 0, WINDOW_S)
        cache.incr(key)


def forget(name: str, address: str) -> None:
    """Forget the failures of a name that has now got its password right."""
    cache.delete(_keys(name, address)[0][0])
