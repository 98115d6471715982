"""A summary as plain JSON: the same fields and rounding wherever the tracker runs."""

from typing import Any, Final

from ischia.movement.records import Summary, Symmetry
from ischia.session import RepRecord

DIGITS: Final = 3


def to_plain(summary: Summary) -> dict[str, Any]:
    """Repetitions, cues, symmetry and what was not scored; null for an edge that was not seen."""
    return {
        "exercise": summary.exercise_id,
        "count": summary.count,
        "repetitions": [_repetition(record) for record in summary.repetitions],
        "cues": [
            {"at_s": rounded(cue.at_s), "id": cue.id, "confidence": rounded(cue.confidence)}
            for cue in summary.cues
        ],
        "symmetry": None if summary.symmetry is None else _symmetry(summary.symmetry),
        "not_scored": [
            {"from_s": rounded(part.from_s), "to_s": rounded(part.to_s), "reason": part.reason.value}
            for part in summary.not_scored
        ],
    }


def rounded(value: float | None) -> float | None:
    """A number to three digits; None stays None."""
    return None if value is None else round(value, DIGITS)


def _repetition(record: RepRecord) -> dict[str, Any]:
    return {
        "start_s": rounded(record.start_s),
        "hold_start_s": rounded(record.hold_start_s),
        "hold_end_s": rounded(record.hold_end_s),
        "end_s": rounded(record.end_s),
        "hold_s": rounded(record.hold_s),
        "side": record.side.value,
        "complete": record.complete,
        "confidence": rounded(record.confidence),
    }


def _symmetry(symmetry: Symmetry) -> dict[str, Any]:
    return {
        "measurable": symmetry.measurable,
        "reason": None if symmetry.reason is None else symmetry.reason.value,
        "left": symmetry.left,
        "right": symmetry.right,
        "difference_deg": rounded(symmetry.difference_deg),
        "confidence": rounded(symmetry.confidence),
    }
