"""Triangle meshes with skin weights and colours: cut along a line, smoothed, puffed out, written as GLB.

For `tools/build_bodies.py`. A mesh's fields run over its vertices: places and normals in metres, colours as
sRGB shares 0 to 1, weights over the joints.
"""

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Mesh:
    """Vertices and triangles.

    Attributes:
        at: (vertices, 3) places.
        faces: (triangles, 3) vertex numbers.
        weights: (vertices, joints) shares, each row 1 in all.
        colour: (vertices, 3).
        normal: (vertices, 3) unit normals, where they are no longer to be found from the triangles.
    """

    at: Array
    faces: Ints
    weights: Array
    colour: Array
    normal: Array | None = None

    def settled(self) -> "Mesh":
        """With its normals written down, so that cutting it leaves no seam."""
        return replace(self, normal=self.normals())

    def painted(self, colour: Sequence[float] | Array) -> "Mesh":
        """The mesh in one colour."""
        return replace(self, colour=np.tile(np.asarray(colour, float), (len(self.at), 1)))

    def used(self) -> "Mesh":
        """Without vertices that no triangle uses."""
        kept, faces = np.unique(self.faces, return_inverse=True)
        normal = None if self.normal is None else self.normal[kept]
        return Mesh(self.at[kept], faces.reshape(-1, 3), self.weights[kept], self.colour[kept], normal)

    def normals(self) -> Array:
        """Unit normals of the vertices."""
        if self.normal is not None:
            return self.normal
        a, b, c = (self.at[self.faces[:, i]] for i in range(3))
        across = np.cross(b - a, c - a)
        total = np.zeros_like(self.at)
        for i in range(3):
            np.add.at(total, self.faces[:, i], across)
        unit: Array = total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-12)
        return unit

    def neighbours_mean(self, values: Array) -> Array:
        """For each vertex the mean of a value over its neighbours; edges of the mesh heed the edge alone."""
        pairs = np.concatenate([self.faces[:, [0, 1]], self.faces[:, [1, 2]], self.faces[:, [2, 0]]])
        rim = self.rim()
        on_rim = np.zeros(len(self.at), bool)
        on_rim[rim] = True
        inner = pairs[~on_rim[pairs[:, 0]]]
        both = np.concatenate([inner, inner[:, ::-1][~on_rim[inner[:, 1]]], rim, rim[:, ::-1]])
        total, count = np.zeros_like(values), np.zeros(len(values))
        np.add.at(total, both[:, 0], values[both[:, 1]])
        np.add.at(count, both[:, 0], 1)
        mean: Array = total / np.maximum(count, 1)[:, None]
        return np.where(count[:, None] > 0, mean, values)

    def smoothed(self, times: int, share: float = 0.5) -> "Mesh":
        """Each vertex drawn towards the mean of its neighbours."""
        at = self.at
        for _ in range(times):
            at = at + (self.neighbours_mean(at) - at) * share
        return replace(self, at=at)

    def rim(self) -> Ints:
        """Edges that bound only one triangle, in its direction: (edges, 2)."""
        edges = np.concatenate([self.faces[:, [0, 1]], self.faces[:, [1, 2]], self.faces[:, [2, 0]]])
        key = np.sort(edges, axis=1)
        _, first, count = np.unique(key, axis=0, return_index=True, return_counts=True)
        found: Ints = edges[first[count == 1]]
        return found


