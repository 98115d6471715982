"""Body landmarks over time: one frame, a whole track, and the files that hold one.

The 33 points are BlazePose's, in its order. The types are standard library only; numpy and pyarrow are
imported by the functions that touch files.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LANDMARKS: Final = 33
"""Points in a frame."""

TRACK_SUFFIXES: Final = (".npz", ".parquet")
"""File name endings that hold landmarks instead of pictures."""

_FORMAT: Final = "1"

Landmark = tuple[float, float, float, float]
"""x, y, z, visibility. x and y are shares of the picture's width and height, from its top left corner;
z is a depth in picture widths, towards the camera negative; visibility lies between 0 and 1."""


class RecordingError(ValueError):
    """A recording that cannot be used. Its text is one sentence that names the file and the reason."""

    def __init__(self, path: Path | str, reason: str) -> None:
        """Keep the file and the reason apart, for those who show them apart."""
        self.path = Path(path)
        self.reason = reason
        super().__init__(f"{path}: {reason}")

    def __reduce__(self) -> tuple[type[RecordingError], tuple[Path, str]]:
        """Let the error cross from a worker process whole."""
        return type(self), (self.path, self.reason)


@dataclass(frozen=True, slots=True)
class LandmarkFrame:
    """What was seen at one instant.

    Attributes:
        t_s: media seconds.
        landmarks: 33 landmarks, or None where nobody was seen.
        width: picture width in pixels as shown, that is, after rotation.
        height: picture height in pixels as shown.
        people: people found in the picture when it was last searched.
        measured: False where the frame was passed over because nothing changed, and its landmarks stand
            between those of the looks before and after it.
    """

    t_s: float
    landmarks: tuple[Landmark, ...] | None
    width: int
    height: int
    people: int = 1
    measured: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class LandmarkTrack:
    """A whole track in memory; iterate it for its frames.

    Attributes:
        t_s: (n,) media seconds, rising.
        image: (n, 33, 4) x, y, z, visibility as in ``Landmark``; NaN where nobody was seen.
        width: picture width in pixels.
        height: picture height in pixels.
        fps: frames per second of the recording, or None where nobody wrote it down.
        people: (n,) people found, or None for one wherever somebody was seen.
        measured: (n,) as in ``LandmarkFrame``, or None for all.
    """

    t_s: NDArray[np.float64]
    image: NDArray[np.float32]
    width: int
    height: int
    fps: float | None = None
    people: NDArray[np.int64] | None = None
    measured: NDArray[np.bool_] | None = None

    def __len__(self) -> int:
        """Return the number of frames."""
        return len(self.t_s)

    def __iter__(self) -> Iterator[LandmarkFrame]:
        """Yield the frames, oldest first."""
        import numpy as np

        for index, t_s in enumerate(self.t_s.tolist()):
            points = self.image[index]
            seen = not np.isnan(points[0, 0])
            yield LandmarkFrame(
                t_s,
                tuple(map(tuple, points.tolist())) if seen else None,
                self.width,
                self.height,
                int(seen) if self.people is None else int(self.people[index]),
                True if self.measured is None else bool(self.measured[index]),
            )

    @property
    def duration_s(self) -> float:
        """Seconds from the first frame to the end of the last."""
        if len(self.t_s) < 2:
            return 0.0
        step_s = (self.t_s[-1] - self.t_s[0]) / (len(self.t_s) - 1)
        return float(self.t_s[-1] - self.t_s[0] + step_s)


def track_of(frames: Iterable[LandmarkFrame], fps: float | None = None) -> LandmarkTrack:
    """Collect frames into a track.

    Raises:
        ValueError: there is no frame, or the picture changes its size between two.
    """
    import numpy as np

    nobody = np.full((LANDMARKS, 4), np.nan, np.float32)
    times: list[float] = []
    people: list[int] = []
    measured: list[bool] = []
    points: list[NDArray[np.float32]] = []
    sizes: set[tuple[int, int]] = set()
    for frame in frames:
        times.append(frame.t_s)
        people.append(frame.people)
        measured.append(frame.measured)
        points.append(nobody if frame.landmarks is None else np.asarray(frame.landmarks, np.float32))
        sizes.add((frame.width, frame.height))
    if len(sizes) != 1:
        raise ValueError("a track needs at least one frame, and all of its frames in one size")
    width, height = sizes.pop()
    return LandmarkTrack(
        np.asarray(times, np.float64),
        np.stack(points),
        width,
        height,
        fps,
        np.asarray(people, np.int64),
        np.asarray(measured, np.bool_),
    )


def read_track(path: Path | str) -> LandmarkTrack:
    """Read a track of landmarks from ``.npz`` or ``.parquet``.

    An ``.npz`` holds ``t`` (n,) seconds, ``image`` (n, 33, 4) and ``w``, ``h`` pixels; ``fps`` is optional.

    Raises:
        RecordingError: there is no such file, or it holds something else.
    """
    path = Path(path)
    check_file(path)
    suffix = path.suffix.lower()
    if suffix == ".npz":
        return _checked(path, _read_npz(path))
    if suffix == ".parquet":
        return _checked(path, _read_parquet(path))
    raise RecordingError(path, "landmarks come in a file whose name ends in .npz or .parquet.")


def write_track(track: LandmarkTrack, path: Path | str) -> None:
    """Write a track as ``.npz`` or ``.parquet``, by the ending of its name.

    Raises:
        ValueError: the name ends in something else.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix == ".npz":
        _write_npz(track, path)
    elif suffix == ".parquet":
        import pyarrow.parquet as pq

        pq.write_table(track_table(track), path, compression="zstd")
    else:
        raise ValueError(f"{path}: a track is written to a file whose name ends in .npz or .parquet.")


