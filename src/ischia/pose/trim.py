"""Leave out of a LiteRT model what nobody asks for.

The landmark models draw a mask of the person on every picture, and ischia never looks at it. Without that
part the models give the same landmarks and the full one takes little more than half the time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def without_output(model: bytes, unwanted: Callable[[tuple[int, ...]], bool]) -> bytes:
    """Return the model without the outputs whose shape is ``unwanted`` and all that only they need.

    Args:
        model: a LiteRT (TFLite) file of one graph.
        unwanted: told an output's shape, says whether to drop it.

    Raises:
        ValueError: it is no such model, or nothing would be left of it.
    """
    import flatbuffers
    from ai_edge_litert import schema_py_generated as schema

    if model[4:8] != b"TFL3":
        raise ValueError("this is no LiteRT model")
    tree = schema.ModelT.InitFromObj(schema.Model.GetRootAs(model, 0))
    (graph,) = tree.subgraphs
    outputs = [index for index in graph.outputs if not unwanted(tuple(graph.tensors[index].shape))]
    if not outputs:
        raise ValueError("no output would be left of the model")
    graph.operators = _needed_operators(graph, outputs)
    _renumber_tensors(graph, outputs)
    _renumber_buffers(tree, graph)
    builder = flatbuffers.Builder(len(model))
    builder.Finish(tree.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def _needed_operators(graph: Any, outputs: list[int]) -> list[Any]:
    """Walk back from the outputs and return the operators on the way, in their old order."""
    needed = set(outputs)
    kept = []
    for operator in reversed(graph.operators):
        if not needed.isdisjoint(operator.outputs):
            kept.append(operator)
            needed.update(index for index in operator.inputs if index >= 0)
    return kept[::-1]


def _renumber_tensors(graph: Any, outputs: list[int]) -> None:
    used = {*graph.inputs, *outputs}
    for operator in graph.operators:
        used.update(operator.outputs)
        used.update(index for index in operator.inputs if index >= 0)
    order = sorted(used)
    new = {old: index for index, old in enumerate(order)}
    graph.tensors = [graph.tensors[old] for old in order]
    graph.inputs = [new[old] for old in graph.inputs]
    graph.outputs = [new[old] for old in outputs]
    for operator in graph.operators:
        # An input of -1 is one that the operator does without.
        operator.inputs = [new[old] if old >= 0 else old for old in operator.inputs]
        operator.outputs = [new[old] for old in operator.outputs]


def _renumber_buffers(tree: Any, graph: Any) -> None:
    """Drop the weights nobody refers to. Buffer 0 stays: by the format it is the empty one."""
    owners = [*graph.tensors, *(tree.metadata or [])]
    order = sorted({0, *(owner.buffer for owner in owners)})
    new = {old: index for index, old in enumerate(order)}
    tree.buffers = [tree.buffers[old] for old in order]
    for owner in owners:
        owner.buffer = new[owner.buffer]
