"""One frame of landmarks as a row of numbers: joint angles, places and what could be seen.

The angles are those of the picture, aspect-correct and signed, for a body whose head lies to the right (or,
standing, whose face looks to the left). ``mirrored`` turns a row round for a body that lies the other way,
so a mirrored picture needs nothing measured twice."""

from collections.abc import Sequence
from enum import IntEnum
from math import atan2, degrees, hypot
from typing import Final

from ischia.anatomy.landmarks import INDEX

Landmark = tuple[float, float, float, float]
"""x, y as shares of the picture's width and height from its top left corner; z; visibility 0 to 1."""


class Column(IntEnum):
    """What stands where in a row. Angles in degrees, lengths in picture heights, y upwards."""

    TRUNK = 0
    """Direction from the hips to the shoulders."""
    HEAD = 1
    """Direction from the hips to the ears."""
    NECK = 2
    """Turn from the trunk's direction to that from the shoulders to the ears."""
    NOSE = 3
    """Turn from the trunk's direction to that from the ears to the nose."""
    HIP_LEFT = 4
    """Angle from trunk to thigh, 0 to 360; 180 is straight."""
    HIP_RIGHT = 5
    KNEE_LEFT = 6
    """Angle from thigh to shin, 0 to 360; 180 is straight."""
    KNEE_RIGHT = 7
    SHOULDER_LEFT = 8
    """Angle from the trunk, seen from the shoulder, to the upper arm, 0 to 360; 180 is an arm overhead."""
    SHOULDER_RIGHT = 9
    EAR_X = 10
    EAR_Y = 11
    CHEST_X = 12
    """Middle of the shoulders."""
    CHEST_Y = 13
    PELVIS_X = 14
    """Middle of the hips."""
    PELVIS_Y = 15
    KNEE_LEFT_X = 16
    KNEE_LEFT_Y = 17
    KNEE_RIGHT_X = 18
    KNEE_RIGHT_Y = 19
    ANKLE_LEFT_X = 20
    ANKLE_LEFT_Y = 21
    ANKLE_RIGHT_X = 22
    ANKLE_RIGHT_Y = 23
    TRUNK_LENGTH = 24
    SHOULDER_WIDTH = 25
    """Distance between the shoulders, as seen."""
    GRIP_LEFT = 26
    """From the nearer wrist to the left knee or the middle of the left shin."""
    GRIP_RIGHT = 27
    FACE = 28
    """Which way the face and the feet point across the body: positive anticlockwise from the trunk's
    direction; in trunk lengths."""
    ASPECT = 29
    """Which way face and feet point along the picture: positive to the right; in picture heights."""
    SEEN = 30
    """Bits of ``Seen``."""
    SEEN_LEFT = 31
    """Mean visibility of the left hip, knee and ankle."""
    SEEN_RIGHT = 32
    NOSE_LENGTH = 33
    """Distance from the ears to the nose, as seen."""
    ELBOW_LEFT_X = 34
    ELBOW_LEFT_Y = 35
    ELBOW_RIGHT_X = 36
    ELBOW_RIGHT_Y = 37
    WRIST_LEFT_X = 38
    WRIST_LEFT_Y = 39
    WRIST_RIGHT_X = 40
    WRIST_RIGHT_Y = 41
    ARM_SEEN_LEFT = 42
    """Visibility of the left elbow."""
    ARM_SEEN_RIGHT = 43


COLUMNS: Final = len(Column)

ANGLES: Final = (
    Column.TRUNK,
    Column.HEAD,
    Column.NECK,
    Column.NOSE,
    Column.HIP_LEFT,
    Column.HIP_RIGHT,
    Column.KNEE_LEFT,
    Column.KNEE_RIGHT,
    Column.SHOULDER_LEFT,
    Column.SHOULDER_RIGHT,
)


class Seen(IntEnum):
    """Parts of the body that one side at least was seen of."""

    HEAD = 1
    SHOULDER = 2
    HIP = 4
    KNEE = 8
    ANKLE = 16
    ELBOW = 32


VISIBLE: Final = 0.5
"""From this visibility on a landmark counts as seen: the model's own middle between hidden and in view."""

_I = INDEX
_NOSE, _EAR_L, _EAR_R = _I["nose"], _I["ear_left"], _I["ear_right"]
_SH_L, _SH_R, _EL_L, _EL_R = _I["shoulder_left"], _I["shoulder_right"], _I["elbow_left"], _I["elbow_right"]
_WR_L, _WR_R = _I["wrist_left"], _I["wrist_right"]
_HI_L, _HI_R, _KN_L, _KN_R = _I["hip_left"], _I["hip_right"], _I["knee_left"], _I["knee_right"]
_AN_L, _AN_R, _HE_L, _HE_R = _I["ankle_left"], _I["ankle_right"], _I["heel_left"], _I["heel_right"]
_TO_L, _TO_R = _I["foot_index_left"], _I["foot_index_right"]
_DEG: Final = degrees(1.0)


