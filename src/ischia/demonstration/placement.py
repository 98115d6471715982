"""Lay a pose on the mat: turn and lower the body until its contacts touch and its hands reach, and no more
than that.

A least-squares fit (scipy) over the pelvis' place and the few joints that a contact or a reach may turn. What
it finds is written down once by ``tools/place_poses.py``; nothing here runs while somebody exercises.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

from ischia.anatomy import (
    DEFAULT_BODY,
    Place,
    PlacedPose,
    Posture,
    body_named,
    bounds_of,
    full_angles,
    pose_body,
)
from ischia.anatomy.space import dot, minus
from ischia.demonstration.contacts import (
    geometry,
    joint_of,
    joints_that_give,
    parts_of,
    segment_of_target,
    split,
)
from ischia.demonstration.skin import skin_of

Array = NDArray[np.float64]

# What the fit weighs against what: one unit of each is as bad as one standard deviation of a joint's giving
# way.
_TOUCH_M = 0.002
_SINK_M = 0.004
_SINK_FREE_M = 0.006
_STAY_M = 0.008
_REACH_M = 0.008
_PALM = 0.35
_TILT_DEG = 40.0
_DRIFT_M = 0.05
_PALM_THICK_M = 0.018
_START_HEIGHT_M = {"standing": 0.95, "quadruped": 0.50}
# What lies on something soft sinks in: these parts are not kept out of a pillow.
_ON_PILLOW = ("waist", "pelvis", "chest", "thigh_left", "thigh_right")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a pose is asked to be.

    Attributes:
        position: ``supine``, ``prone``, ``quadruped``, ``standing``.
        angles: joint angles in degrees.
        contacts: what touches the mat, sides written out.
        reaches: hand with side to target with side.
        stays: contact to the room x in metres where it stays.
        fixed: joints that must not give way.
        equipment: things in the room.
        tilt_deg: tilt the pelvis should have, where it is known.
        at: room x and y the pelvis joint should have, where they are known.
        give: how readily joints give way; 1 is the usual.
    """

    position: str
    angles: Mapping[str, float]
    contacts: tuple[str, ...]
    reaches: Mapping[str, str] = field(default_factory=dict)
    stays: Mapping[str, float] = field(default_factory=dict)
    fixed: frozenset[str] = frozenset()
    equipment: tuple[str, ...] = ()
    tilt_deg: float | None = None
    at: tuple[float, float] | None = None
    give: float = 1.0


@dataclass(frozen=True, slots=True)
class Placed:
    """The pose that was found, and what is left over.

    Attributes:
        pose: angles and place.
        gaps_m: contact to the height of its skin over what it lies on; negative is sunk in.
        misses_m: reaching hand to the metres between palm and target.
        sunk_m: the deepest any part is in the mat.
    """

    pose: PlacedPose
    gaps_m: Mapping[str, float]
    misses_m: Mapping[str, float]
    sunk_m: float


def support_height(contact: str, equipment: tuple[str, ...]) -> float:
    """Height of what a contact lies on: the mat, or a pillow under the belly."""
    if "pillow" in equipment and split(contact)[0] == "belly":
        return float(geometry()["things"]["pillow"]["height"])
    return 0.0


def palm(posture: Posture, hand: str) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    """Middle of a palm, and the direction it faces."""
    side = split(hand)[1]
    inward = -1.0 if side == "_right" else 1.0
    faces = posture.direction("hand" + side, (0.0, 0.0, inward))
    wrist, knuckle = posture.joints["hand" + side], posture.joints["fingers" + side]
    x, y, z = (w * 0.4 + k * 0.6 + f * _PALM_THICK_M for w, k, f in zip(wrist, knuckle, faces, strict=True))
    return (x, y, z), faces


def place(wish: Wish, near: PlacedPose | None = None, body_name: str = DEFAULT_BODY) -> Placed:
    """Find the pose nearest to a wish that lies on the mat.

    Args:
        wish: what is asked.
        near: a pose in whose place the search starts.
        body_name: whose body.
    """
    fit = _Fit(wish, near, body_name)
    start, steps = fit.start(), [1e-5] * (3 + len(fit.free))
    found = least_squares(
        fit.residuals, start, bounds=fit.bounds(), x_scale=fit.scale(), diff_step=steps, max_nfev=60
    )
    return fit.placed(found.x)


