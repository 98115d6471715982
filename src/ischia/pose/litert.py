"""Run a network on LiteRT: on the processor, without the net."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

Outputs = Mapping[tuple[int, ...], NDArray[np.float32]]
"""A network's outputs by their shape."""


class Network:
    """One LiteRT model with one input. Its outputs are told apart by their shapes."""

    def __init__(self, model: bytes, threads: int = 1) -> None:
        """Load the model.

        Raises:
            ValueError: LiteRT cannot use it.
        """
        with _silent():
            from ai_edge_litert.interpreter import Interpreter

            self._interpreter = Interpreter(model_content=model, num_threads=threads)
            self._interpreter.allocate_tensors()
        self._input = self._interpreter.get_input_details()[0]["index"]
        self._outputs = {
            tuple(int(length) for length in detail["shape"]): detail["index"]
            for detail in self._interpreter.get_output_details()
        }

    def __call__(self, values: NDArray[np.float32]) -> Outputs:
        """Run the network once."""
        self._interpreter.set_tensor(self._input, values)
        self._interpreter.invoke()
        return {shape: self._interpreter.get_tensor(index) for shape, index in self._outputs.items()}


@contextmanager
def _silent() -> Iterator[None]:
    """Keep LiteRT from writing "Created ... delegate" on standard error, which has no switch for it."""
    sys.stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
