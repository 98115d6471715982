"""A figure's data as SVG text: the same painting as ``figure.js`` does in a page."""

from collections.abc import Mapping, Sequence
from math import hypot
from typing import Any

Json = dict[str, Any]
# A hand seen edge on still has a thickness: this share of its width. The same as in figure.js.
_EDGE_ON = 0.42


def draw(figure: Json, points: Sequence[int]) -> str:
    """One picture of a figure as a whole SVG document."""
    points = as_shown(figure, points)
    x, y, width, height = figure["view"]
    body = "".join(paint(part, points, figure["turn"], figure["colours"]) for part in figure["parts"])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{x} {y} {width} {height}" role="img">{body}</svg>'
    )


def as_shown(figure: Json, points: Sequence[int]) -> Sequence[int]:
    """The points of a still: in one-sided exercises the side that works is turned towards the viewer."""
    if figure["shows"] != "right":
        return points
    return [points[2 * i + k] for i in figure["exchange"] for k in (0, 1)]


def smooth(points: Sequence[tuple[float, float]]) -> str:
    """A closed path through points, rounded (Catmull-Rom as cubic curves), in whole numbers."""
    n = len(points)
    path = [f"M{points[0][0]:.0f} {points[0][1]:.0f}"]
    for i in range(n):
        p, a, b, q = points[i - 1], points[i], points[(i + 1) % n], points[(i + 2) % n]
        c = (a[0] + (b[0] - p[0]) / 6, a[1] + (b[1] - p[1]) / 6)
        d = (b[0] - (q[0] - a[0]) / 6, b[1] - (q[1] - a[1]) / 6)
        path.append(f"C{c[0]:.0f} {c[1]:.0f} {d[0]:.0f} {d[1]:.0f} {b[0]:.0f} {b[1]:.0f}")
    return "".join(path) + "Z"


def through(points: Sequence[tuple[float, float]]) -> str:
    """A rounded line through points, open at both ends."""
    last = len(points) - 1
    path = [f"{points[0][0]:.0f} {points[0][1]:.0f}"]
    for i in range(last):
        p, a, b, q = points[max(0, i - 1)], points[i], points[i + 1], points[min(last, i + 2)]
        c = (a[0] + (b[0] - p[0]) / 6, a[1] + (b[1] - p[1]) / 6)
        d = (b[0] - (q[0] - a[0]) / 6, b[1] - (q[1] - a[1]) / 6)
        path.append(f"C{c[0]:.0f} {c[1]:.0f} {d[0]:.0f} {d[1]:.0f} {b[0]:.0f} {b[1]:.0f}")
    return "".join(path)


def paint(part: Json, points: Sequence[int], turn: int, colour: Mapping[str, str]) -> str:
    """One part as SVG."""
    if "edges" in part:
        return f'<path d="{garment(part, points)}" fill="{_paint(part["fill"], colour)}"/>'
    if "bone" not in part:
        return _path(part, colour)
    drawn = "".join(_path(item, colour) for item in part["draw"])
    values = " ".join(f"{v:.3f}".rstrip("0").rstrip(".") for v in carried(part, points, turn))
    return f'<g transform="matrix({values})">{drawn}</g>'


def garment(part: Json, points: Sequence[int]) -> str:
    """The outline of a garment in one picture, as SVG path data."""
    lines = [through([(points[2 * i], points[2 * i + 1]) for i in edge]) for edge in part["edges"]]
    return f"M{'L'.join(lines)}Z"


def carried(part: Json, points: Sequence[int], turn: int) -> tuple[float, float, float, float, float, float]:
    """How a bone's drawing is turned, stretched and moved in one picture: the matrix a b c d e f of SVG."""
    (i, j), long = part["bone"], part["long"]
    dx, dy = points[2 * j] - points[2 * i], points[2 * j + 1] - points[2 * i + 1]
    length = hypot(dx, dy) or 1.0
    a, b = dx / length, dy / length
    stretch = 1.0 if part.get("rigid") else length / long
    wide = float(turn)
    if "wide" in part:
        o, w = part["wide"]
        across = ((points[2 * w] - points[2 * o]) * b - (points[2 * w + 1] - points[2 * o + 1]) * a) / 100
        wide = max(_EDGE_ON, abs(across)) * (1 if across >= 0 else -1)
    return (a * stretch, b * stretch, wide * b, -wide * a, float(points[2 * i]), float(points[2 * i + 1]))


def _path(item: Json, colour: Mapping[str, str]) -> str:
    if "stroke" in item:
        stroke, width = _paint(item["stroke"], colour), item["width"]
        ends = f'stroke-width="{width}" stroke-linecap="round"'
        return f'<path d="{item["d"]}" fill="none" stroke="{stroke}" {ends}/>'
    line = f' stroke="{_paint(item["line"], colour)}" stroke-width="7"' if item.get("line") in colour else ""
    opacity = f' opacity="{item["opacity"]}"' if "opacity" in item else ""
    return f'<path d="{item["d"]}" fill="{_paint(item["fill"], colour)}"{line}{opacity}/>'


def _paint(name: str, colour: Mapping[str, str]) -> str:
    return f"var(--figure-{name.replace('_', '-')},{colour.get(name) or colour[name.removesuffix('_far')]})"