class _Fit:
    def __init__(self, wish: Wish, near: PlacedPose | None, body_name: str) -> None:
        self.wish, self.near = wish, near
        self.body, self.skin = body_named(body_name), skin_of(body_name)
        self.angles = full_angles(wish.angles)
        gives = joints_that_give(wish.contacts, wish.reaches)
        self.free = [name for name in gives if name not in wish.fixed]
        self.sigma = np.array([gives[name] * wish.give for name in self.free])
        self.prior = np.array([self.angles[name] for name in self.free])
        self.parts = {c: parts_of(c) for c in wish.contacts}
        self.floor = {c: support_height(c, wish.equipment) for c in wish.contacts}
        soft = _ON_PILLOW if "pillow" in wish.equipment else ()
        self.hard = [part for part in self.skin.slices if part not in soft]
        weight_bearing = wish.position != "supine"
        self.flat = [
            c for c in wish.contacts if split(c)[0] == "hand" and weight_bearing and c not in wish.reaches
        ]

    def start(self) -> Array:
        """x, y, tilt, then the free joints."""
        at = self.near.place if self.near else Place(self.wish.position, (0.0, self._height(), 0.0), 0.0)
        low, high = self.bounds()
        start: Array = np.clip(
            np.array([at.at[0], at.at[1], at.tilt_deg, *self.prior]), low + 1e-6, high - 1e-6
        )
        return start

    def _height(self) -> float:
        return _START_HEIGHT_M.get(self.wish.position, 0.12)

    def bounds(self) -> tuple[Array, Array]:
        pairs = [bounds_of(name) for name in self.free]
        low = np.array(
            [-3.0, -0.5, -120.0, *(min(b.least_deg, p) for b, p in zip(pairs, self.prior, strict=True))]
        )
        high = np.array(
            [3.0, 2.5, 120.0, *(max(b.greatest_deg, p) for b, p in zip(pairs, self.prior, strict=True))]
        )
        return low - 1e-3, high + 1e-3

    def scale(self) -> Array:
        return np.array([0.1, 0.1, 20.0, *([20.0] * len(self.free))])

    def posture(self, x: Array) -> Posture:
        angles = self.angles | dict(zip(self.free, map(float, x[3:]), strict=True))
        return pose_body(angles, self._place(x), self.body)

    def _place(self, x: Array) -> Place:
        return Place(self.wish.position, (float(x[0]), float(x[1]), 0.0), float(x[2]))

    def residuals(self, x: Array) -> Array:
        posture = self.posture(x)
        low = self.skin.lowest(self.skin.points(posture))
        found = [(low[part] - self.floor[c]) / _TOUCH_M for c, parts in self.parts.items() for part in parts]
        found += [min(0.0, low[part] + _SINK_FREE_M) / _SINK_M for part in self.hard]
        found += [(posture.joints[joint_of(c)][0] - at) / _STAY_M for c, at in self.wish.stays.items()]
        for hand in self.flat:
            found.append((palm(posture, hand)[1][1] + 1.0) / _PALM)
        for hand in self.wish.reaches:
            found += self._reach(posture, hand)
        found += list((x[3:] - self.prior) / self.sigma)
        tilt, sigma = self._tilt()
        found.append((x[2] - tilt) / sigma)
        if self.wish.at:
            found += [(x[0] - self.wish.at[0]) / _DRIFT_M, (x[1] - self.wish.at[1]) / _DRIFT_M]
        elif not self.wish.stays:
            found.append(x[0] / _DRIFT_M)
        return np.array(found)

    def _tilt(self) -> tuple[float, float]:
        """The tilt the pelvis should have, and how exactly. Standing, it follows the stretched hips."""
        if self.wish.tilt_deg is not None:
            return self.wish.tilt_deg, 3.0 * self.wish.give
        if self.wish.position == "standing":
            return (self.angles["hip_flexion_left"] + self.angles["hip_flexion_right"]) / 2, 4.0
        return 0.0, _TILT_DEG

    def _reach(self, posture: Posture, hand: str) -> list[float]:
        at, faces = palm(posture, hand)
        target, want = self.target(posture, hand)
        off = [(a - t) / _REACH_M for a, t in zip(at, target, strict=True)]
        return [*off, *((f - w) / _PALM for f, w in zip(faces, want, strict=True))]

    def target(
        self, posture: Posture, hand: str
    ) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
        """Where a hand goes, and where its palm faces."""
        name = self.wish.reaches[hand]
        stem, side = split(name)
        own = split(hand)[1]
        if stem == "worktop":
            thing = geometry()["things"]["worktop"]
            back, aside = thing["hand"]
            sign = 1.0 if own == "_left" else -1.0
            size = self.body.stature_m / body_named().stature_m  # tall people stand at a higher one
            x = self.worktop_x() + back - thing["behind"]
            return (x * size, thing["height"] * size, sign * aside * size), (0.0, -1.0, 0.0)
        segment, at, out = segment_of_target(name)
        entry = geometry()["targets"][stem]
        if "apart" in entry:
            to_right = entry["apart"] if own == "_right" else -entry["apart"]
            at = (at[0], at[1], at[2] + (to_right if own != side or self._two_hands(name) else 0.0))
        outward = posture.direction(segment, out)
        sign = 1.0 if entry.get("palm") == "away" else -1.0
        x, y, z = (sign * v for v in outward)
        return posture.point(segment, at), (x, y, z)

    def worktop_x(self) -> float:
        """Room x of the worktop's edge: set by where the feet stand, so that it does not move with the
        hips.
        """
        return float(geometry()["things"]["worktop"]["behind"])

    def _two_hands(self, target: str) -> bool:
        return list(self.wish.reaches.values()).count(target) > 1

    def placed(self, x: Array) -> Placed:
        posture = self.posture(x)
        low = self.skin.lowest(self.skin.points(posture))
        gaps = {c: max(low[part] - self.floor[c] for part in parts) for c, parts in self.parts.items()}
        misses = {}
        for hand in self.wish.reaches:
            off = minus(palm(posture, hand)[0], self.target(posture, hand)[0])
            misses[hand] = sqrt(dot(off, off))
        angles = self.angles | dict(zip(self.free, (float(v) for v in x[3:]), strict=True))
        sunk = -min(0.0, *(low[part] for part in self.hard))
        return Placed(PlacedPose(angles, self._place(x)), gaps, misses, sunk)