def cut(mesh: Mesh, field: Array) -> tuple[Mesh, Array]:
    """The part of a mesh where a field over its vertices is above zero, and where new vertices came from.

    Triangles that the zero line crosses are cut along it, so that hems and lips are smooth whatever the mesh.

    Returns:
        the part, and for each of its vertices the field (0 on the line).
    """
    field = np.where(np.abs(field) < 1e-9, 1e-9, field)
    above = field[mesh.faces] > 0
    count = above.sum(1)
    whole = mesh.faces[count == 3]
    made: dict[tuple[int, int], int] = {}
    ends: list[tuple[int, int, float]] = []

    def between(i: int, j: int) -> int:
        key = (min(i, j), max(i, j))
        if key not in made:
            a, b = key
            made[key] = len(mesh.at) + len(ends)
            ends.append((a, b, float(field[a] / (field[a] - field[b]))))
        return made[key]

    extra: list[tuple[int, int, int]] = []
    for face, up in zip(
        mesh.faces[(count == 1) | (count == 2)], above[(count == 1) | (count == 2)], strict=True
    ):
        lone = int(np.nonzero(up == (up.sum() == 1))[0][0])
        a, b, c = (int(face[(lone + k) % 3]) for k in range(3))
        ab, ca = between(a, b), between(c, a)
        if up.sum() == 1:
            extra.append((a, ab, ca))
        else:
            extra += [(ab, b, c), (ab, c, ca)]
    i, j = np.array([e[0] for e in ends], int), np.array([e[1] for e in ends], int)
    s = np.array([e[2] for e in ends])[:, None]

    def grown(values: Array) -> Array:
        return np.concatenate([values, values[i] * (1 - s) + values[j] * s]) if len(ends) else values

    faces = np.concatenate([whole, np.array(extra, int).reshape(-1, 3)])
    kept, renumbered = np.unique(faces, return_inverse=True)
    all_fields = np.concatenate([field, np.zeros(len(ends))])
    normal = None if mesh.normal is None else grown(mesh.normal)[kept]
    at, weights, colour = (grown(v)[kept] for v in (mesh.at, mesh.weights, mesh.colour))
    part = Mesh(at, renumbered.reshape(-1, 3), weights, colour, normal)
    return part, all_fields[kept]


def split(mesh: Mesh, field: Array) -> tuple[Mesh, Mesh]:
    """A mesh in two along a field's zero line: where it is above, and where below."""
    return cut(mesh, field)[0], cut(mesh, -field)[0]


def divided(mesh: Mesh) -> Mesh:
    """Every triangle in four."""
    edges = np.sort(
        np.concatenate([mesh.faces[:, [0, 1]], mesh.faces[:, [1, 2]], mesh.faces[:, [2, 0]]]), axis=1
    )
    unique, inverse = np.unique(edges, axis=0, return_inverse=True)
    n, m = len(mesh.at), len(mesh.faces)
    ab, bc, ca = (n + inverse.reshape(-1)[k * m : (k + 1) * m] for k in range(3))
    a, b, c = mesh.faces.T
    faces = np.concatenate([np.stack(t, 1) for t in ((a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca))])
    mid = [np.concatenate([v, v[unique].mean(1)]) for v in (mesh.at, mesh.weights, mesh.colour)]
    return Mesh(mid[0], faces, mid[1], mid[2])


def hemmed(mesh: Mesh, depth_m: float) -> Mesh:
    """Cloth with its edges turned in, so that it looks as thick as cloth and nobody sees behind it."""
    rim = mesh.rim()
    loop, flat = np.unique(rim, return_inverse=True)
    edge = flat.reshape(-1, 2)
    at = mesh.at[loop] - mesh.normals()[loop] * depth_m
    n = len(mesh.at)
    c, d = n + edge[:, 0], n + edge[:, 1]
    # The turned-in strip has its own copy of the edge: a crease, not a rounding.
    twin = n + len(loop) + edge
    faces = np.concatenate(
        [mesh.faces, np.stack([twin[:, 1], twin[:, 0], c], 1), np.stack([twin[:, 1], c, d], 1)]
    )
    shade = mesh.colour[loop] * 0.72
    return Mesh(
        np.concatenate([mesh.at, at, mesh.at[loop]]),
        faces,
        np.concatenate([mesh.weights, mesh.weights[loop], mesh.weights[loop]]),
        np.concatenate([mesh.colour, shade, shade]),
    )


def joined(meshes: Sequence[Mesh]) -> Mesh:
    """Several meshes as one."""
    starts = np.cumsum([0, *(len(m.at) for m in meshes[:-1])])
    return Mesh(
        np.concatenate([m.at for m in meshes]),
        np.concatenate([m.faces + s for m, s in zip(meshes, starts, strict=True)]),
        np.concatenate([m.weights for m in meshes]),
        np.concatenate([m.colour for m in meshes]),
    )


