"""A log-log plot as SVG, on a panel of its own, which is dark where the reader's system is: readable on any page."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 900, 430
LEFT, TOP, INNER_WIDTH, INNER_HEIGHT, GAP = 62, 64, 355, 270, 90
STYLE = """\
text { font: 13px system-ui, sans-serif; fill: #24292f } .title { font-weight: 600; font-size: 15px }
.panel { fill: #ffffff; stroke: #d0d7de } .grid { stroke: #d8dee4 } .slope { stroke: #6e7781; stroke-dasharray: 5 4 }
.cold { stroke: #cf222e; fill: #cf222e } .warm { stroke: #0969da; fill: #0969da }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 } .panel { fill: #161b22; stroke: #30363d } .grid { stroke: #30363d } .slope { stroke: #9198a1 }
.cold { stroke: #ff7b72; fill: #ff7b72 } .warm { stroke: #79c0ff; fill: #79c0ff }
}
.small { font-size: 11px } .line { fill: none; stroke-width: 2.2 }"""


@dataclass(frozen=True, slots=True)
class Curve:
    """Values by size; `kind` is the class of its colour (cold, warm)."""

    kind: str
    label: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """One of the plot's halves. `slope` is the exponent that is wanted, drawn through the first curve's first point."""

    title: str
    unit: str
    curves: tuple[Curve, ...]
    slope: float
    slope_label: str


def svg(charts: Sequence[Chart], foot: str) -> str:
    """Return two charts side by side, with a line of text below them."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">',
        f"<style>{STYLE}</style>",
        f'<rect class="panel" x="0.5" y="0.5" width="{WIDTH - 1}" height="{HEIGHT - 1}" rx="8"/>',
    ]
    for index, chart in enumerate(charts):
        parts += drawn(chart, LEFT + index * (INNER_WIDTH + GAP))
    parts.append(f'<text class="small" x="{LEFT}" y="{HEIGHT - 16}">{escape(foot)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def drawn(chart: Chart, left: float) -> list[str]:
    sizes = [size for curve in chart.curves for size, _ in curve.points]
    values = [value for curve in chart.curves for _, value in curve.points]
    first = chart.curves[0].points[0]
    ends = [(size, first[1] * (size / first[0]) ** chart.slope) for size in (min(sizes), max(sizes))]
    x, columns = axis(min(sizes), max(sizes), lambda share: left + share * INNER_WIDTH)
    low, high = min(values), max([*values, *(value for _, value in ends)])
    y, rows = axis(low, high, lambda share: TOP + (1 - share) * INNER_HEIGHT)
    parts = [f'<text class="title" x="{left}" y="{TOP - 36}">{escape(chart.title)}</text>']
    for value in rows:
        parts.append(path("grid", [(left, y(value)), (left + INNER_WIDTH, y(value))]))
        parts.append(f'<text x="{left - 8}" y="{y(value) + 4:.1f}" text-anchor="end">{value:g}</text>')
    for value in columns:
        parts.append(path("grid", [(x(value), TOP), (x(value), TOP + INNER_HEIGHT)]))
        parts.append(f'<text x="{x(value):.1f}" y="{TOP + INNER_HEIGHT + 20}" text-anchor="middle">{value:,.0f}</text>')
    middle, below = left + INNER_WIDTH / 2, TOP + INNER_HEIGHT + 40
    parts.append(f'<text x="{middle}" y="{below}" text-anchor="middle">Python files</text>')
    parts.append(f'<text class="small" x="{left - 8}" y="{TOP - 10}" text-anchor="end">{escape(chart.unit)}</text>')
    parts.append(path("slope", [(x(size), y(value)) for size, value in ends]))
    key = left
    for curve in chart.curves:
        parts.append(path(f"line {curve.kind}", [(x(size), y(value)) for size, value in curve.points]))
        parts += [
            f'<circle class="{curve.kind}" cx="{x(size):.1f}" cy="{y(value):.1f}" r="3.5"/>'
            for size, value in curve.points
        ]
        parts.append(f'<circle class="{curve.kind}" cx="{key + 4}" cy="{TOP - 14}" r="4"/>')
        parts.append(f'<text class="small" x="{key + 12}" y="{TOP - 10}">{escape(curve.label)}</text>')
        key += 24 + 6.2 * len(curve.label)
    parts.append(path("slope", [(key, TOP - 14), (key + 22, TOP - 14)]))
    parts.append(f'<text class="small" x="{key + 28}" y="{TOP - 10}">{escape(chart.slope_label)}</text>')
    return parts


def axis(low: float, high: float, place: Callable[[float], float]) -> tuple[Callable[[float], float], list[float]]:
    """Return the place of a value on a logarithmic axis, and the powers of ten (or 1, 2, 5 of them) to mark."""
    tens = range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 2)
    fine = [factor * 10.0**ten for ten in tens for factor in (1, 2, 5)]
    bottom = max((value for value in fine if value <= low * 1.0001), default=low)
    top = min((value for value in fine if value >= high * 0.9999 and value > bottom), default=high)
    marks = [value for value in fine if bottom <= value <= top]
    coarse = [10.0**ten for ten in tens if bottom <= 10.0**ten <= top]
    span = math.log(top / bottom)
    return lambda value: place(math.log(value / bottom) / span), coarse if len(marks) > 8 and len(coarse) > 2 else marks


def path(kind: str, points: Sequence[tuple[float, float]]) -> str:
    return f'<path class="{kind}" d="M{" L".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>'
