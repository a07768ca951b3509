"""Lucide's drawings as move, line and curve steps, so that an icon is a path everywhere and never a bitmap."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from prodlead_desktop import resources

BOX = 24.0
STROKE = 2.0
_ELEMENT = re.compile(r"<(path|circle|ellipse|rect|line|polyline|polygon)\s([^>]*?)/?>")
_ATTRIBUTE = re.compile(r'([a-z0-9-]+)="([^"]*)"')
_TOKEN = re.compile(r"[A-Za-z]|[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_KAPPA = 0.5522847498307936  # handle length of a quarter circle


class Step(NamedTuple):
    """One step of a path: M and L have one point, C three, Z none."""

    verb: str
    points: tuple[float, ...] = ()


@cache
def steps(name: str) -> tuple[Step, ...]:
    """The outline of icon `name` in a box of 24 × 24, to be stroked 2 wide with round caps and joins.

    Raises ProdleadError when there is no such icon.
    """
    text = resources.path("icons", f"{name}.svg").read_text(encoding="utf-8")
    found: list[Step] = []
    for tag, attributes in _ELEMENT.findall(text):
        values = dict(_ATTRIBUTE.findall(attributes))
        found += _ELEMENTS[tag](values)
    return tuple(found)


def _path(values: dict[str, str]) -> list[Step]:
    return list(_Pen(values["d"]).walk())


def _circle(values: dict[str, str]) -> list[Step]:
    x, y, r = (float(values[name]) for name in ("cx", "cy", "r"))
    dot = (
        [Step("M", (x, y)), Step("L", (x + 0.01, y))] if "fill" in values else []
    )  # the stroke leaves a hole
    return [*_oval(x, y, r, r), *dot]


def _ellipse(values: dict[str, str]) -> list[Step]:
    return _oval(float(values["cx"]), float(values["cy"]), float(values["rx"]), float(values["ry"]))


def _oval(x: float, y: float, rx: float, ry: float) -> list[Step]:
    kx, ky = rx * _KAPPA, ry * _KAPPA
    return [
        Step("M", (x + rx, y)),
        Step("C", (x + rx, y + ky, x + kx, y + ry, x, y + ry)),
        Step("C", (x - kx, y + ry, x - rx, y + ky, x - rx, y)),
        Step("C", (x - rx, y - ky, x - kx, y - ry, x, y - ry)),
        Step("C", (x + kx, y - ry, x + rx, y - ky, x + rx, y)),
        Step("Z"),
    ]


def _rect(values: dict[str, str]) -> list[Step]:
    x, y = float(values.get("x", 0)), float(values.get("y", 0))
    w, h = float(values["width"]), float(values["height"])
    r = float(values.get("rx", values.get("ry", 0)))
    bend = f"a{r} {r} 0 0 1" if r else "l"
    d = (
        f"M{x + r} {y}h{w - 2 * r}{bend} {r} {r}v{h - 2 * r}{bend} {-r} {r}"
        f"h{2 * r - w}{bend} {-r} {-r}v{2 * r - h}{bend} {r} {-r}z"
    )
    return _path({"d": d})


def _line(values: dict[str, str]) -> list[Step]:
    return _path({"d": f"M{values['x1']} {values['y1']}L{values['x2']} {values['y2']}"})


def _polyline(values: dict[str, str]) -> list[Step]:
    return _path({"d": f"M{values['points']}"})


def _polygon(values: dict[str, str]) -> list[Step]:
    return _path({"d": f"M{values['points']}Z"})


_ELEMENTS: dict[str, Callable[[dict[str, str]], list[Step]]] = {
    "path": _path,
    "circle": _circle,
    "ellipse": _ellipse,
    "rect": _rect,
    "line": _line,
    "polyline": _polyline,
    "polygon": _polygon,
}


class _Pen:
    """Follows a path's `d` and turns every command into absolute M, L, C and Z."""

    def __init__(self, d: str) -> None:
        self._tokens = _TOKEN.findall(_flags_apart(d))
        self._x = self._y = self._start_x = self._start_y = 0.0
        self._handle: tuple[float, float] | None = None  # last handle of a cubic, for S
        self._bend: tuple[float, float] | None = None  # handle of a quadratic, for T

    def walk(self) -> Iterator[Step]:
        """The steps in order."""
        at, command = 0, ""
        while at < len(self._tokens):
            if self._tokens[at].isalpha():
                command = self._tokens[at]
                at += 1
            elif command in "Mm":  # further pairs after a move are lines
                command = "L" if command == "M" else "l"
            count = _ARGUMENTS[command.upper()]
            numbers = [float(token) for token in self._tokens[at : at + count]]
            at += count
            yield from self._step(command.upper(), numbers, command.islower())

    def _step(self, verb: str, numbers: list[float], relative: bool) -> Iterator[Step]:
        x0, y0 = (self._x, self._y) if relative else (0.0, 0.0)
        (handle, self._handle), (bend, self._bend) = (self._handle, None), (self._bend, None)
        if verb == "Z":
            self._x, self._y = self._start_x, self._start_y
            yield Step("Z")
            return
        if verb == "A":
            rx, ry, turn, large, sweep, x, y = numbers
            yield from self._arc(rx, ry, turn, large != 0, sweep != 0, x + x0, y + y0)
            return
        if verb == "H":
            points = [numbers[0] + x0, self._y]
        elif verb == "V":
            points = [self._x, numbers[0] + y0]
        else:
            points = [number + (y0 if i % 2 else x0) for i, number in enumerate(numbers)]
        if verb == "S":
            hx, hy = handle or (self._x, self._y)
            points = [2 * self._x - hx, 2 * self._y - hy, *points]
        elif verb == "T":
            bx, by = bend or (self._x, self._y)
            points = [2 * self._x - bx, 2 * self._y - by, *points]
        if verb in "QT":
            qx, qy, x, y = points
            self._bend = (qx, qy)
            points = [
                self._x + (qx - self._x) * 2 / 3, self._y + (qy - self._y) * 2 / 3,
                x + (qx - x) * 2 / 3, y + (qy - y) * 2 / 3, x, y,
            ]  # fmt: skip
        if len(points) == 6:
            self._handle = (points[2], points[3])
        self._x, self._y = points[-2:]
        if verb == "M":
            self._start_x, self._start_y = self._x, self._y
        yield Step("M" if verb == "M" else "C" if len(points) == 6 else "L", tuple(points))

    def _arc(
        self, rx: float, ry: float, turn: float, large: bool, sweep: bool, x: float, y: float
    ) -> Iterator[Step]:
        """An elliptic arc as cubics (SVG 1.1, appendix F.6)."""
        phi = math.radians(turn)
        cos, sin = math.cos(phi), math.sin(phi)
        dx, dy = (self._x - x) / 2, (self._y - y) / 2
        px, py = cos * dx + sin * dy, cos * dy - sin * dx
        rx, ry = abs(rx), abs(ry)
        grow = math.sqrt(max(1.0, (px / rx) ** 2 + (py / ry) ** 2))
        rx, ry = rx * grow, ry * grow
        under = (rx * ry) ** 2 / max((rx * py) ** 2 + (ry * px) ** 2, 1e-12) - 1
        factor = math.sqrt(max(0.0, under)) * (1 if large != sweep else -1)
        cx, cy = factor * rx * py / ry, -factor * ry * px / rx
        mx, my = cos * cx - sin * cy + (self._x + x) / 2, sin * cx + cos * cy + (self._y + y) / 2
        first = math.atan2((py - cy) / ry, (px - cx) / rx)
        span = math.atan2((-py - cy) / ry, (-px - cx) / rx) - first
        if sweep and span < 0:
            span += 2 * math.pi
        elif not sweep and span > 0:
            span -= 2 * math.pi
        parts = max(1, math.ceil(abs(span) / (math.pi / 2) - 1e-9))
        reach = 4 / 3 * math.tan(span / parts / 4)
        for part in range(parts):
            a, b = first + span * part / parts, first + span * (part + 1) / parts
            corners = (
                (math.cos(a) - reach * math.sin(a), math.sin(a) + reach * math.cos(a)),
                (math.cos(b) + reach * math.sin(b), math.sin(b) - reach * math.cos(b)),
                (math.cos(b), math.sin(b)),
            )
            points: list[float] = []
            for u, v in corners:
                points += [mx + cos * rx * u - sin * ry * v, my + sin * rx * u + cos * ry * v]
            yield Step("C", tuple(points))
        self._x, self._y = x, y


def _flags_apart(d: str) -> str:
    """Arc flags may be written without a space behind them ("a2 2 0 01.9 0"): put one there."""
    number = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
    gap = r"[\s,]*"
    arc = re.compile(
        rf"({number}{gap}{number}{gap}{number}{gap})([01]){gap}([01]){gap}({number}{gap}{number})"
    )

    def spaced(match: re.Match[str]) -> str:
        command = match[0]
        return command[0] + arc.sub(r" \1 \2 \3 \4 ", command[1:])

    return re.sub(r"[Aa][^A-Za-z]*", spaced, d)
