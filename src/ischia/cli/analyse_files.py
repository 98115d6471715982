"""The work behind ``ischia analyse``: one file after the other, or several at once, each in a process."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context, parent_process
from pathlib import Path
from queue import Empty
from typing import TYPE_CHECKING, Any, Final

import click

from ischia.recording import TRACK_SUFFIXES, LandmarkFrame, RecordingError

if TYPE_CHECKING:
    from rich.progress import Progress

    from ischia.analysis import Analysis, Media
    from ischia.movement import Live
    from ischia.pose.model import PoseModel

_REPORT_EVERY_S: Final = 0.2

_CROWDED: Final = 0.1
"""Several people in more than this share of the frames are worth a word; fewer are somebody passing by."""

SEVERAL: Final = "several people are in the picture; one was followed, perhaps not the right one."


@dataclass(frozen=True, slots=True)
class Job:
    """One recording, what to make of it, and where."""

    file: Path
    exercise_id: str
    model: str = "full"
    rate_hz: float | None = None
    every_frame: bool = False
    overlay: Path | None = None
    plot: Path | None = None
    table: Path | None = None

    @property
    def is_track(self) -> bool:
        """Whether the file holds landmarks instead of pictures."""
        return self.file.suffix.lower() in TRACK_SUFFIXES


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one recording: its analysis, or a sentence that names the file and the fault.

    ``note`` is a sentence about a recording that was analysed all the same.
    """

    analysis: Analysis | None = None
    fault: str | None = None
    note: str | None = None


Report = Callable[[int, float], None]
"""Told the number of a job and the share of it that is done."""


def run_all(jobs: Sequence[Job], workers: int | None = None) -> Iterator[Outcome]:
    """Do every job and yield its outcome, in the order of the jobs, as soon as those before it are done."""
    at_once = min(len(jobs), workers or _processors())
    if any(not job.is_track for job in jobs):
        _check_model({job.model for job in jobs if not job.is_track})
    with _progress(jobs) as report:
        if at_once <= 1:
            yield from (_run(job, index, report) for index, job in enumerate(jobs))
        else:
            yield from _run_in_processes(jobs, at_once, report)


def run(job: Job, report: Callable[[float], None] = lambda share: None) -> Outcome:
    """Analyse one recording and write what was asked for.

    Raises:
        RecordingError: the recording cannot be used.
        OSError: an output cannot be written.
    """
    from ischia.analysis import Analyser
    from ischia.recording import track_of

    analyser = Analyser(job.exercise_id)
    frames, media = _frames(job, report)
    lives: list[Live] = []
    keep = job.overlay is not None or job.table is not None
    seen = crowded = 0

    def pushed() -> Iterator[LandmarkFrame]:
        nonlocal seen, crowded
        for frame in frames:
            seen += frame.people > 0
            crowded += frame.people > 1
            live = analyser.push(frame)
            if keep:
                lives.append(live)
            yield frame

    track = None
    if keep:
        track = track_of(pushed())
    else:
        for _ in pushed():
            pass
    analysis = analyser.finish(str(job.file), media())
    if (reason := unusable(analysis)) is not None:
        raise RecordingError(job.file, reason)
    if job.plot is not None:
        from ischia.cli.analyse_plot import write_plot

        write_plot(analysis, job.plot)
    if job.table is not None and track is not None:
        from ischia.cli.analyse_table import write_table

        write_table(track, lives, analysis, job.table)
    if job.overlay is not None and track is not None:
        from ischia.cli.analyse_overlay import write_overlay

        write_overlay(job.file, track, lives, analysis, job.overlay)
    several = crowded > _CROWDED * seen
    return Outcome(analysis, note=f"{job.file}: {SEVERAL}" if several else None)


UNUSABLE: Final = {
    "nobody_seen": "nobody was seen in it; film the whole body from the side, in good light.",
    "person_left": "the person was seen too briefly; stay in the picture all the time.",
    "legs_not_seen": "the legs are not in the picture; film the whole body from the side.",
    "trunk_not_seen": "the body is not in the picture; film the whole body from the side.",
    "several_people": "several people are in the picture; only one person may be.",
    "camera_moved": "the camera moved all the time; put it down.",
    "too_few_frames": "it is too short, or has too few pictures a second.",
}
"""Why a recording cannot be used when none of it could be scored. A wrong exercise is an answer, no fault."""


def unusable(analysis: Analysis) -> str | None:
    """Return in words why nothing at all of a recording could be scored, or None where something could be."""
    if analysis.repetitions or analysis.curve:
        return None
    lost_s: dict[str, float] = {}
    for stretch in analysis.not_scored:
        lost_s[str(stretch.reason)] = lost_s.get(str(stretch.reason), 0.0) + stretch.to_s - stretch.from_s
    reasons = sorted((reason for reason in lost_s if reason in UNUSABLE), key=lambda reason: -lost_s[reason])
    return UNUSABLE[reasons[0]] if reasons and len(reasons) == len(lost_s) else None


