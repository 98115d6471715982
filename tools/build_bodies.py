"""Build the dressed, skinned 3-D bodies once, from the CC0 bodies.

    python tools/build_bodies.py FOLDER_WITH_BODY_NPZ GLTFPACK [NAME ...]

GLTFPACK is gltfpack's cli.js (npm package gltfpack). Writes
`src/ischia/demonstration/data/bodies/<name>.glb`. Each body is the MakeHuman/mpfb2 base mesh (CC0) with a
T-shirt, trousers and hair cut from the same mesh along smooth lines. Its joints are those of
`ischia.anatomy` and a few that spread a twist along a limb (`ischia.demonstration.bones`), so that the
catalogue's poses move it. Axes as in `tools/measure_bodies.py`.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from body_decimation import decimated
from body_mesh import Array, Mesh, cut, hemmed, joined, split, write_glb
from body_person import Person

TARGET = Path(__file__).parent.parent / "src/ischia/demonstration/data/bodies"
# Vertices of the mesh amid the upper lip's edge, where the lips meet, and amid the lower lip's edge.
LIPS = ([362, 455], [474, 493], [496, 492])


@dataclass(frozen=True)
class Look:
    """How one person is drawn: colours as #rrggbb."""

    skin: str
    hair: str
    shirt: str
    trousers: str
    lips: str
    hairdo: str
    iris: str = "#4a3020"
    brow: str | None = None
    brow_m: float = 0.0036
    sleeve: float = 0.62
    loose_m: float = 0.012


LOOKS = {
    "f_adult": Look("#e2b08c", "#3a2418", "#2a8793", "#3c4468", "#bd6f63", "bun"),
    "m_adult": Look("#8a5a3c", "#1d1512", "#c9803f", "#3a4a44", "#7c4a3c", "short", loose_m=0.016),
    "f_older": Look(
        "#e9bfa3",
        "#a9a49d",
        "#8d5a86",
        "#4a4f5c",
        "#c0796e",
        "bob",
        brow="#8a8077",
        loose_m=0.018,
        sleeve=0.75,
    ),
    "m_heavy": Look(
        "#cf9468", "#4a3a2e", "#4c77a8", "#4b463f", "#a8665a", "short", loose_m=0.014, sleeve=0.7
    ),
}
# Height of the hairline, in degrees over the middle of the head, by the angle from the forehead backwards.
LINES = {
    "bun": {
        0: 39,
        25: 39,
        45: 34,
        60: 21,
        72: 2,
        82: -10,
        90: 4,
        97: 17,
        112: 17,
        124: -14,
        145: -34,
        180: -40,
    },
    "short": {
        0: 40,
        20: 42,
        38: 40,
        54: 24,
        68: 6,
        78: -10,
        88: 4,
        96: 17,
        112: 16,
        126: -10,
        145: -28,
        180: -34,
    },
    "bob": {
        0: 36,
        25: 34,
        45: 26,
        60: 10,
        72: -8,
        82: -12,
        90: 4,
        97: 15,
        112: 12,
        124: -18,
        145: -42,
        180: -46,
    },
}
THICK_M = {"bun": 0.006, "short": 0.007, "bob": 0.012}


def rgb(colour: str) -> Array:
    """A colour as shares of red, green and blue."""
    return np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])


def trousers(person: Person, look: Look) -> Mesh:
    """From the waist to above the ankles."""
    suit, waist, ankle = person.suit, person.head("spine04")[1] + 0.01, person.head("foot.R")[1]
    cloth, _ = cut(suit, person.share(suit, "upper_arm", "forearm", "wrist", "hand", "finger") * -1 + 0.3)
    cloth, _ = cut(cloth, waist - cloth.at[:, 1])
    cloth, _ = cut(cloth, cloth.at[:, 1] - (ankle + 0.035))
    down = np.clip((person.head("upperleg01.R")[1] - cloth.at[:, 1]) / 0.8, 0, 1)
    puffed = puff(cloth, 10, 0.0035 + 0.007 * down)
    # Trousers never go with the back bone alone: the waistband stays on the hips.
    return hemmed(puffed.painted(rgb(look.trousers)), 0.012)


