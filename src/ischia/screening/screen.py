"""The gate as a pure function: everything known goes in, the standing verdict comes out."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial

from ischia.check_in import CheckIn, Intake, NerveWatch
from ischia.screening.questions import QuestionBank
from ischia.screening.verdict import Clearance, Verdict
from ischia.screening.watch import Watch
from ischia.session.record import SessionRecord


def screen(
    bank: QuestionBank,
    intake: Intake | None,
    check_ins: Sequence[CheckIn] = (),
    clearances: Iterable[Clearance] = (),
    nerve_watches: Iterable[NerveWatch] = (),
    records: Iterable[SessionRecord] = (),
) -> Verdict:
    """Return the verdict that stands after everything given, in the order of its instants.

    Nobody is cleared without a first visit, nor while an answer is missing: missing is never "no".
    """
    return watch_of(bank, intake, check_ins, clearances, nerve_watches, records).verdict()


def watch_of(
    bank: QuestionBank,
    intake: Intake | None,
    check_ins: Sequence[CheckIn] = (),
    clearances: Iterable[Clearance] = (),
    nerve_watches: Iterable[NerveWatch] = (),
    records: Iterable[SessionRecord] = (),
) -> Watch:
    """Return the gate's memory after everything given; at the same instant a clearance comes last."""
    watch = Watch(bank)
    if intake is None:
        return watch
    watch.first_visit(intake)
    steps: list[tuple[datetime, Callable[[], None]]] = []
    for check_in in check_ins:
        steps.append((instant(check_in.at), partial(watch.check_in, check_in)))
    for record in records:
        steps += [(instant(stop.at), partial(watch.stop, stop)) for stop in record.stops]
    for nerve_watch in nerve_watches:
        steps.append((instant(nerve_watch.at), partial(watch.nerve_watch, nerve_watch)))
    for clearance in clearances:
        steps.append((instant(clearance.at), partial(watch.clearance, clearance)))
    # Sorting keeps the order of what happened at the same instant.
    for _, step in sorted(steps, key=lambda step: step[0]):
        step()
    return watch


def instant(text: str) -> datetime:
    """Read an ISO 8601 instant with offset.

    Raises:
        ValueError: it is no such instant, or has no offset.
    """
    value = datetime.fromisoformat(text)
    if value.tzinfo is None:
        raise ValueError(f"an instant needs its offset, such as 2026-03-14T07:00:00+07:00, not {text!r}")
    return value
