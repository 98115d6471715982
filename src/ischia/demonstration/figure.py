"""The flat figure seen from the side: points for every picture, and the outlines that hang on them.

A figure is plain data, drawn alike by :func:`figure_svg` here and by ``figure.js`` in the page: parts in the
order they are painted, each carried by two points (a bone) or running through several (an outline), and the
points of every picture. Millimetres; x to the right, y down as in SVG; the mat is y = 0.
"""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import hypot
from typing import Any

from ischia.anatomy import PlacedPose, Point, Posture, pose_placed
from ischia.catalogue import Exercise, load_catalogue
from ischia.demonstration.contacts import geometry
from ischia.demonstration.drawing import Json, draw, smooth
from ischia.demonstration.motion import Motion, MotionError, motion_named

_LEG = ("hip", "knee", "ankle", "toe")
_ARM = ("shoulder", "elbow", "wrist", "knuckle", "tip", "wide")
_ARM_BONES = (
    ("upper_arm", "shoulder", "elbow"),
    ("hand", "wrist", "knuckle"),
    ("fingers", "knuckle", "tip"),
    ("forearm", "elbow", "wrist"),
)
_LEG_BONES = (("foot", "ankle", "toe"), ("shin", "knee", "ankle"), ("thigh", "hip", "knee"))
_TRUNK = 9
# Which stations of the trunk's outline bound each garment.
_GARMENTS = {"pelvis": ("trousers", (0, 1, 2)), "shirt": ("shirt", (1, 2, 3, 4, 5, 6, 7, 8))}


def point_names() -> tuple[str, ...]:
    """Names of a picture's points, in order."""
    trunk = tuple(f"{edge}_{i}" for edge in ("front", "back") for i in range(_TRUNK))
    limbs = tuple(f"{side}_{name}" for side in ("near", "far") for name in (*_LEG, *_ARM))
    return (*trunk, "neck", "head", "crown", *limbs, "shadow_a", "shadow_b")