def shirt(person: Person, look: Look) -> Mesh:
    """A T-shirt with short sleeves and a round neck, hanging over the trousers."""
    suit = person.suit
    cloth, _ = cut(suit, look.sleeve - person.along_arm(suit))
    cloth, _ = cut(cloth, person.neckline(cloth))
    hem = person.head("spine05")[1] - 0.012
    cloth, _ = cut(cloth, cloth.at[:, 1] - hem)
    low = np.clip((person.head("spine03")[1] - cloth.at[:, 1]) / 0.16, 0, 1)
    cuff = np.clip((person.along_arm(cloth) - 0.05) / 0.5, 0, 1)
    loose = 0.0075 + 0.005 * low + look.loose_m * 0.6 * cuff
    puffed = puff(cloth, 26, loose)
    return hemmed(hang(person, puffed).painted(rgb(look.shirt)), 0.016)


def puff(cloth: Mesh, times: int, loose: Array) -> Mesh:
    """Cloth over a body: hollows bridged, creases gone, everywhere at least so far off."""
    smooth = cloth.smoothed(times)
    normal = smooth.smoothed(4).normals()
    out = ((cloth.at - smooth.at) * normal).sum(1)
    lift = np.maximum(out, 0.0)
    for _ in range(6):
        lift = np.maximum(np.maximum(out, 0), cloth.neighbours_mean(lift[:, None])[:, 0])
    at = smooth.at + normal * (lift + loose)[:, None]
    # Hems run smoothly, whatever the folds of the body under them.
    rim = np.unique(cloth.rim())
    for _ in range(14):
        at[rim] = smooth.neighbours_mean(at)[rim]
    return replace(smooth, at=at)


def hang(person: Person, cloth: Mesh) -> Mesh:
    """A shirt's hem goes with the hips more than with the thighs."""
    weights = cloth.weights.copy()
    pelvis = person.ours["pelvis"]
    for bone in ("thigh_left", "thigh_right"):
        i = person.ours[bone]
        weights[:, pelvis] += weights[:, i] * 0.5
        weights[:, i] *= 0.5
    return replace(cloth, weights=weights)


def bare(person: Person, look: Look) -> Mesh:
    """The skin that clothes leave to see, and a little under the hems."""
    skin = person.skin
    on_arm = person.along_arm(skin)
    seen = np.maximum(on_arm - (look.sleeve - 0.16), 0.065 - person.neckline(skin))
    seen = np.where(on_arm > 0.2, on_arm - (look.sleeve - 0.16), seen)
    limb = person.share(skin, "upper_arm", "forearm", "wrist", "hand", "finger") > 0.3
    leg = person.head("foot.R")[1] + 0.06 - skin.at[:, 1]
    seen = np.where(limb, seen, np.maximum(seen, leg))
    part, _ = cut(skin, seen)
    return flushed(person, part, rgb(look.skin))


def flushed(person: Person, skin: Mesh, tone: Array) -> Mesh:
    """Skin in its colour, a little redder where blood shows."""
    eye = person.head("eye.R")
    size = eye[2] / 0.031
    x, y, z = skin.at.T

    def near(at: tuple[float, float, float], wide: float) -> Array:
        d = np.stack([x - eye[0] - at[0] * size, y - eye[1] - at[1] * size, np.abs(z) - at[2] * size], 1)
        glow: Array = np.exp(-((d / (wide * size)) ** 2).sum(1))
        return glow

    red = 0.5 * near((-0.005, -0.045, 0.042), 0.022) + 0.45 * near((0.04, -0.045, 0.0), 0.016)
    red += 0.35 * near((-0.09, -0.02, 0.078), 0.02)
    red = np.clip(
        red + 0.3 * person.share(skin, "fingertips") + 0.25 * (person.share(skin, "foot") > 0.5), 0, 1
    )
    colour = tone * (1 - red[:, None] * np.array([0.02, 0.16, 0.17]))
    socket = near((0.004, 0.016, 0.031), 0.014)
    return replace(skin, colour=colour * (1 - 0.14 * socket[:, None]))


