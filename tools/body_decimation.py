"""Fewer triangles for the same shape: edges are drawn together where that moves the surface least.

Quadric error metric (Garland and Heckbert, 1997) with half-edge collapses: a vertex that stays keeps its
place, normal, colour and weights, so nothing is blurred. The mesh's rim stays as it is.
"""

import heapq
from dataclasses import replace

import numpy as np
from body_mesh import Array, Mesh

# How much a difference of skin weights counts: as if the surface moved by this share of the edge.
_WEIGHTS = 0.04


def decimated(mesh: Mesh, target: int, importance: Array | None = None) -> Mesh:
    """The mesh with about so many triangles, fewest where the importance (1 is usual) is least."""
    mesh = mesh.settled()
    at, normal = mesh.at, mesh.normals()
    weight = np.ones(len(at)) if importance is None else importance
    quadric = _quadrics(mesh) * weight[:, None]
    faces: list[tuple[int, int, int] | None] = [(int(a), int(b), int(c)) for a, b, c in mesh.faces]
    around: list[set[int]] = [set() for _ in at]
    for f, face in enumerate(mesh.faces):
        for v in face:
            around[v].add(f)
    fixed = np.zeros(len(at), bool)
    fixed[mesh.rim().reshape(-1)] = True
    stamp = [0] * len(at)
    heap: list[tuple[float, int, int, int, int]] = []

    def offer(gone: int, kept: int) -> None:
        if fixed[gone]:
            return
        x, y, z = at[kept]
        q = quadric[gone] + quadric[kept]
        cost = float(q[:10] @ (x * x, y * y, z * z, 2 * x * y, 2 * x * z, 2 * y * z, 2 * x, 2 * y, 2 * z, 1))
        way = at[kept] - at[gone]
        length = float(way @ way)
        apart = mesh.weights[kept] - mesh.weights[gone]
        bend = 1 - float(normal[kept] @ normal[gone])
        cost += q[10] * length * (_WEIGHTS**2 * float(apart @ apart) + 0.01 * bend) + 1e-4 * q[10] * length**2
        heapq.heappush(heap, (cost, gone, kept, stamp[gone], stamp[kept]))

    def neighbours(v: int) -> set[int]:
        return {u for f in around[v] for u in faces[f] or ()} - {v}

    for v in range(len(at)):
        for u in neighbours(v):
            offer(v, u)
    count = len(faces)
    while count > target and heap:
        _, gone, kept, s, t = heapq.heappop(heap)
        if stamp[gone] != s or stamp[kept] != t or not around[gone]:
            continue
        shared = around[gone] & around[kept]
        if len(neighbours(gone) & neighbours(kept)) != len(shared) or _flips(
            faces, around[gone] - shared, gone, kept, at
        ):
            continue
        for f in shared:
            for v in faces[f] or ():
                around[v].discard(f)
            faces[f] = None
        count -= len(shared)
        for f in tuple(around[gone]):
            a, b, c = faces[f] or (0, 0, 0)
            faces[f] = (kept if a == gone else a, kept if b == gone else b, kept if c == gone else c)
            around[kept].add(f)
        around[gone] = set()
        quadric[kept] += quadric[gone]
        near = neighbours(kept)
        stamp[kept] += 1
        stamp[gone] += 1
        for v in near:
            offer(kept, v)
            offer(v, kept)
    left = np.array([face for face in faces if face is not None])
    return replace(mesh, faces=left).used()


def _quadrics(mesh: Mesh) -> Array:
    """For each vertex the sum of its triangles' squared distances, weighed by their areas; and the area."""
    a, b, c = (mesh.at[mesh.faces[:, i]] for i in range(3))
    across = np.cross(b - a, c - a)
    area = np.linalg.norm(across, axis=1) / 2
    x, y, z = (across / np.maximum(2 * area, 1e-15)[:, None]).T
    d = -(x * a[:, 0] + y * a[:, 1] + z * a[:, 2])
    rows = np.stack(
        [x * x, y * y, z * z, x * y, x * z, y * z, x * d, y * d, z * d, d * d, np.ones_like(x)], 1
    )
    total = np.zeros((len(mesh.at), 11))
    for i in range(3):
        np.add.at(total, mesh.faces[:, i], rows * area[:, None] / 3)
    return total


def _flips(
    faces: list[tuple[int, int, int] | None], moved: set[int], gone: int, kept: int, at: Array
) -> bool:
    """Whether drawing a vertex to another would turn a triangle over or make it a sliver."""
    for f in moved:
        face = faces[f]
        if face is None:
            continue
        i = face.index(gone)
        b, c = at[face[(i + 1) % 3]], at[face[(i + 2) % 3]]
        old = _cross(b - at[gone], c - at[gone])
        new = _cross(b - at[kept], c - at[kept])
        lengths = (old @ old) * (new @ new)
        if old @ new < 0.2 * lengths**0.5 or new @ new < 1e-20:
            return True
    return False


def _cross(a: Array, b: Array) -> Array:
    return np.array([a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]])
