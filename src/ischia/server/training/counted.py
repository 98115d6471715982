"""How sets were counted, and what a camera saw of them, in the words of a page."""

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import fmean, median
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ischia.catalogue import load_catalogue
from ischia.server.training import shown
from ischia.session import MeasuredBy, SessionRecord, SetRecord, SideComparison
from ischia.units import Side

LAST_SESSIONS: Final = 6
"""So many of the latest sessions are summed up for a clinician."""

# Confidence ranks how well a movement was seen and is no probability, so it is told in three words.
CLEARLY: Final = 0.75
FAIRLY: Final = 0.5


def by_set(sets: Iterable[SetRecord], language: str) -> list[dict[str, Any]]:
    """Return a row for each exercise and side, with each of its sets in it."""
    return [
        {
            "title": shown.title(exercise_id, language),
            "side": shown.side_label(side),
            "sets": [_one(record) for record in records],
            "corrections": [correction(exercise_id, cue, language) for cue, _sets in _cues(records)],
            "sides": _sides(records),
        }
        for (exercise_id, side), records in _grouped(sets).items()
    ]


def by_exercise(done: Sequence[SessionRecord], language: str) -> list[dict[str, Any]]:
    """Return one row for each exercise and side of the latest sessions with a set, for a quick look."""
    latest = [record for record in done if record.sets][-LAST_SESSIONS:]
    rows = []
    for (exercise_id, side), records in _grouped(one for record in latest for one in record.sets).items():
        by_camera = [record for record in records if record.measured_by is MeasuredBy.CAMERA]
        holds = [hold_s for record in by_camera for hold_s in _holds(record)]
        asked = {record.prescribed.hold_s for record in by_camera if record.prescribed.hold_s}
        rows.append(
            {
                "title": shown.title(exercise_id, language),
                "side": shown.side_label(side),
                "by": [
                    (by_word(by), count)
                    for by, count in Counter(record.measured_by for record in records).most_common()
                ],
                "done": sum(record.repetitions for record in by_camera),
                "seen": sum(len(record.reps) for record in by_camera),
                "held": shown.number(round(median(holds), 1)) if holds else "",
                "asked": _range(sorted(asked)),
                "sides": _sides(records),
                "sureness": _sureness(by_camera),
                "corrections": [
                    (correction(exercise_id, cue, language), count) for cue, count in _cues(records)
                ],
            }
        )
    return rows


def by_word(by: MeasuredBy) -> str:
    """Return who counted."""
    return {
        MeasuredBy.CAMERA: _("camera"),
        MeasuredBy.TIMER: _("timer"),
        MeasuredBy.HAND: _("by hand"),
    }[by]


def correction(exercise_id: str, cue: str, language: str) -> str:
    """Return a correction as it is spoken; one that is no longer in the catalogue keeps its id."""
    catalogue = load_catalogue()
    spoken = shown.spoken(language)
    texts = catalogue.texts_by_language[spoken].get(exercise_id)
    said = texts.faults.get(cue) if texts else None
    return said or catalogue.phrases_by_language[spoken].get(f"coach_{cue}") or cue


def _grouped(sets: Iterable[SetRecord]) -> dict[tuple[str, Side], list[SetRecord]]:
    groups: dict[tuple[str, Side], list[SetRecord]] = {}
    for record in sets:
        groups.setdefault((record.exercise_id, record.side), []).append(record)
    return groups


def _cues(records: Iterable[SetRecord]) -> list[tuple[str, int]]:
    """Each correction with the sets it was given in, the most frequent first."""
    return Counter(cue for record in records for cue in record.cues).most_common()


def _one(record: SetRecord) -> dict[str, Any]:
    camera = record.measured_by is MeasuredBy.CAMERA
    return {
        "id": record.id,
        "number": record.number,
        "camera": camera,
        "by": by_word(record.measured_by),
        "repetitions": ngettext("%d repetition", "%d repetitions", record.repetitions) % record.repetitions,
        "unseen": record.repetitions - len(record.reps) if camera else 0,
        "held": _range(_holds(record)) if record.prescribed.hold_s else "",
        "asked": shown.number(record.prescribed.hold_s),
        "sureness": _sureness([record]),
    }


def _holds(record: SetRecord) -> list[float]:
    """Seconds held as they were measured: where a camera counted, those that it saw."""
    if record.measured_by is MeasuredBy.CAMERA:
        return [rep.hold_s for rep in record.reps if rep.hold_s is not None]
    return list(record.hold_s)


def _range(holds: Sequence[float]) -> str:
    """Return seconds held, the shortest and the longest."""
    if not holds:
        return ""
    least, most = (shown.number(round(one, 1)) for one in (min(holds), max(holds)))
    return least if least == most else f"{least}–{most}"


def _sureness(records: Iterable[SetRecord]) -> str:
    """Return how well a camera saw the sets; nothing where none looked."""
    found = [rep.confidence for record in records for rep in record.reps]
    if not found:
        return ""
    mean = fmean(found)
    return (
        _("seen clearly")
        if mean >= CLEARLY
        else _("seen fairly well")
        if mean >= FAIRLY
        else _("hardly seen")
    )


def _sides(records: Iterable[SetRecord]) -> str:
    """Return left against right of exercises done with both at once; nothing where no camera looked."""
    found = [
        record.symmetry for record in records if record.side is Side.BOTH and record.symmetry is not None
    ]
    if not found:
        return ""
    differences = [one.difference_deg for one in found if one.measurable and one.difference_deg is not None]
    return _difference(fmean(differences)) if differences else _reason(found[-1])


def _difference(difference_deg: float) -> str:
    degrees = round(abs(difference_deg))
    if degrees == 0:
        return _("alike")
    further = (
        _("the left hip moves %d° further") if difference_deg > 0 else _("the right hip moves %d° further")
    )
    return further % degrees


def _reason(found: SideComparison) -> str:
    return (
        _("only one side moved")
        if found.reason == "only_one_side_done"
        else _("not measurable from this view")
    )
