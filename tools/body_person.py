"""One of the CC0 bodies in its rest stance, on the bones that `ischia.demonstration.bones` names.

For `tools/build_bodies.py`. Axes as in `tools/measure_bodies.py`.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
from body_mesh import Array, Mesh, divided
from measure_bodies import JOINTS, SKIN_VERTICES, segment_of
from measure_bodies import Mesh as Measured

from ischia.demonstration.bones import BONES

EYES = range(14598, 14742)
# Bones of the base mesh that the anatomy has no joint for, and the bone of ours that carries them.
OWN_BONE = {
    "upperarm01": "upper_arm_twist_right",
    "lowerarm01": "forearm_twist_right",
    "lowerarm02": "wrist_twist_right",
}
HEAD_OF = {
    **JOINTS,
    **{ours: f"{theirs}.R" for theirs, ours in OWN_BONE.items()},
    "fingertips_right": "finger3-2.R",
}


class Person:
    """One body of the folder in its rest stance, on ischia's joints."""

    def __init__(self, path: Path) -> None:
        """Read the file; weights are gathered from the mesh's bones onto ours."""
        z = np.load(path)
        measured = Measured(path)
        to_room = np.array([[0, -1, 0], [0, 0, 1], [-1, 0, 0]], float)
        self.names, self.at_bone = measured.names, measured.at
        self.heads = measured.heads
        at = z["V"].astype(float) @ to_room.T - z["heads"][0] @ to_room.T
        ours = {bone: i for i, bone in enumerate(BONES)}
        of = np.array([ours[self._ours(name)] for name in self.names])
        weights = np.zeros((len(at), len(BONES)))
        for k in range(z["W"].shape[1]):
            np.add.at(weights, (np.arange(len(at)), of[z["I"][:, k]]), z["W"][:, k])
        weights /= weights.sum(1, keepdims=True)
        self.ours = ours
        faces = {key: z[key].astype(int) for key in ("F_body", "F_tights")}
        grey = np.full((len(at), 3), 0.5)
        whole = Mesh(at, faces["F_body"], weights, grey)
        skin = faces["F_body"][(faces["F_body"] < SKIN_VERTICES).all(1)]
        eyes = faces["F_body"][np.isin(faces["F_body"], EYES).all(1)]
        self.skin = replace(whole, faces=skin).used()
        self.eyes = replace(whole, faces=eyes).used()
        self.suit = divided(replace(whole, faces=faces["F_tights"]).used())
        self.joints, self.inverse = self._skeleton(measured)

    def _ours(self, name: str) -> str:
        """The bone of ours that carries a bone of the mesh."""
        stem, _, side = name.partition(".")
        if stem.startswith("finger") and not stem.startswith("finger1") and not stem.endswith("-1"):
            found = "fingertips_right"
        else:
            found = OWN_BONE.get(stem) or segment_of(name)
        mirror = side == "L" and found.endswith("_right")
        return found.removesuffix("_right") + "_left" if mirror else found

    def head(self, bone: str) -> Array:
        """Rest place of a joint of the mesh, told on the right side."""
        return np.asarray(self.heads[self.at_bone[bone]])

    def _skeleton(self, measured: Measured) -> tuple[dict[str, tuple[str | None, Array]], Array]:
        place: dict[str, Array] = {}
        inverse = np.tile(np.eye(4), (len(BONES), 1, 1))
        across = np.diag([1.0, 1.0, -1.0])
        for bone, i in self.ours.items():
            right = bone.removesuffix("_left") + "_right" if bone.endswith("_left") else bone
            source = self.at_bone[HEAD_OF[right]]
            turn, head, joint = measured.turn[source], self.heads[source], measured.joints[source]
            if right != bone:
                turn, head, joint = across @ turn @ across, across @ head, across @ joint
            place[bone] = joint
            inverse[i, :3, :3], inverse[i, :3, 3] = turn, -turn @ head
        joints = {b: (p, place[b] - (place[p] if p else place[b])) for b, p in BONES.items()}
        return joints, inverse

    def share(self, mesh: Mesh, *stems: str) -> Array:
        """For each vertex, how much of it some bones carry."""
        chosen = [i for bone, i in self.ours.items() if bone.startswith(stems)]
        total: Array = mesh.weights[:, chosen].sum(1)
        return total

    def along_arm(self, mesh: Mesh) -> Array:
        """How far along the upper arm each vertex lies: 0 the shoulder, 1 the elbow; -1 off the arms."""
        shoulder, elbow = self.head("upperarm01.R"), self.head("lowerarm01.R")
        at = np.abs(mesh.at * [0, 0, 1]) + mesh.at * [1, 1, 0] - shoulder
        t: Array = at @ (elbow - shoulder) / ((elbow - shoulder) @ (elbow - shoulder))
        return np.where(
            self.share(mesh, "upper_arm", "forearm", "wrist", "hand", "finger", "clavicle") > 0.3, t, -1.0
        )

    def neckline(self, mesh: Mesh) -> Array:
        """Metres outside a round neckline; negative is neck and head."""
        low, high = self.head("neck01"), self.head("neck03")
        along = (high - low) / np.linalg.norm(high - low)
        off = mesh.at - low
        up = off @ along
        out = np.linalg.norm(off - up[:, None] * along, axis=1) - 0.081 * self.head("eye.R")[2] / 0.031
        return np.where(up > -0.13, np.minimum(out, 0.12 - 2 * up), 0.2)