def write_glb(
    path: Path, mesh: Mesh, normals: Array, joints: Mapping[str, tuple[str | None, Array]], inverse: Array
) -> None:
    """Write a skinned mesh.

    Args:
        path: the .glb file.
        mesh: what is drawn.
        normals: (vertices, 3).
        joints: name to (parent's name, place against the parent), parents first.
        inverse: (joints, 4, 4) inverse bind matrices.
    """
    order = np.argsort(-mesh.weights, axis=1)[:, :4]
    shares = np.take_along_axis(mesh.weights, order, 1)
    shares /= shares.sum(1, keepdims=True)
    linear = np.where(mesh.colour <= 0.04045, mesh.colour / 12.92, ((mesh.colour + 0.055) / 1.055) ** 2.4)
    opaque = np.concatenate([linear, np.ones((len(linear), 1))], 1)
    chunks: list[bytes] = []
    views: list[dict[str, int]] = []
    accessors: list[dict[str, Any]] = []

    def add(values: NDArray[Any], kind: str, component: int, **more: Any) -> int:
        data = np.ascontiguousarray(values).tobytes()
        data += b"\0" * (-len(data) % 4)
        views.append({"buffer": 0, "byteOffset": sum(map(len, chunks)), "byteLength": len(data)})
        chunks.append(data)
        accessors.append(
            {
                "bufferView": len(views) - 1,
                "componentType": component,
                "count": len(values),
                "type": kind,
                **more,
            }
        )
        return len(accessors) - 1

    low, high = mesh.at.astype(np.float32).min(0).tolist(), mesh.at.astype(np.float32).max(0).tolist()
    attributes = {
        "POSITION": add(mesh.at.astype(np.float32), "VEC3", 5126, min=low, max=high),
        "NORMAL": add(normals.astype(np.float32), "VEC3", 5126),
        "COLOR_0": add(np.round(opaque * 65535).astype(np.uint16), "VEC4", 5123, normalized=True),
        "JOINTS_0": add(order.astype(np.uint8), "VEC4", 5121),
        "WEIGHTS_0": add(shares.astype(np.float32), "VEC4", 5126),
    }
    index = add(mesh.faces.astype(np.uint32).reshape(-1), "SCALAR", 5125)
    bind = add(inverse.transpose(0, 2, 1).astype(np.float32).reshape(-1, 16), "MAT4", 5126)
    names = list(joints)
    nodes: list[dict[str, Any]] = [{"name": "body", "mesh": 0, "skin": 0}]
    for name, (_, at) in joints.items():
        children = [1 + names.index(child) for child, (parent, _) in joints.items() if parent == name]
        nodes.append({"name": name, "translation": [round(float(v), 5) for v in at]})
        if children:
            nodes[-1]["children"] = children
    document = {
        "asset": {"version": "2.0", "generator": "ischia", "copyright": "CC0 1.0"},
        "scene": 0,
        "scenes": [{"nodes": [0, 1]}],
        "nodes": nodes,
        "skins": [{"joints": [1 + i for i in range(len(names))], "inverseBindMatrices": bind, "skeleton": 1}],
        "meshes": [{"primitives": [{"attributes": attributes, "indices": index, "material": 0}]}],
        "materials": [{"pbrMetallicRoughness": {"metallicFactor": 0, "roughnessFactor": 0.9}}],
        "accessors": accessors,
        "bufferViews": views,
        "buffers": [{"byteLength": sum(map(len, chunks))}],
    }
    text = json.dumps(document, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    body = b"".join(chunks)
    head = struct.pack("<III", 0x46546C67, 2, 12 + 8 + len(text) + 8 + len(body))
    path.write_bytes(
        head
        + struct.pack("<II", len(text), 0x4E4F534A)
        + text
        + struct.pack("<II", len(body), 0x004E4942)
        + body
    )
