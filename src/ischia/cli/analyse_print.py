"""What ``ischia analyse`` prints for a person to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ischia.analysis import Analysis

_WIDTH: Final = 100

REASONS: Final = {
    "nobody_seen": "nobody was seen",
    "person_left": "the person left the picture",
    "legs_not_seen": "the legs were not seen",
    "trunk_not_seen": "the trunk was not seen",
    "several_people": "several people were seen",
    "not_in_position": "not in the exercise's position",
    "wrong_exercise": "another movement than this exercise",
    "not_measurable_from_this_view": "not measurable from this view",
    "not_measurable_by_camera": "the movement is too small for a camera",
    "camera_moved": "the camera moved",
    "too_few_frames": "too few pictures",
    "only_one_side_done": "only one side was done",
}
"""Why a stretch was not scored, or the sides not compared, in words."""


def print_analysis(analysis: Analysis) -> None:
    """Print one recording: its repetitions, cues, symmetry and what was not scored."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=_WIDTH)
    word = "repetition" if analysis.count == 1 else "repetitions"
    heading = Text(f"{analysis.file}: {analysis.exercise}, {analysis.count} {word}", style="bold")
    console.print(heading, soft_wrap=True)
    if analysis.repetitions:
        table = Table(box=None, pad_edge=False, header_style="dim")
        for name in ("", "side", "start", "hold from", "hold to", "end", "held", "complete", "confidence"):
            table.add_column(name, justify="left" if name in ("side", "complete") else "right")
        for number, repetition in enumerate(analysis.repetitions, 1):
            table.add_row(
                str(number),
                str(repetition.side),
                _seconds(repetition.start_s),
                _seconds(repetition.hold_start_s),
                _seconds(repetition.hold_end_s),
                _seconds(repetition.end_s),
                _seconds(repetition.hold_s),
                "yes" if repetition.complete else "no",
                f"{repetition.confidence:.0%}",
            )
        console.print(table)
    for line in _remarks(analysis):
        console.print(Text(f"  {line}"), soft_wrap=True)
    console.print()


def _remarks(analysis: Analysis) -> list[str]:
    lines = [
        f"form at {_seconds(cue.at_s)}: {_cue_words(analysis.exercise, cue.id)}" for cue in analysis.cues
    ]
    symmetry = analysis.symmetry
    if symmetry is not None and symmetry.measurable:
        if symmetry.left or symmetry.right:
            lines.append(f"left {symmetry.left}, right {symmetry.right}")
        if symmetry.difference_deg is not None:
            lines.append(f"the left hip turns {symmetry.difference_deg:+.0f} degrees further than the right")
    elif symmetry is not None and symmetry.reason is not None:
        lines.append(f"left and right: {REASONS[symmetry.reason]}")
    for each in analysis.not_scored:
        lines.append(f"not scored {_seconds(each.from_s)} to {_seconds(each.to_s)}: {REASONS[each.reason]}")
    media = analysis.media
    rate = "unknown" if media.fps is None else f"{media.fps:.3g}"
    lines.append(
        f"{media.duration_s:.1f} s, {rate} pictures a second, "
        f"{media.frames_posed} of {media.frames} looked at, seen from: {media.view}"
    )
    return lines


def _cue_words(exercise_id: str, cue_id: str) -> str:
    """Return what the exercise's own English text says to the fault, or its id."""
    from ischia.catalogue import load_catalogue

    texts = load_catalogue().texts("en").get(exercise_id)
    words = texts.faults.get(cue_id) if texts else None
    return f"{cue_id} ({words})" if words else cue_id


def _seconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f} s"
