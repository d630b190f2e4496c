"""A picture of quality against speed, as SVG: one labelled dot for each extractor, further right is faster."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 760, 440
LEFT, RIGHT, TOP, BOTTOM = 70, 30, 60, 60
CHAR_PX, LINE_PX, DOT_PX = 7.2, 16, 6  # of the font; an estimate is enough to keep labels apart
# It has a background of its own, and looks the same on light and dark pages but for its colours.
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #24292f } .title { font-size: 16px; font-weight: 600 }
.small { font-size: 12px; fill: #57606a } .ground { fill: #fff; stroke: #d0d7de } .grid { stroke: #e4e8ec }
.dot { fill: #57606a } .own { fill: #0969da } .hollow { fill: none; stroke: #0969da; stroke-width: 2 }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 } .small { fill: #9198a1 } .ground { fill: #0d1117; stroke: #3d444d } .grid { stroke: #262c36 }
.dot { fill: #9198a1 } .own { fill: #4493f8 } .hollow { stroke: #4493f8 } }
"""
STEPS = (1, 2, 5)  # of each power of ten, where the axis of speeds has lines
Box = tuple[float, float, float, float]  # left, top, right, bottom


class Dot(NamedTuple):
    """One extractor: name, pages for each second of CPU, F1, and the class of its dot: dot, own, or hollow."""

    name: str
    speed: float
    f1: float
    look: str = "dot"


def draw(dots: Sequence[Dot], title: str, note: str) -> str:
    """The picture.

    Args:
        dots: at least one; a name is written beside each where there is room.
        title: above all.
        note: in small letters below the title.
    """
    speeds = ticks_of_speed(dots)
    low = math.floor(min(dot.f1 for dot in dots) * 20 - 0.2) / 20
    x_of = scale(math.log(speeds[0]), math.log(speeds[-1]), LEFT, WIDTH - RIGHT)
    y_of = scale(low, 1.0, HEIGHT - BOTTOM, TOP)
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img"><title>{escape(title)}</title>',
        f"<style>{STYLE}</style>",
        f'<rect class="ground" x="0.5" y="0.5" width="{WIDTH - 1}" height="{HEIGHT - 1}" rx="8"/>',
        text(LEFT, 26, title, "title"),
        text(LEFT, 44, note, "small"),
    ]
    for speed in speeds:
        x = x_of(math.log(speed))
        parts += [line(x, TOP, x, HEIGHT - BOTTOM), text(x, HEIGHT - BOTTOM + 18, f"{speed:g}", "small", "middle")]
    for step in range(round((1 - low) * 20) + 1):
        y = y_of(low + step / 20)
        parts += [line(LEFT, y, WIDTH - RIGHT, y), text(LEFT - 8, y + 4, f"{low + step / 20:.2f}", "small", "end")]
    parts += [
        text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 16, "pages for a second of CPU (log scale)", "small", "middle"),
        f'<g transform="rotate(-90 18 {HEIGHT / 2})">{text(18, HEIGHT / 2, "F1 of the text", "small", "middle")}</g>',
    ]
    places = [(x_of(math.log(dot.speed)), y_of(dot.f1)) for dot in dots]
    taken = [around(x, y) for x, y in places]
    for dot, (x, y) in zip(dots, places, strict=True):
        parts.append(f'<circle class="{escape(dot.look)}" cx="{x:.1f}" cy="{y:.1f}" r="{DOT_PX}"/>')
        left, bottom, box = place_of_label(dot.name, x, y, taken)
        taken.append(box)
        parts.append(text(left, bottom, dot.name))
    return "\n".join([*parts, "</svg>\n"])


def ticks_of_speed(dots: Sequence[Dot]) -> list[float]:
    """Round speeds, from below the slowest dot to above the fastest."""
    low, high = (pick(dot.speed for dot in dots) for pick in (min, max))
    powers = range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 2)
    ticks = [step * 10.0**power for power in powers for step in STEPS]
    first = max(i for i, tick in enumerate(ticks) if tick < low)
    last = min(i for i, tick in enumerate(ticks) if tick > high)
    return ticks[first : last + 1]


def scale(low: float, high: float, start: float, end: float) -> Callable[[float], float]:
    """A linear function that takes low to start and high to end."""
    return lambda value: start + (value - low) / (high - low) * (end - start)


def around(x: float, y: float) -> Box:
    """What a dot covers."""
    return x - DOT_PX, y - DOT_PX, x + DOT_PX, y + DOT_PX


def place_of_label(name: str, x: float, y: float, taken: Sequence[Box]) -> tuple[float, float, Box]:
    """Where a dot's label begins, its base line, and what it covers: beside, above or below, where nothing else is."""
    width = len(name) * CHAR_PX
    for left, bottom in (
        (x + DOT_PX + 4, y + 4),
        (x - DOT_PX - 4 - width, y + 4),
        (x - width / 2, y - DOT_PX - 5),
        (x - width / 2, y + DOT_PX + LINE_PX - 2),
        (x + DOT_PX + 2, y - DOT_PX - 5),
        (x + DOT_PX + 2, y + DOT_PX + LINE_PX),
    ):
        box = (left, bottom - LINE_PX + 4, left + width, bottom + 4)
        if left >= LEFT and box[2] <= WIDTH - 4 and not any(overlap(box, other) for other in taken):
            break
    return left, bottom, box


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share anything."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def text(x: float, y: float, words: str, look: str = "", anchor: str = "start") -> str:
    """Some words; y is the base line."""
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{look}" text-anchor="{anchor}">{escape(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    """A line of the grid."""
    return f'<line class="grid" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'