def face(person: Person, skin: Mesh, look: Look) -> list[Mesh]:
    """The skin with lips and brows cut out of it in their own colours."""
    eye = person.head("eye.R")
    size = eye[2] / 0.031
    whole = skin.settled()

    def place(mesh: Mesh) -> tuple[Array, Array, Array]:
        x, y, z = (mesh.at - eye * [1, 1, 0]).T / size
        return x, y, np.abs(z)

    above, seam, below = (person.skin.at[v, 1].mean() - eye[1] for v in LIPS)
    above, seam, below = above / size, seam / size, below / size

    def lips(mesh: Mesh) -> Array:
        x, y, z = place(mesh)
        t = np.clip(z / 0.0245, 0, 1.5)
        middle = seam + 0.0015 * t * t
        upper = (above - seam - 0.0012 * np.exp(-((z / 0.004) ** 2))) * (1 - t**2)
        inside = np.minimum(middle + upper - y, y - (middle - (seam - below) * (1 - t**2)))
        return np.where((x > 0) & (np.abs(y - seam) < 0.02) & (z < 0.03), inside, -0.01)

    def brows(mesh: Mesh) -> Array:
        x, y, z = place(mesh)
        t = (z - 0.012) / 0.042
        middle = 0.0205 + 0.0042 * np.sin(np.clip(t, 0, 1) * 2.3)
        thick = look.brow_m * np.clip(1.0 - 0.75 * t * t, 0, 1) * np.clip(t * 4 + 0.3, 0, 1)
        inside = thick - np.abs(y - middle)
        ends = np.minimum(t, 1 - t) * 0.02
        shape: Array = np.where((x > -0.02) & (np.abs(y) < 0.05), np.minimum(inside, ends), -0.01)
        return shape

    brow, rest = split(whole, brows(whole))
    lip, rest = split(rest, lips(rest))
    hair = rgb(look.brow or look.hair)
    tone = rgb(look.skin)
    return [rest, lip.painted(rgb(look.lips)), brow.painted(hair * 0.8 + tone * 0.2)]


def eyes(person: Person, look: Look) -> list[Mesh]:
    """Eyeballs with iris and pupil."""
    ball = person.eyes
    eye = person.head("eye.R")
    middle = np.where(ball.at[:, 2:] > 0, eye, eye * [1, 1, -1])
    off = ball.at - middle
    front = np.where(off[:, 0] > 0, np.hypot(off[:, 1], off[:, 2]), 1.0)
    size = eye[2] / 0.031
    white, rest = split(ball, front - 0.0068 * size)
    off2 = rest.at - np.where(rest.at[:, 2:] > 0, eye, eye * [1, 1, -1])
    iris, pupil = split(rest, np.hypot(off2[:, 1], off2[:, 2]) - 0.0028 * size)
    return [
        white.painted([0.93, 0.91, 0.88]),
        iris.painted(rgb(look.iris)),
        pupil.painted([0.03, 0.03, 0.03]),
    ]


def head_angles(person: Person, at: Array) -> tuple[Array, Array]:
    """Each place's angle around the head from the forehead backwards, and its height over the middle."""
    eye = person.head("eye.R")
    size = eye[2] / 0.031
    x, y, z = (at - (eye * [1, 1, 0] + np.array([-0.068, 0.014, 0.0]) * size)).T
    return np.degrees(np.arctan2(np.abs(z), x)), np.degrees(np.arctan2(y, np.hypot(x, z)))


def hair(person: Person, skin: Mesh, look: Look) -> tuple[Mesh, list[Mesh]]:
    """The skin without what hair covers, and the hair."""
    line = LINES[look.hairdo]
    around, up = head_angles(person, skin.at)
    angles = np.linspace(0, 180, 181)
    height = np.interp(angles, list(line), list(line.values()))
    for _ in range(3):
        height = np.convolve(np.pad(height, 4, mode="edge"), np.ones(9) / 9, mode="valid")
    over = up - np.interp(around, angles, height)
    over = np.where(person.share(skin, "head", "neck") > 0.5, over, -90.0)
    scalp, depth = cut(skin, over)
    # Under the hair's edge the skin steps back, or it would show through.
    below = skin.settled()
    back = 0.004 * np.clip((over - 0.5) / 3, 0, 1)[:, None]
    rest, _ = cut(replace(below, at=below.at - below.normals() * back), 12.0 - over)
    thick = THICK_M[look.hairdo] * np.clip(depth / 14, 0, 1) ** 0.6
    smooth = scalp.smoothed(6)
    around, up = head_angles(person, smooth.at)
    comb = np.sin(np.radians(around * 26 + up * 4)) * 0.5 + np.sin(np.radians(around * 61 - up * 9)) * 0.3
    at = smooth.at + smooth.normals() * (thick * (1 + 0.12 * comb) + 0.002)[:, None]
    shade = rgb(look.hair) * (1 + 0.13 * comb[:, None])
    parts = [hemmed(replace(smooth, at=at, colour=np.clip(shade, 0, 1)), 0.005)]
    if look.hairdo == "bun":
        parts.append(bun(person, look))
    return rest, parts


