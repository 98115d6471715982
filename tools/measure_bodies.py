"""Measure the CC0 bodies once: joints, landmarks and skin points in the neutral-zero stance.

    python tools/measure_bodies.py FOLDER_WITH_BODY_NPZ > src/ischia/anatomy/data/bodies.json

Each ``body_<name>.npz`` holds a MakeHuman/mpfb2 base mesh (CC0) as rest vertices ``V``, bone ``heads``,
``parents``, ``names``, skin weights ``W``/``I`` and key point weights ``kp_w``/``kp_names``. The mesh is
turned into the neutral-zero stance (limbs straight down, thumbs and toes forward), and only what ischia needs
is written: a few hundred numbers a body. Room axes of the result: x forward, y up, z to the person's right;
origin at the pelvis joint; metres. Only the right half is written, so that both halves are exact mirror
images.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
SKIN_VERTICES = 13380  # the base mesh proper; what follows are helpers for clothes and hair
DOWN = np.array([0.0, -1.0, 0.0])
# Heights at which the trunk's outline is taken: shares of the height from the pelvis joint to the neck joint.
PROFILE = (-0.12, 0.04, 0.18, 0.32, 0.46, 0.6, 0.74, 0.87, 0.97)
SEGMENT_OF_BONE = {
    "root": "pelvis",
    "pelvis": "pelvis",
    "spine05": "lumbar_low",
    "spine04": "lumbar_mid",
    "spine03": "lumbar_high",
    "spine02": "thorax_low",
    "spine01": "thorax_high",
    "neck01": "neck",
    "neck02": "neck",
    "neck03": "head",
    "head": "head",
    "clavicle": "clavicle_right",
    "shoulder01": "clavicle_right",
    "upperarm01": "upper_arm_right",
    "upperarm02": "upper_arm_right",
    "lowerarm01": "forearm_right",
    "lowerarm02": "forearm_right",
    "upperleg01": "thigh_right",
    "upperleg02": "thigh_right",
    "lowerleg01": "shin_right",
    "lowerleg02": "shin_right",
    "foot": "foot_right",
}
JOINTS = {
    "pelvis": "root",
    "lumbar_low": "spine05",
    "lumbar_mid": "spine04",
    "lumbar_high": "spine03",
    "thorax_low": "spine02",
    "thorax_high": "spine01",
    "neck": "neck01",
    "head": "neck03",
    "clavicle_right": "clavicle.R",
    "upper_arm_right": "upperarm01.R",
    "forearm_right": "lowerarm01.R",
    "hand_right": "wrist.R",
    "fingers_right": "finger3-1.R",
    "thigh_right": "upperleg01.R",
    "shin_right": "lowerleg01.R",
    "foot_right": "foot.R",
}


def about_y(degrees: float) -> Array:
    """Rotation matrix about the upright axis."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])


def onto(a: Array, b: Array) -> Array:
    """The smallest rotation that takes direction ``a`` to direction ``b``."""
    a, b = a / np.linalg.norm(a), b / np.linalg.norm(b)
    v, c = np.cross(a, b), float(a @ b)
    k = np.array([[0, -v[2], v[1]], [v[2], 0, -v[0]], [-v[1], v[0], 0]])
    turn: Array = np.eye(3) + k + k @ k / (1 + c)
    return turn


def segment_of(bone: str) -> str:
    """Which of ischia's segments a bone of the mesh belongs to (right side and middle only)."""
    stem = bone.partition(".")[0]
    if stem.startswith("toe"):
        return "foot_right"
    if stem.startswith(("wrist", "metacarpal", "finger1")):
        return "hand_right"
    if stem.startswith("finger"):
        return "fingers_right"
    return SEGMENT_OF_BONE.get(stem, "head")