@cache
def drawing() -> Mapping[str, Any]:
    """The drawn person: colours and outlines."""
    text = (files("ischia.demonstration") / "data/figure.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def picture_points(pose: PlacedPose, near: str) -> list[int]:
    """Where every point of the figure is in one pose: x, y, x, y, ... in whole millimetres, y down.

    Args:
        pose: a pose on the mat.
        near: the side of the body, ``left`` or ``right``, that is drawn in front.
    """
    posture = pose_placed(pose)
    far = {"left": "right", "right": "left"}[near]
    found: list[Point] = [posture.skin_point(p) for e in ("front", "back") for p in posture.body.profile[e]]
    found += [posture.joints["neck"], posture.joints["head"], _crown(posture)]
    for side in (near, far):
        found += _leg_points(posture, side) + _arm_points(posture, side)
    edge = [p[0] for p in found if p[1] < 0.35] or [p[0] for p in found]
    found += [(min(edge), 0.0, 0.0), (max(edge), 0.0, 0.0)]
    return [round(v) for x, y, _ in found for v in (x * 1000, -y * 1000)]


def _crown(posture: Posture) -> Point:
    x, y, z = posture.body.joints["head"]
    return posture.point("head", (x, y + 0.187, z))


def _leg_points(posture: Posture, side: str) -> list[Point]:
    joints = [posture.joints[f"{name}_{side}"] for name in ("thigh", "shin", "foot")]
    x, y, z = posture.body.joints[f"foot_{side}"]
    return [*joints, posture.point(f"foot_{side}", (x + 0.199, y - 0.058, z))]


def _arm_points(posture: Posture, side: str) -> list[Point]:
    joints = [posture.joints[f"{name}_{side}"] for name in ("upper_arm", "forearm", "hand", "fingers")]
    x, y, z = posture.body.joints[f"fingers_{side}"]
    tip = posture.point(f"fingers_{side}", (x, y - 0.085, z))
    u, v, w = posture.direction(f"hand_{side}", (0.1, 0.0, 0.0))
    wrist = joints[2]
    return [*joints, tip, (wrist[0] + u, wrist[1] + v, wrist[2] + w)]


def parts() -> list[Json]:
    """The figure's parts in the order they are painted.

    Near limbs are painted twice, first as a line around all their bones and later as their colours, so that a
    line runs around the limb and not around every bone of it.
    """
    return [
        *_limb(_ARM_BONES, "far"),
        *_limb(_LEG_BONES, "far"),
        *_limb(_LEG_BONES, "near", line=True),
        *_limb((("neck", "neck", "head"),), ""),
        _trunk("pelvis"),
        *_limb(_LEG_BONES, "near"),
        _trunk("shirt"),
        *_limb((("head", "head", "crown"),), ""),
        *_limb(_ARM_BONES, "near", line=True),
        *_limb(_ARM_BONES, "near"),
    ]


@cache
def _index() -> Mapping[str, int]:
    return {name: i for i, name in enumerate(point_names())}


def _limb(bones: Sequence[tuple[str, str, str]], side: str, line: bool = False) -> list[Json]:
    index, prefix, painted = _index(), f"{side}_" if side else "", []
    for bone, a, b in bones:
        read = drawing()["bones"][bone]
        part: Json = {"bone": [index[prefix + a], index[prefix + b]], "long": round(hypot(*read["to"]))}
        if read.get("wide"):
            part["wide"] = [index[f"{side}_wrist"], index[f"{side}_wide"]]
        if read.get("rigid"):
            part["rigid"] = True
        part["draw"] = [_stroke_or_fill(item, read["to"], side, line) for item in read["draw"]]
        painted.append(part)
    return painted


def _trunk(name: str) -> Json:
    colour, rows = _GARMENTS[name]
    edges = [[_index()[f"{edge}_{i}"] for i in rows] for edge in ("front", "back")]
    return {"edges": [edges[0], edges[1][::-1]], "fill": colour}


def _stroke_or_fill(item: Mapping[str, Any], to: Sequence[float], side: str, line: bool) -> Json:
    if "line" in item:
        return {"d": _open(_local(item["line"], to)), "stroke": item["stroke"], "width": item["width"]}
    colour = item["fill"] + ("_line" if line else "_far" if side == "far" else "")
    drawn: Json = {"d": smooth(_local(item["points"], to)), "fill": colour}
    if line:
        drawn["line"] = colour
    if "opacity" in item:
        drawn["opacity"] = item["opacity"]
    return drawn


def _local(points: Sequence[Sequence[float]], to: Sequence[float]) -> list[tuple[float, float]]:
    """Points of an outline told along a bone (x) and towards its front (y)."""
    length = hypot(*to)
    u, v = to[0] / length, to[1] / length
    return [(x * u + y * v, -x * v + y * u) for x, y in points]


def _open(points: Sequence[tuple[float, float]]) -> str:
    (ax, ay), (bx, by), (cx, cy) = points
    return f"M{ax:.0f} {ay:.0f}Q{2 * bx - (ax + cx) / 2:.0f} {2 * by - (ay + cy) / 2:.0f} {cx:.0f} {cy:.0f}"


def scenery(
    position: str, equipment: Sequence[str], frames: Sequence[Sequence[int]], start: PlacedPose
) -> list[Json]:
    """What stands in the room, painted before the person: mat or floor, worktop, pillow, shadow."""
    left = min(min(frame[0::2]) for frame in frames) - 130
    right = max(max(frame[0::2]) for frame in frames) + 130
    index = {name: i for i, name in enumerate(point_names())}
    things: list[Json] = []
    if position == "standing":
        things.append({"d": f"M{left - 250} 0H{right + 250}V14H{left - 250}Z", "fill": "mat_edge"})
    else:
        slant = 70
        top = f"M{left + slant} -26H{right - slant}L{right} 34H{left}Z"
        things.append({"d": top, "fill": "mat"})
        things.append(
            {
                "d": f"M{left} 34H{right}V46Q{right} 52 {right - 8} 52H{left + 8}Q{left} 52 {left} 46Z",
                "fill": "mat_edge",
            }
        )
    shadow = smooth([(0, 0), (250, -15), (500, -19), (750, -15), (1000, 0), (750, 15), (500, 19), (250, 15)])
    things.append(
        {
            "bone": [index["shadow_a"], index["shadow_b"]],
            "long": 1000,
            "draw": [{"d": shadow, "fill": "shadow", "opacity": 0.22}],
        }
    )
    if "pillow" in equipment:
        things += _pillow(start)
    if "worktop" in equipment:
        things += _worktop()
    return things


def _pillow(start: PlacedPose) -> list[Json]:
    thing = geometry()["things"]["pillow"]
    belly = pose_placed(start).joints["lumbar_mid"][0] * 1000
    half, height = thing["length"] * 500, thing["height"] * 1000 + 22
    shape = [
        (-half, -8),
        (-half - 14, -34),
        (-half + 40, -height * 0.8),
        (0, -height),
        (half - 40, -height * 0.8),
    ]
    shape += [(half + 14, -34), (half, -8), (0, 2)]
    return [{"d": smooth([(belly + x, y) for x, y in shape]), "fill": "pillow", "line": "pillow_edge"}]


def _worktop() -> list[Json]:
    thing = geometry()["things"]["worktop"]
    edge, top = thing["behind"] * 1000, -thing["height"] * 1000
    return [
        {"d": f"M{edge + 50:.0f} {top + 40:.0f}H{edge + 560:.0f}V0H{edge + 50:.0f}Z", "fill": "wall"},
        {"d": f"M{edge + 8:.0f} {top:.0f}H{edge + 580:.0f}V{top + 42:.0f}H{edge + 8:.0f}Z", "fill": "wood"},
        {
            "d": f"M{edge + 8:.0f} {top + 32:.0f}H{edge + 580:.0f}V{top + 42:.0f}H{edge + 8:.0f}Z",
            "fill": "wood_edge",
        },
    ]


def view_box(position: str, frames: Sequence[Sequence[int]]) -> list[int]:
    """The part of the room shown: 16 to 9, the whole motion in it, people mostly at one scale."""
    left, right = min(min(f[0::2]) for f in frames), max(max(f[0::2]) for f in frames)
    tall = -min(min(f[1::2]) for f in frames)
    below, above = (110, 90) if position == "standing" else (170, 130)
    width = max(2080, right - left + 260, round((tall + above + below) * 16 / 9))
    height = round(width * 9 / 16)
    lift = (height - tall - above - below) // 3
    return [(left + right - width) // 2, below + lift - height, width, height]


def exchange_sides() -> list[int]:
    """For each point, the point that takes its place when left and right are exchanged."""
    names = point_names()
    swap = {"near": "far", "far": "near"}
    index = {name: i for i, name in enumerate(names)}
    return [index["_".join([swap.get(n.split("_")[0], n.split("_")[0]), *n.split("_")[1:]])] for n in names]


def figure_json(exercise_id: str) -> Json:
    """The figure of an exercise for ``figure.js``: small, plain, complete.

    Keys: ``view`` (x, y, width, height), ``turn`` (1 or -1: which way fronts face), ``colours``, ``parts`` in
    painting order, ``points`` (a list of whole numbers for every picture), ``poses`` (pose id to picture),
    ``ways`` ([from, to, pictures]), ``exchange`` (point order with left and right exchanged) and ``sides``
    (``both``, or the side that is shown).

    Raises:
        MotionError: there is no such exercise.
    """
    motion = motion_named(exercise_id)
    return figure_of(load_catalogue().exercises[exercise_id], motion)


def figure_of(exercise: Exercise, motion: Motion) -> Json:
    """The figure of a motion."""
    start = next(iter(motion.poses.values()))
    near = start.place.near_side()
    frames: list[list[int]] = []

    def number(pose: PlacedPose) -> int:
        points = picture_points(pose, near)
        if points not in frames:
            frames.append(points)
        return frames.index(points)

    poses = {name: number(pose) for name, pose in motion.poses.items()}
    ways = [[a, b, [number(pose) for pose in way]] for (a, b), way in motion.ways.items()]
    return {
        "id": exercise.id,
        "view": view_box(exercise.position, frames),
        "turn": 1 if near == "right" else -1,
        "colours": dict(drawing()["colours"]),
        "parts": scenery(exercise.position, exercise.equipment, frames, start) + parts(),
        "points": frames,
        "poses": poses,
        "ways": ways,
        "sides": "both" if exercise.sides == "both" else "left",
        "shows": near if exercise.sides == "each" else "both",
        "exchange": exchange_sides(),
    }


def figure_svg(exercise_id: str, pose: str = "hold") -> str:
    """A still picture of an exercise in one of its poses (or in the pose a phase ends in), as a whole SVG
    document.

    One-sided exercises work with the side that is turned towards the viewer.

    Raises:
        MotionError: there is no such exercise, or it has no such pose or phase.
    """
    figure = figure_json(exercise_id)
    phase = load_catalogue().exercises[exercise_id].phase(pose)
    name = pose if pose in figure["poses"] else phase.to if phase else ""
    if name not in figure["poses"]:
        raise MotionError(f"{exercise_id} has no pose {pose!r}; it has {', '.join(figure['poses'])}")
    return draw(figure, figure["points"][figure["poses"][name]])
