"""Synthetic motion as a file of landmarks, in the same format as a recording's."""

from pathlib import Path

import numpy as np

from ischia.demonstration.synthesis import Synthetic


def write_landmarks(made: Synthetic, path: Path) -> None:
    """Write ``t`` (n,), ``image`` (n, 33, 4), ``world`` (n, 33, 3), ``w``, ``h`` and ``fps``; NaN where
    nobody is seen.

    Raises:
        OSError: the file cannot be written.
    """
    image = [frame.image or [(np.nan,) * 4] * 33 for frame in made.frames]
    world = [frame.world or [(np.nan,) * 3] * 33 for frame in made.frames]
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            t=np.array([frame.t_s for frame in made.frames]),
            image=np.array(image, dtype=np.float32),
            world=np.array(world, dtype=np.float32),
            w=np.array(made.width),
            h=np.array(made.height),
            fps=np.array(made.rate_hz),
        )