class Mesh:
    """One body, its right half in the neutral-zero stance."""

    def __init__(self, path: Path) -> None:
        """Read the file and turn the arm, hand, leg and foot to neutral zero."""
        z = np.load(path)
        to_room = np.array([[0, -1, 0], [0, 0, 1], [-1, 0, 0]], float)
        self.names = [str(n) for n in z["names"]]
        self.at = {n: i for i, n in enumerate(self.names)}
        root = z["heads"][0] @ to_room.T
        self.heads = z["heads"].astype(float) @ to_room.T - root
        self.heads[np.array([n.partition(".")[2] == "" for n in self.names]), 2] = 0.0
        self.vertices = z["V"].astype(float)[:SKIN_VERTICES] @ to_room.T - root
        order = np.argsort(-z["W"][:SKIN_VERTICES], axis=1)[:, :4]
        self.weights = np.take_along_axis(z["W"][:SKIN_VERTICES].astype(float), order, 1)
        self.weights /= self.weights.sum(1, keepdims=True)
        self.bones = np.take_along_axis(z["I"][:SKIN_VERTICES], order, 1)
        self.parents = z["parents"]
        self.turn = [np.eye(3)] * len(self.names)
        self._neutral()
        self.joints = self._chain()
        offset = self.joints - np.einsum("bij,bj->bi", np.array(self.turn), self.heads)
        matrix = np.einsum("vk,vkij->vij", self.weights, np.array(self.turn)[self.bones])
        self.skin = np.einsum("vij,vj->vi", matrix, self.vertices) + np.einsum(
            "vk,vki->vi", self.weights, offset[self.bones]
        )
        self.key = {
            str(n): w[:SKIN_VERTICES] @ self.skin for n, w in zip(z["kp_names"], z["kp_w"], strict=True)
        }

    def head(self, bone: str) -> Array:
        """Rest position of a bone's joint."""
        return np.asarray(self.heads[self.at[bone]])

    def _set(self, stems: tuple[str, ...], turn: Array) -> None:
        for name in self.names:
            if name.endswith(".R") and name.startswith(stems):
                self.turn[self.at[name]] = turn

    def _neutral(self) -> None:
        thigh = onto(self.head("lowerleg01.R") - self.head("upperleg01.R"), DOWN)
        shin = onto(self.head("foot.R") - self.head("lowerleg01.R"), DOWN)
        self._set(("upperleg",), thigh)
        self._set(("lowerleg",), shin)
        mid_toe = self.head("toe3-1.R") if "toe3-1.R" in self.at else self.head("foot.R")
        out = mid_toe - self.head("foot.R")
        turn = about_y(np.degrees(np.arctan2(out[2], out[0])))
        self._set(("foot", "toe"), turn @ self._flat_sole(turn))
        arm = onto(self.head("lowerarm01.R") - self.head("upperarm01.R"), DOWN)
        fore = arm @ (self.head("wrist.R") - self.head("lowerarm01.R"))
        arm = about_y(np.degrees(np.arctan2(fore[2], fore[0]))) @ arm
        fore = arm @ (self.head("wrist.R") - self.head("lowerarm01.R"))
        forearm = onto(fore, DOWN) @ arm
        hand = onto(forearm @ (self.head("finger3-1.R") - self.head("wrist.R")), DOWN) @ forearm
        across = hand @ (self.head("finger2-1.R") - self.head("finger5-1.R"))
        twist = float(np.degrees(np.arctan2(across[2], across[0])))
        self._set(("upperarm",), arm)
        self._set(("lowerarm01",), about_y(twist * 0.35) @ forearm)
        self._set(("lowerarm02",), about_y(twist * 0.75) @ forearm)
        self._set(("wrist", "metacarpal", "finger"), about_y(twist) @ hand)

    def _flat_sole(self, turn: Array) -> Array:
        """Turn of the resting foot that lays its sole level."""
        dominant = np.array(self.names)[self.bones[:, 0]]
        foot = np.array([n.endswith(".R") and n.startswith(("foot", "toe")) for n in dominant])
        points = (self.vertices[foot] - self.head("foot.R")) @ turn.T
        behind, front = points[points[:, 0] < 0.02], points[points[:, 0] > 0.09]
        heel, ball = behind[behind[:, 1].argmin()], front[front[:, 1].argmin()]
        slope = np.arctan2(ball[1] - heel[1], ball[0] - heel[0])
        c, s = np.cos(-slope), np.sin(-slope)
        level = np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]])
        flat: Array = turn.T @ level @ turn
        return flat

    def _chain(self) -> Array:
        at: Array = np.zeros_like(self.heads)
        for i, parent in enumerate(self.parents):
            if parent >= 0:
                at[i] = at[parent] + self.turn[parent] @ (self.heads[i] - self.heads[parent])
        return at

    def measured(self) -> dict[str, object]:
        """What is written for this body."""
        joint = {name: self.joints[self.at[bone]] for name, bone in JOINTS.items()}
        return {
            "stature_m": round(float(np.ptp(self.skin[:, 1])), 3),
            "joints": {name: rounded(at) for name, at in joint.items()},
            "landmarks": {name: [segment, rounded(at)] for name, (segment, at) in self._landmarks().items()},
            "skin": {part: self._points(mask) for part, mask in self._parts(joint).items()},
            "profile": self._profile(),
        }

    def _landmarks(self) -> dict[str, tuple[str, Array]]:
        key, joint = self.key, {n: self.joints[i] for n, i in self.at.items()}
        nose = key["nose"] * np.array([1, 1, 0])
        eye = joint["eye.R"] + np.array([0.012, 0, 0])  # the joint lies in the middle of the eyeball
        width = 2 * eye[2]
        side = np.array([0, 0, 1.0])
        mouth = nose + np.array([-0.15, -0.75, 0.4]) * width
        return {
            "nose": ("head", nose),
            "eye_inner_right": ("head", eye - side * width * 0.25),
            "eye_right": ("head", eye),
            "eye_outer_right": ("head", eye + side * width * 0.25),
            "ear_right": ("head", key["right_ear"]),
            "mouth_right": ("head", mouth),
            "shoulder_right": ("upper_arm_right", key["right_shoulder"]),
            "elbow_right": ("forearm_right", key["right_elbow"]),
            "wrist_right": ("hand_right", key["right_wrist"]),
            "pinky_right": ("hand_right", joint["finger5-1.R"]),
            "index_right": ("hand_right", joint["finger2-1.R"]),
            "thumb_right": ("hand_right", joint["finger1-2.R"]),
            "hip_right": ("pelvis", key["right_hip"]),
            "knee_right": ("shin_right", key["right_knee"]),
            "ankle_right": ("foot_right", key["right_ankle"]),
            "heel_right": ("foot_right", key["right_heel"]),
            "foot_index_right": ("foot_right", key["right_big_toe"]),
        }

    def _parts(self, joint: dict[str, Array]) -> dict[str, NDArray[np.bool_]]:
        dominant = np.array(self.names)[self.bones[:, 0]]
        segment = np.array([segment_of(n) for n in dominant])
        right = np.array([n.endswith(".R") for n in dominant])
        half = right | (np.array(["." not in n for n in dominant]) & (self.skin[:, 2] >= -0.002))
        buttock = right & np.array([n.startswith("upperleg01") for n in dominant])
        foot = right & (segment == "foot_right")
        near = {n: np.linalg.norm(self.skin - joint[n], axis=1) for n in ("shin_right", "forearm_right")}
        ankle = joint["foot_right"][0]
        return {
            "head": half & (segment == "head"),
            "neck": half & (segment == "neck"),
            "chest": half & np.isin(segment, ["thorax_low", "thorax_high", "clavicle_right"]),
            "waist": half & np.isin(segment, ["lumbar_mid", "lumbar_high"]),
            "pelvis": (half & np.isin(segment, ["pelvis", "lumbar_low"])) | buttock,
            "upper_arm_right": right & (segment == "upper_arm_right") & (near["forearm_right"] > 0.07),
            "elbow_right": right & (near["forearm_right"] <= 0.07),
            "forearm_right": right & (segment == "forearm_right") & (near["forearm_right"] > 0.07),
            "hand_right": right & np.isin(segment, ["hand_right", "fingers_right"]),
            "thigh_right": right & (segment == "thigh_right") & ~buttock & (near["shin_right"] > 0.09),
            "knee_right": right & (near["shin_right"] <= 0.09),
            "shin_right": right & (segment == "shin_right") & (near["shin_right"] > 0.09),
            "heel_right": foot & (self.skin[:, 0] < ankle + 0.02),
            "forefoot_right": foot & (self.skin[:, 0] > ankle + 0.09),
        }

    def _points(self, mask: NDArray[np.bool_], directions: int = 40) -> list[list[object]]:
        """The outermost points of a part: [segment, share, other segment, [x, y, z]]."""
        index = np.nonzero(mask)[0]
        i = np.arange(directions) + 0.5
        tilt, turn = np.arccos(1 - 2 * i / directions), np.pi * (1 + 5**0.5) * i
        outward = np.stack([np.cos(turn) * np.sin(tilt), np.sin(turn) * np.sin(tilt), np.cos(tilt)], 1)
        chosen = index[np.unique((self.skin[index] @ outward.T).argmax(0))]
        return [self._point(v) for v in chosen]

    def _point(self, v: int) -> list[object]:
        share: dict[str, float] = {}
        for bone, weight in zip(self.bones[v], self.weights[v], strict=True):
            name = segment_of(self.names[bone])
            share[name] = share.get(name, 0.0) + float(weight)
        first, *rest = sorted(share, key=share.__getitem__, reverse=True)
        second = rest[0] if rest else first
        total = share[first] + (share[second] if rest else 0.0)
        return [first, round(share[first] / total, 2), second, rounded(self.skin[v])]

    def _profile(self) -> dict[str, list[list[object]]]:
        """The trunk's outline from the side, from the hips to the neck, in front and behind."""
        span = self.joints[self.at["neck01"]][1]
        dominant = np.array([segment_of(self.names[b]) for b in self.bones[:, 0]])
        others = ["upper_arm_right", "forearm_right", "hand_right", "fingers_right", "head"]
        trunk = ~np.isin(dominant, others)
        wanted = trunk & (self.skin[:, 2] >= -0.002) & (self.skin[:, 2] < 0.13)
        outline: dict[str, list[list[object]]] = {"front": [], "back": []}
        for share in PROFILE:
            band = np.nonzero(wanted & (np.abs(self.skin[:, 1] - share * span) < 0.014))[0]
            outline["front"].append(self._point(int(band[self.skin[band, 0].argmax()])))
            outline["back"].append(self._point(int(band[self.skin[band, 0].argmin()])))
        return outline


def rounded(at: Array) -> list[float]:
    """Millimetres are enough."""
    return [round(float(v), 3) + 0.0 for v in at]


def main() -> None:
    """Measure every body of the folder and print them as one JSON object."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    found = sorted(parser.parse_args().folder.glob("body_*.npz"))
    if not found:
        sys.exit("No body_*.npz in that folder.")
    bodies = {path.stem.removeprefix("body_"): Mesh(path).measured() for path in found}
    lines = [f'"{name}": {json.dumps(body, separators=(",", ":"))}' for name, body in bodies.items()]
    sys.stdout.write("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