def bun(person: Person, look: Look) -> Mesh:
    """A knot of hair high at the back, where it does not press into the mat."""
    rows, columns = 10, 18
    v, u = np.meshgrid(
        np.linspace(0, np.pi, rows), np.linspace(0, 2 * np.pi, columns, endpoint=False), indexing="ij"
    )
    swirl = 1 + 0.06 * np.sin(5 * u + 4 * v)
    ball = np.stack(
        [np.sin(v) * np.cos(u) * swirl, np.cos(v) * 0.8, np.sin(v) * np.sin(u) * swirl], -1
    ).reshape(-1, 3)
    a, b = np.meshgrid(np.arange(rows - 1), np.arange(columns), indexing="ij")
    i, j, k, m = (
        a * columns + b,
        a * columns + (b + 1) % columns,
        (a + 1) * columns + (b + 1) % columns,
        (a + 1) * columns + b,
    )
    faces = np.concatenate([np.stack([i, j, k], -1).reshape(-1, 3), np.stack([i, k, m], -1).reshape(-1, 3)])
    eye = person.head("eye.R")
    size = eye[2] / 0.031
    lean = np.radians(38)
    tilt = np.array([[np.cos(lean), -np.sin(lean), 0], [np.sin(lean), np.cos(lean), 0], [0, 0, 1]])
    crown = eye * [1, 1, 0] + np.array([-0.068 - 0.085, 0.014 + 0.098, 0.0]) * size
    at = ball * 0.036 * size @ tilt.T + crown
    weights = np.zeros((len(at), len(person.ours)))
    weights[:, person.ours["head"]] = 1
    shade = rgb(look.hair) * (1 + 0.14 * np.sin(5 * u + 4 * v).reshape(-1, 1))
    return Mesh(at, faces, weights, np.clip(shade, 0, 1))


def lighter(person: Person, part: Mesh, share: float) -> Mesh:
    """A part with fewer triangles; faces keep more of theirs than feet do, hands in between."""
    eye = person.head("eye.R")
    x, y, _ = (part.at - eye * [1, 1, 0]).T
    size = eye[2] / 0.031
    front = np.clip((x / size + 0.07) / 0.03, 0, 1) * np.clip((0.16 * size - np.abs(y)) / 0.03, 0, 1)
    importance = 1 + 7 * front * (person.share(part, "head") > 0.4)
    return decimated(part, round(len(part.faces) * share), importance)


def build(path: Path, name: str, gltfpack: Path) -> None:
    """Dress one body and write it."""
    person, look = Person(path), LOOKS[name]
    skin, hairs = hair(person, bare(person, look), look)
    rest, *details = face(person, skin, look)
    scalp, *knots = hairs
    parts = [
        lighter(person, rest, 0.22),
        *(lighter(person, part, 0.6) for part in details),
        *eyes(person, look),
        lighter(person, scalp, 0.75),
        *knots,
        lighter(person, trousers(person, look), 0.2),
        lighter(person, shirt(person, look), 0.22),
    ]
    normals = np.concatenate([part.normals() for part in parts])
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.glb"
        write_glb(whole, joined(parts), normals, person.joints, person.inverse)
        command = [
            shutil.which("node") or "node",
            str(gltfpack),
            "-i",
            str(whole),
            "-o",
            str(TARGET / f"{name}.glb"),
        ]
        subprocess.run([*command, "-kn", "-vp", "13", "-vn", "8"], check=True)


def main() -> None:
    """Build the named bodies, or all of them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("gltfpack", type=Path)
    parser.add_argument("names", nargs="*")
    given = parser.parse_args()
    TARGET.mkdir(exist_ok=True)
    for name in given.names or LOOKS:
        path = given.folder / f"body_{name}.npz"
        if not path.is_file():
            sys.exit(f"{path} is not there.")
        build(path, name, given.gltfpack)
        print(f"{name}: {(TARGET / f'{name}.glb').stat().st_size} bytes")


if __name__ == "__main__":
    main()