def _frames(job: Job, report: Callable[[float], None]) -> tuple[Iterable[LandmarkFrame], Callable[[], Media]]:
    """Return the frames of a recording, and what to ask about it after the last one."""
    from ischia.analysis import Media

    if job.is_track:
        from ischia.recording import read_track

        track = read_track(job.file)
        looked = len(track) if track.measured is None else int(track.measured.sum())
        fps = track.fps or (len(track) / track.duration_s if track.duration_s else None)
        return track, lambda: Media(track.duration_s, fps, len(track), looked)
    from ischia.pose.watch import Watch
    from ischia.recording.video import Video

    video = Video(job.file)
    watch = Watch(video, _model(job.model), rate_hz=job.rate_hz, every_frame=job.every_frame)

    def reported() -> Iterator[LandmarkFrame]:
        next_s = 0.0
        for frame in watch:
            if video.duration_s and frame.t_s >= next_s:
                report(min(1.0, frame.t_s / video.duration_s))
                next_s = frame.t_s + _REPORT_EVERY_S
            yield frame

    def media() -> Media:
        if watch.media is None:
            raise RecordingError(job.file, "it was not read to its end.")
        seen = watch.media
        return Media(seen.duration_s, seen.fps, seen.frames, seen.frames_posed)

    return reported(), media


@lru_cache(maxsize=1)
def _model(name: str) -> PoseModel:
    from ischia.pose import load_model

    return load_model(name)


def _check_model(names: set[str]) -> None:
    """Say once that a pose model is missing, instead of once for each file."""
    from ischia.pose import ModelError

    try:
        for name in sorted(names):
            _model(name)
    except ModelError as error:
        raise click.ClickException(str(error)) from error


def _run(job: Job, index: int, report: Report) -> Outcome:
    try:
        return run(job, lambda share: report(index, share))
    except RecordingError as error:
        return Outcome(fault=str(error))
    except OSError as error:
        return Outcome(fault=f"{job.file}: its result cannot be written ({error.strerror or error}).")
    except MemoryError:
        return Outcome(fault=f"{job.file}: there is not enough memory for it.")
    finally:
        report(index, 1.0)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _run_in_processes(jobs: Sequence[Job], workers: int, report: Report) -> Iterator[Outcome]:
    context = get_context("spawn")
    reports: Any = context.Queue()
    pool = ProcessPoolExecutor(workers, context, _start_worker, (reports,))
    ready: OrderedDict[int, Outcome] = OrderedDict()
    next_index = 0
    try:
        futures = {pool.submit(_run_in_worker, job, index): index for index, job in enumerate(jobs)}
        for future in _completed(futures, reports, report):
            ready[futures[future]] = _outcome(future, jobs[futures[future]])
            while next_index in ready:
                yield ready.pop(next_index)
                next_index += 1
    finally:
        # Reached early only by Ctrl-C: what has not begun is dropped, and what runs is stopped.
        unfinished = next_index < len(jobs)
        processes = list((pool._processes or {}).values()) if unfinished else []
        pool.shutdown(wait=not unfinished, cancel_futures=True)
        for process in processes:
            process.terminate()
        reports.cancel_join_thread()
        reports.close()


def _completed(
    futures: dict[Future[Outcome], int], reports: Any, report: Report
) -> Iterator[Future[Outcome]]:
    """Yield the futures as they are done; pass on the workers' reports meanwhile."""
    left = set(futures)
    while left:
        try:
            for future in as_completed(left, timeout=_REPORT_EVERY_S):
                left.discard(future)
                yield future
        except TimeoutError:
            pass
        try:
            while True:
                report(*reports.get_nowait())
        except Empty:
            pass


def _outcome(future: Future[Outcome], job: Job) -> Outcome:
    try:
        return future.result()
    except BrokenProcessPool:
        return Outcome(fault=f"{job.file}: reading it was ended from outside, perhaps for want of memory.")


_reports: Any = None


def _start_worker(reports: Any) -> None:
    global _reports
    _reports = reports
    # Ctrl-C goes to the whole group; the parent alone answers it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Do not go on reading for nobody when the parent was killed."""
    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)


def _run_in_worker(job: Job, index: int) -> Outcome:
    return _run(job, index, lambda number, share: _reports.put((number, share)))


@contextmanager
def _progress(jobs: Sequence[Job]) -> Iterator[Report]:
    """Show how much of all jobs is done and how long the rest will take, on a terminal's standard error."""
    if not sys.stderr.isatty():
        yield lambda index, share: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TimeRemainingColumn

    shares = [0.0] * len(jobs)
    last_s = 0.0
    bar: Progress = Progress(
        "Reading",
        BarColumn(),
        TaskProgressColumn(),
        MofNCompleteColumn(),
        "files, time left",
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task("files", total=len(jobs))

        def report(index: int, share: float) -> None:
            nonlocal last_s
            shares[index] = max(shares[index], share)
            if time.monotonic() - last_s >= _REPORT_EVERY_S or share >= 1:
                last_s = time.monotonic()
                bar.update(task, completed=sum(shares))

        yield report
