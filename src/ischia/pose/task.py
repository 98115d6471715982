"""The pose models as a browser wants them: detector and landmark model in one bundle for MediaPipe's tasks.

A bundle is a zip whose members are not compressed, since the browser maps them as they lie. MediaPipe insists
on all five outputs of the landmark model in their order; the two that ischia cut off come back as constants,
which cost nothing. It also insists on metadata that say how a picture becomes numbers: 0 to 255 divided by
255. Without that, or with another divisor, it runs and finds nobody.
"""

from __future__ import annotations

import io
import math
import zipfile
from typing import Any, Final

_OUTPUTS: Final = ((1, 195), (1, 1), (1, 256, 256, 1), (1, 64, 64, 39), (1, 117))
"""Landmarks, presence, silhouette, heatmap, landmarks in metres: their shapes, in MediaPipe's order."""

_METADATA: Final = b"TFLITE_METADATA"
_FLOAT32: Final = 0
_MEAN: Final = 0.0
_DIVISOR: Final = 255.0


def task_bundle(detector: bytes, landmarks: bytes) -> bytes:
    """Return the bundle (.task) of a detector and a landmark model without outputs that nobody needs.

    Args:
        detector: as it came out of the package; it carries metadata of its own.
        landmarks: as ``ischia.pose.trim`` left it.

    Raises:
        ValueError: the landmark model lacks outputs that cannot be done without.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as bundle:
        for name, network in (
            ("pose_detector.tflite", detector),
            ("pose_landmarks_detector.tflite", _completed(landmarks)),
        ):
            # A fixed date: the same models give the same bundle.
            bundle.writestr(zipfile.ZipInfo(name), network)
    return packed.getvalue()


def _completed(model: bytes) -> bytes:
    import flatbuffers
    from ai_edge_litert import schema_py_generated as schema

    if model[4:8] != b"TFL3":
        raise ValueError("this is no LiteRT model")
    tree = schema.ModelT.InitFromObj(schema.Model.GetRootAs(model, 0))
    (graph,) = tree.subgraphs
    there = {tuple(int(n) for n in graph.tensors[index].shape): index for index in graph.outputs}
    missing = [shape for shape in (_OUTPUTS[0], _OUTPUTS[1], _OUTPUTS[3]) if shape not in there]
    if missing:
        raise ValueError(f"the landmark model has no output of the shape {missing[0]}")
    graph.outputs = [
        there[shape] if shape in there else _constant(schema, tree, graph, shape, f"Identity_{place}")
        for place, shape in enumerate(_OUTPUTS)
    ]
    tree.buffers.append(_buffer(schema, _metadata(flatbuffers.Builder(0))))
    note = schema.MetadataT()
    note.name, note.buffer = _METADATA, len(tree.buffers) - 1
    tree.metadata = [*(old for old in tree.metadata or [] if old.name != _METADATA), note]
    builder = flatbuffers.Builder(len(model))
    builder.Finish(tree.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def _constant(schema: Any, tree: Any, graph: Any, shape: tuple[int, ...], name: str) -> int:
    """Add a tensor of zeros, and return its number."""
    tree.buffers.append(_buffer(schema, bytes(4 * math.prod(shape))))
    tensor = schema.TensorT()
    tensor.shape, tensor.type, tensor.name = list(shape), _FLOAT32, name
    tensor.buffer = len(tree.buffers) - 1
    graph.tensors.append(tensor)
    return len(graph.tensors) - 1


def _buffer(schema: Any, content: bytes) -> Any:
    import numpy as np

    buffer = schema.BufferT()
    buffer.data = np.frombuffer(content, np.uint8)
    return buffer


def _metadata(builder: Any) -> bytes:
    """Return a ModelMetadata flatbuffer: one RGB picture in, mean 0, divided by 255; five outputs.

    The field numbers are those of TensorFlow Lite's metadata_schema.fbs.
    """
    name = builder.CreateString("pose")
    outputs = [
        _table(builder, 7, [(0, builder.CreateString(f"Identity_{place}"))]) for place in range(len(_OUTPUTS))
    ]
    picture = _table(builder, 2, [], colour=1)
    content = _table(builder, 3, [(1, picture)], kind=2)
    scaling = _table(builder, 2, [(0, _floats(builder, _MEAN)), (1, _floats(builder, _DIVISOR))])
    step = _table(builder, 2, [(1, scaling)], kind=1)
    stats = _table(builder, 2, [(0, _floats(builder, 1.0)), (1, _floats(builder, 0.0))])
    steps = _offsets(builder, [step])
    source = _table(builder, 7, [(0, builder.CreateString("input_1")), (3, content), (4, steps), (5, stats)])
    graph = _table(builder, 7, [(2, _offsets(builder, [source])), (3, _offsets(builder, outputs))])
    model = _table(builder, 8, [(0, name), (3, _offsets(builder, [graph]))])
    builder.Finish(model, b"M001")
    return bytes(builder.Output())


def _table(
    builder: Any, fields: int, offsets: list[tuple[int, int]], *, kind: int = 0, colour: int = 0
) -> int:
    """Write a table; ``kind`` is a union's type (uint8, field 0), ``colour`` an enum (int8, field 0)."""
    builder.StartObject(fields)
    for field, offset in offsets:
        builder.PrependUOffsetTRelativeSlot(field, offset, 0)
    if kind:
        builder.PrependUint8Slot(0, kind, 0)
    if colour:
        builder.PrependInt8Slot(0, colour, 0)
    return int(builder.EndObject())


def _floats(builder: Any, value: float) -> int:
    builder.StartVector(4, 1, 4)
    builder.PrependFloat32(value)
    return int(builder.EndVector())


def _offsets(builder: Any, tables: list[int]) -> int:
    builder.StartVector(4, len(tables), 4)
    for table in reversed(tables):
        builder.PrependUOffsetTRelative(table)
    return int(builder.EndVector())