def row_of(landmarks: Sequence[Landmark], aspect: float) -> tuple[float, ...]:
    """Measure one frame.

    Args:
        landmarks: 33 landmarks in BlazePose's order.
        aspect: the picture's width over its height, so that both axes count alike.

    Returns:
        A row of ``COLUMNS`` numbers, as ``Column`` names them.
    """
    lx, ly, _, lv = landmarks[_SH_L]
    rx, ry, _, rv = landmarks[_SH_R]
    slx, sly, srx, sry = lx * aspect, -ly, rx * aspect, -ry
    shoulder = lv if lv > rv else rv
    lx, ly, _, hlv = landmarks[_HI_L]
    rx, ry, _, hrv = landmarks[_HI_R]
    hlx, hly, hrx, hry = lx * aspect, -ly, rx * aspect, -ry
    lx, ly, _, klv = landmarks[_KN_L]
    rx, ry, _, krv = landmarks[_KN_R]
    klx, kly, krx, kry = lx * aspect, -ly, rx * aspect, -ry
    lx, ly, _, alv = landmarks[_AN_L]
    rx, ry, _, arv = landmarks[_AN_R]
    alx, aly, arx, ary = lx * aspect, -ly, rx * aspect, -ry
    lx, ly, _, elv = landmarks[_EAR_L]
    rx, ry, _, erv = landmarks[_EAR_R]
    ex, ey = (lx + rx) * aspect * 0.5, (ly + ry) * -0.5
    lx, ly, _, ulv = landmarks[_EL_L]
    rx, ry, _, urv = landmarks[_EL_R]
    ulx, uly, urx, ury = lx * aspect, -ly, rx * aspect, -ry
    wl, wr, nose = landmarks[_WR_L], landmarks[_WR_R], landmarks[_NOSE]
    wlx, wly, wrx, wry = wl[0] * aspect, -wl[1], wr[0] * aspect, -wr[1]
    sx, sy = (slx + srx) * 0.5, (sly + sry) * 0.5
    hx, hy = (hlx + hrx) * 0.5, (hly + hry) * 0.5
    dx, dy = sx - hx, sy - hy
    trunk = atan2(dy, dx) * _DEG
    length = hypot(dx, dy) or 1e-9
    thigh_l = atan2(kly - hly, klx - hlx) * _DEG
    thigh_r = atan2(kry - hry, krx - hrx) * _DEG
    toe_l, toe_r, heel_l, heel_r = landmarks[_TO_L], landmarks[_TO_R], landmarks[_HE_L], landmarks[_HE_R]
    fx = (toe_l[0] + toe_r[0] - heel_l[0] - heel_r[0]) * aspect * 0.5
    fy = (heel_l[1] + heel_r[1] - toe_l[1] - toe_r[1]) * 0.5
    nx, ny = nose[0] * aspect - ex, -nose[1] - ey
    head = elv if elv > erv else erv
    if nose[3] > head:
        head = nose[3]
    hip, knee, ankle, elbow = max(hlv, hrv), max(klv, krv), max(alv, arv), max(ulv, urv)
    return (
        trunk,
        atan2(ey - hy, ex - hx) * _DEG,
        (atan2(ey - sy, ex - sx) * _DEG - trunk + 180.0) % 360.0 - 180.0,
        (atan2(ny, nx) * _DEG - trunk + 180.0) % 360.0 - 180.0,
        (thigh_l - trunk) % 360.0,
        (thigh_r - trunk) % 360.0,
        (atan2(aly - kly, alx - klx) * _DEG - thigh_l + 180.0) % 360.0,
        (atan2(ary - kry, arx - krx) * _DEG - thigh_r + 180.0) % 360.0,
        (atan2(uly - sly, ulx - slx) * _DEG - trunk + 180.0) % 360.0,
        (atan2(ury - sry, urx - srx) * _DEG - trunk + 180.0) % 360.0,
        ex,
        ey,
        sx,
        sy,
        hx,
        hy,
        klx,
        kly,
        krx,
        kry,
        alx,
        aly,
        arx,
        ary,
        length,
        hypot(slx - srx, sly - sry),
        _grip(wlx, wly, wrx, wry, klx, kly, alx, aly),
        _grip(wlx, wly, wrx, wry, krx, kry, arx, ary),
        (dx * (ny + fy) - dy * (nx + fx)) / (length * length),
        nx + fx,
        (head >= VISIBLE)
        + 2 * (shoulder >= VISIBLE)
        + 4 * (hip >= VISIBLE)
        + 8 * (knee >= VISIBLE)
        + 16 * (ankle >= VISIBLE)
        + 32 * (elbow >= VISIBLE),
        (hlv + klv + alv) / 3.0,
        (hrv + krv + arv) / 3.0,
        hypot(nx, ny),
        ulx,
        uly,
        urx,
        ury,
        wlx,
        wly,
        wrx,
        wry,
        ulv,
        urv,
    )


def _grip(
    wlx: float, wly: float, wrx: float, wry: float, kx: float, ky: float, ax: float, ay: float
) -> float:
    """Distance from the nearer wrist to a knee or to the middle of the shin below it."""
    mx, my = (kx + ax) * 0.5, (ky + ay) * 0.5
    return min(
        hypot(wlx - kx, wly - ky),
        hypot(wrx - kx, wry - ky),
        hypot(wlx - mx, wly - my),
        hypot(wrx - mx, wry - my),
    )


def turned_round(column: Column, angle_deg: float) -> float:
    """An angle of a row as it would be in the mirrored picture; left and right keep their names."""
    if column in (Column.TRUNK, Column.HEAD):
        return 180.0 - angle_deg
    return -angle_deg if column in (Column.NECK, Column.NOSE) else (360.0 - angle_deg) % 360.0
