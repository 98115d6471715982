"""Draw a recording's progress, with its repetitions and holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ischia.analysis import Analysis


def write_plot(analysis: Analysis, path: Path) -> None:
    """Write the plot; the ending of the name says in which format.

    Raises:
        OSError: it cannot be written.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10, 3.6), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    end_s = max(analysis.media.duration_s, 0.1)
    heights = [progress for _, progress in analysis.curve] or [0.0]
    for stretch in analysis.not_scored:
        axes.axvspan(stretch.from_s, stretch.to_s, color="0.9", lw=0, label="not scored")
    for number, repetition in enumerate(analysis.repetitions, 1):
        start_s = _or(repetition.start_s, 0.0)
        from_s, to_s = _or(repetition.hold_start_s, start_s), _or(repetition.hold_end_s, end_s)
        axes.axvspan(
            start_s, _or(repetition.end_s, end_s), color="tab:blue", alpha=0.12, lw=0, label="repetition"
        )
        axes.axvspan(from_s, to_s, color="tab:green", alpha=0.25, lw=0, label="hold")
        axes.annotate(str(number), ((from_s + to_s) / 2, 0.97), xycoords=("data", "axes fraction"), va="top")
    if analysis.curve:
        axes.plot(*zip(*analysis.curve, strict=True), color="black", lw=1.2, label="progress")
    for cue in analysis.cues:
        axes.axvline(cue.at_s, color="tab:red", lw=1, ls=":", label="form cue")
    axes.set(
        xlim=(0, end_s),
        ylim=(min(-0.1, min(heights) - 0.05), max(1.1, max(heights) + 0.15)),
        xlabel="seconds",
        ylabel="0 start, 1 hold",
        title=f"{Path(analysis.file).name}: {analysis.exercise}, {analysis.count}",
    )
    handles, labels = axes.get_legend_handles_labels()
    once = dict(zip(labels, handles, strict=True))
    if once:
        axes.legend(once.values(), once.keys(), loc="center left", bbox_to_anchor=(1, 0.5), frameon=False)
    # A name that ends in something matplotlib does not know is turned away before the work starts.
    figure.savefig(path, dpi=120)


def _or(value: float | None, otherwise: float) -> float:
    """An edge outside the recording is drawn at its end."""
    return otherwise if value is None else value
