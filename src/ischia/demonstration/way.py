"""A way from pose to pose: what lies between the poses that it passes, and how to pass them evenly."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from math import dist, hypot
from typing import Final

from ischia.anatomy import Body, Place, PlacedPose, Point, blended, pose_placed

# How often a way is looked at to pass it evenly: at 20 shares between two of its poses or more.
_LOOKS: Final = 160
# Who moves less in all lies still: what is left is rounding.
_STILL_M: Final = 0.001
# Of the distances that arms move a tenth counts: they set the pace where nothing else moves, and otherwise go
# along. Who comes up on the elbows brings them under the shoulders after the chest has all but arrived.
_ARM_COUNTS: Final = 0.1
_ARM: Final = ("upper_arm", "forearm", "hand", "fingers")


def along(way: Sequence[PlacedPose], share: float) -> PlacedPose:
    """The pose at a share of the way, 0 to 1, where from each pose to the next it is equally far."""
    at = min(1.0, max(0.0, share)) * (len(way) - 1)
    i = min(int(at), max(0, len(way) - 2))
    return mixed(way[i], way[min(i + 1, len(way) - 1)], at - i)


def mixed(first: PlacedPose, second: PlacedPose, share: float) -> PlacedPose:
    """The pose between two in the same position: ``share`` 0 is the first, 1 the second."""
    x, y, z = (p * (1 - share) + q * share for p, q in zip(first.place.at, second.place.at, strict=True))
    tilt = first.place.tilt_deg * (1 - share) + second.place.tilt_deg * share
    return PlacedPose(
        blended(first.angles, second.angles, share), Place(first.place.position, (x, y, z), tilt)
    )


def even_shares(way: Sequence[PlacedPose], body: Body) -> list[float]:
    """At which shares to pass the way, both ends left out, so that the body moves equally far each time.

    How far it moves is what an onlooker sees and a tracker measures: trunk, head and legs. Joints that turn
    evenly do not move it so: propped on the elbows, the chest comes up fast and arrives slowly.
    """
    looked = (pose_placed(along(way, i / _LOOKS), body).joints for i in range(_LOOKS + 1))
    gone = list(accumulate((_moved(one, other) for one, other in pairwise(looked)), initial=0.0))
    steps = len(way) - 1
    shares = [i / steps for i in range(1, steps)]
    return [_reached(gone, gone[-1] * share) for share in shares] if gone[-1] > _STILL_M else shares


def _moved(one: Mapping[str, Point], other: Mapping[str, Point]) -> float:
    """How far a body has moved: its joints' distances, squared and summed, in metres."""
    counts = {name: _ARM_COUNTS if name.startswith(_ARM) else 1.0 for name in one}
    return hypot(*(count * dist(one[name], other[name]) for name, count in counts.items()))


def _reached(gone: Sequence[float], distance: float) -> float:
    """The share of ``_LOOKS`` at which so much has been gone."""
    i = bisect_left(gone, distance)
    return (i - (gone[i] - distance) / (gone[i] - gone[i - 1])) / _LOOKS
