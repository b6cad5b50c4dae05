"""What the gate found as annotations of GitHub Actions: workflow commands on stdout.

Sources: GitHub's "Workflow commands for GitHub Actions" (`::error file=…,line=…::message`). Escaped is what the runner
unescapes: `%`, CR and LF, in properties `:` and `,` as well. GitHub shows 10 errors and 10 warnings of a step, so where
there are more the last one shown tells how many, and the others are plain lines of the log.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from consolidate.gate.finding import Finding
from consolidate.gate.places import Places
from consolidate.gate.rules import RULES
from consolidate.gate.text import line_of
from consolidate.render.look import Look

MOST = 10
"""Annotations of one level that GitHub shows of a step."""


def lines(findings: Sequence[Finding], summary: str, places: Places, look: Look) -> Iterator[str]:
    """Yield the lines: annotations first, errors before warnings, then what GitHub would not show."""
    for level in ("error", "warning"):
        mine = [item for item in findings if RULES[item.rule].level == level]
        fits = len(mine) <= MOST
        shown = mine if fits else mine[: MOST - 1]
        for item in shown:
            yield _annotation(level, item, places, look)
        if fits:
            continue
        yield f"::{level} title=consolidate::{_data(f'{summary}; {len(shown)} are shown, the log has all')}"
        for item in mine[len(shown) :]:
            # Not at the line's beginning, and not in the old spelling: no path may become a command to the runner.
            yield f"- {line_of(item, look, places.of(item).character)}".replace("##[", "## [")


def _annotation(level: str, item: Finding, places: Places, look: Look) -> str:
    place = places.of(item)
    title = f"consolidate: {look.plain(item.what) if item.rule == 'legacy-reference' else item.rule}"
    properties = {
        "file": look.plain(item.path),
        "line": str(item.line),
        "col": str(place.character),
        "title": title,
    }
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    what = look.plain(item.text) if item.rule == "legacy-reference" else look.plain(item.what)
    return f"::{level} {told}::{_data(f'{what} {look.arrow} {look.plain(item.todo)}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
