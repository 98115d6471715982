"""A figure on paper: the same shapes as in the page, painted into a PDF."""

import re
from collections.abc import Sequence
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from ischia.demonstration.drawing import Json, as_shown, carried, garment

_COMMAND = re.compile(r"([MLHVCQZ])([^MLHVCQZ]*)")
_LINE_MM = 7


def print_figure(
    canvas: Canvas, figure: Json, pose: str, left: float, bottom: float, width: float, height: float
) -> None:
    """Paint one pose of a figure into a box of the page; lengths in points, from the lower left corner."""
    points = as_shown(figure, figure["points"][figure["poses"][pose]])
    x, y, wide, tall = _cropped(figure)
    scale = min(width / wide, height / tall)
    canvas.saveState()
    box = canvas.beginPath()
    box.rect(left, bottom, width, height)
    canvas.clipPath(box, stroke=0, fill=0)
    middle_x, middle_y = left + width / 2, bottom + height / 2
    canvas.transform(
        scale, 0, 0, -scale, middle_x - (x + wide / 2) * scale, middle_y + (y + tall / 2) * scale
    )
    for part in figure["parts"]:
        _part(canvas, part, points, figure)
    canvas.restoreState()


def _cropped(figure: Json) -> tuple[float, float, float, float]:
    """The part of the view that the whole motion needs: paper has no room for air."""
    across = [v for frame in figure["points"] for v in frame[0::2]]
    down = [v for frame in figure["points"] for v in frame[1::2]]
    left, right, top = min(across) - 150, max(across) + 150, min(down) - 90
    return left, top, right - left, 80 - top


def _part(canvas: Canvas, part: Json, points: Sequence[int], figure: Json) -> None:
    if "edges" in part:
        _path(canvas, {"d": garment(part, points), "fill": part["fill"]}, figure["colours"])
    elif "bone" not in part:
        _path(canvas, part, figure["colours"])
    else:
        canvas.saveState()
        canvas.transform(*carried(part, points, figure["turn"]))
        for item in part["draw"]:
            _path(canvas, item, figure["colours"])
        canvas.restoreState()


def _path(canvas: Canvas, item: Json, colours: Json) -> None:
    canvas.saveState()
    alpha = item.get("opacity", 1.0)
    line = item.get("stroke") or (item["line"] if item.get("line") in colours else None)
    if line:
        canvas.setStrokeColor(_colour(line, colours))
        canvas.setLineWidth(item.get("width", _LINE_MM))
        canvas.setLineCap(1)
    if "fill" in item:
        canvas.setFillColor(_colour(item["fill"], colours), alpha=alpha)
    canvas.drawPath(_parsed(canvas, item["d"]), stroke=int(line is not None), fill=int("fill" in item))
    canvas.restoreState()


def _colour(name: str, colours: Json) -> Color:
    return HexColor(colours.get(name) or colours[name.removesuffix("_far")])


def _parsed(canvas: Canvas, d: str) -> Any:
    """SVG path data, absolute commands M L H V C Q Z only, as a path of the canvas."""
    path = canvas.beginPath()
    x = y = 0.0
    for command, rest in _COMMAND.findall(d):
        n = [float(v) for v in rest.replace(",", " ").split()]
        match command:
            case "M":
                x, y = n
                path.moveTo(x, y)
            case "L":
                x, y = n
                path.lineTo(x, y)
            case "H":
                x = n[0]
                path.lineTo(x, y)
            case "V":
                y = n[0]
                path.lineTo(x, y)
            case "C":
                path.curveTo(*n)
                x, y = n[4:]
            case "Q":
                c, e, to_x, to_y = n
                path.curveTo(
                    x + (c - x) * 2 / 3,
                    y + (e - y) * 2 / 3,
                    to_x + (c - to_x) * 2 / 3,
                    to_y + (e - to_y) * 2 / 3,
                    to_x,
                    to_y,
                )
                x, y = to_x, to_y
            case _:
                path.close()
    return path