def check_file(path: Path) -> None:
    """Raise RecordingError unless ``path`` is a file with something in it that may be read."""
    try:
        if path.is_dir():
            raise RecordingError(path, "this is a folder; name the recordings inside it.")
        if not path.exists():
            raise RecordingError(path, "there is no such file.")
        if not path.is_file():
            raise RecordingError(path, "this is not a plain file.")
        with path.open("rb") as file:
            if not file.read(1):
                raise RecordingError(path, "the file is empty.")
    except OSError as error:
        raise RecordingError(path, f"the file cannot be read ({error.strerror}).") from error


def _checked(path: Path, track: LandmarkTrack) -> LandmarkTrack:
    """Return ``track`` if its arrays fit each other and time runs forward."""
    import numpy as np

    n = len(track.t_s)
    if track.t_s.shape != (n,) or track.image.shape != (n, LANDMARKS, 4):
        raise RecordingError(path, "the landmarks are not n frames of 33 points with x, y, z and visibility.")
    if n == 0:
        raise RecordingError(path, "there are no frames in it.")
    if track.width < 1 or track.height < 1:
        raise RecordingError(path, "the picture's width and height are missing.")
    if not np.isfinite(track.t_s).all() or (np.diff(track.t_s) <= 0).any():
        raise RecordingError(path, "the times of its frames do not rise.")
    return track


def _read_npz(path: Path) -> LandmarkTrack:
    import numpy as np

    try:
        with np.load(path, allow_pickle=False) as data:
            for name in ("t", "image", "w", "h"):
                if name not in data:
                    raise RecordingError(path, f"there is no array named '{name}' in it.")
            return LandmarkTrack(
                np.atleast_1d(np.asarray(data["t"], np.float64)),
                np.asarray(data["image"], np.float32),
                int(data["w"]),
                int(data["h"]),
                float(data["fps"]) if "fps" in data else None,
                np.asarray(data["people"], np.int64) if "people" in data else None,
                np.asarray(data["measured"], np.bool_) if "measured" in data else None,
            )
    except RecordingError:
        raise
    except (OSError, ValueError, TypeError, AttributeError, EOFError, zipfile.BadZipFile) as error:
        raise RecordingError(path, "this is not a track of landmarks, or it is damaged.") from error


def _write_npz(track: LandmarkTrack, path: Path) -> None:
    import numpy as np

    arrays: dict[str, object] = {"t": track.t_s, "image": track.image, "w": track.width, "h": track.height}
    optional = {"fps": track.fps, "people": track.people, "measured": track.measured}
    arrays |= {name: value for name, value in optional.items() if value is not None}
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)  # type: ignore[arg-type]


def track_table(track: LandmarkTrack, **columns: object) -> object:
    """Return the track as a pyarrow table, one row a frame, with more columns of n values beside it.

    Columns: ``t_s`` seconds, ``people``, ``measured``, ``landmarks`` (132 numbers: x, y, z, visibility of
    each of the 33 points in turn; null where nobody was seen). Size and rate stand in the metadata.
    """
    import numpy as np
    import pyarrow as pa

    n = len(track)
    seen = ~np.isnan(track.image[:, 0, 0])
    flat = pa.array(track.image.reshape(-1), pa.float32())
    landmarks = pa.FixedSizeListArray.from_arrays(flat, LANDMARKS * 4, mask=pa.array(~seen))
    table = {
        "t_s": pa.array(track.t_s, pa.float64()),
        "people": pa.array(seen.astype(np.int32) if track.people is None else track.people, pa.int32()),
        "measured": pa.array(np.ones(n, np.bool_) if track.measured is None else track.measured),
        "landmarks": landmarks,
    }
    metadata = {"ischia.track": _FORMAT, "ischia.width": str(track.width), "ischia.height": str(track.height)}
    if track.fps is not None:
        metadata["ischia.fps"] = repr(float(track.fps))
    return pa.table(table | columns).replace_schema_metadata(metadata)


def _read_parquet(path: Path) -> LandmarkTrack:
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path, columns=["t_s", "people", "measured", "landmarks"])
        metadata = {key.decode(): value.decode() for key, value in (table.schema.metadata or {}).items()}
        column = table["landmarks"].combine_chunks()
        image = np.full((len(table), LANDMARKS * 4), np.nan, np.float32)
        image[np.asarray(column.is_valid())] = (
            column.drop_null().flatten().to_numpy().reshape(-1, LANDMARKS * 4)
        )
        return LandmarkTrack(
            table["t_s"].to_numpy().astype(np.float64),
            image.reshape(-1, LANDMARKS, 4),
            int(metadata["ischia.width"]),
            int(metadata["ischia.height"]),
            float(metadata["ischia.fps"]) if "ischia.fps" in metadata else None,
            table["people"].to_numpy().astype(np.int64),
            table["measured"].to_numpy(zero_copy_only=False).astype(np.bool_),
        )
    except KeyError as error:
        raise RecordingError(path, f"the table's metadata has no {error}.") from error
    except (OSError, ValueError, TypeError, AttributeError, pa.ArrowException) as error:
        raise RecordingError(path, "this is not a track of landmarks, or it is damaged.") from error
