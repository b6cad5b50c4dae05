"""The burn-down of legacy references as an SVG that needs nothing else: no script, no font, no network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape as xml

from consolidate.render.look import escape
from consolidate.render.words import number
from consolidate.reporting.burndown import Point

_WIDTH, _HEIGHT = 800, 360
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 20, 56, 40
_STYLE = """
text { font: 12px system-ui, sans-serif; fill: #333 } .title { font-size: 16px; font-weight: 600 }
.grid { stroke: #ddd } .axis { stroke: #666 } .phase { stroke: #666; stroke-dasharray: 3 3 }
.all { fill: #9ec5e8; stroke: #1f6fb2; stroke-width: 1.5 } .application { fill: #1f6fb2 } .page { fill: #fff }
@media (prefers-color-scheme: dark) {
text { fill: #ddd } .grid { stroke: #444 } .axis, .phase { stroke: #999 } .page { fill: #1b1b1b }
.all { fill: #2b4a66; stroke: #6cb2eb } .application { fill: #6cb2eb } }
"""


def burn_down_svg(migration: str, points: Sequence[Point], phases: Mapping[str, str]) -> str:
    """Return the chart of points, oldest first, at least one; `phases` are the labels of commits that are marked."""
    first, last = points[0], points[-1]
    title = f"{migration}: legacy references"
    told = (
        f"{first.total} on {first.date[:10]}, {last.total} on {last.date[:10]}; of these {last.tests} in tests. "
        f"{number(len(points), 'commit')} looked at."
    )
    top = _ceiling(max(point.total for point in points))
    places = _places(points)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-labelledby="t d">',
        f'<title id="t">{_text(title)}</title><desc id="d">{_text(told)}</desc>',
        f'<style>{_STYLE}</style><rect class="page" width="{_WIDTH}" height="{_HEIGHT}"/>',
        f'<text class="title" x="{_LEFT}" y="24">{_text(title)}</text>',
        f'<text x="{_LEFT}" y="42">{_text(told)}</text>',
    ]
    for step in range(5):
        y = _y(top * step / 4, top)
        lines.append(f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y}" y2="{y}"/>')
        lines.append(f'<text x="{_LEFT - 6}" y="{y + 4}" text-anchor="end">{top * step // 4}</text>')
    lines.append(f'<path class="all" d="{_area(places, [point.total for point in points], top)}"/>')
    lines.append(f'<path class="application" d="{_area(places, [point.application for point in points], top)}"/>')
    lines += _marks(points, places, phases)
    base = _y(0, top)
    lines.append(f'<line class="axis" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{base}" y2="{base}"/>')
    for index in sorted({round(step * (len(points) - 1) / 4) for step in range(5)}):
        lines.append(f'<line class="axis" x1="{places[index]}" x2="{places[index]}" y1="{base}" y2="{base + 4}"/>')
        lines.append(f'<text x="{places[index]}" y="{base + 18}">{points[index].date[:10]}</text>')
    legend = "from commit to commit; dark: application, light: tests; dashed: phases"
    lines.append(f'<text x="{_WIDTH // 2}" y="{base + 32}" text-anchor="middle">{legend}</text>')
    return "\n".join([*lines, "</svg>", ""])


def _marks(points: Sequence[Point], places: Sequence[float], phases: Mapping[str, str]) -> list[str]:
    lines: list[str] = []
    taken = float("-inf")
    for point, x in zip(points, places, strict=True):
        if label := phases.get(point.commit):
            lines.append(f'<line class="phase" x1="{x}" x2="{x}" y1="{_TOP}" y2="{_HEIGHT - _BOTTOM}"/>')
            if x - taken >= 7 * len(label):  # else the labels would lie on one another
                lines.append(f'<text x="{x + 3}" y="{_TOP + 10}">{_text(label)}</text>')
                taken = x
    return lines


def _places(points: Sequence[Point]) -> list[float]:
    """Return where each commit begins from left to right: in even steps, as phases are often minutes apart."""
    room = _WIDTH - _LEFT - _RIGHT
    return [round(_LEFT + room * index / len(points), 1) for index in range(len(points))]


def _area(places: Sequence[float], values: Sequence[int], top: int) -> str:
    """Return the area below a line of steps: what a commit has holds until the next one that was looked at."""
    parts = [f"M{places[0]} {_y(0, top)}V{_y(values[0], top)}"]
    parts += [f"H{x}V{_y(value, top)}" for x, value in zip(places[1:], values[1:], strict=True)]
    return "".join([*parts, f"H{_WIDTH - _RIGHT}V{_y(0, top)}Z"])


def _y(value: float, top: int) -> float:
    return round(_HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * value / top, 1)


def _ceiling(most: int) -> int:
    """Return a round number that is at least `most`, and can be divided by four."""
    size = 4
    while size < most:
        size = next((size * factor for factor in (2, 5, 10) if size * factor >= most), size * 10)
    return size


def _text(text: str) -> str:
    return xml(escape(text))
