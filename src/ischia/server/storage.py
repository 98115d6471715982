"""How anything is written: one writer at a time in this process, in one transaction that begins IMMEDIATE.

SQLite's own waiting is unfair under load; a lock in the process keeps the slowest writer fast. Whatever was
written inside ``writing`` is on the disk when the block ends, so a response sent after it is a promise kept.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

_writer = threading.RLock()


@contextmanager
def writing() -> Iterator[None]:
    """Hold the only pen: everything inside is committed together, or not at all."""
    with _writer, transaction.atomic():
        yield
