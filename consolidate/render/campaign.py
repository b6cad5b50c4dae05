"""The one table of a campaign: as text, Markdown, CSV or JSON."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from typing import Any

from msgspec.structs import asdict

from consolidate.campaign.campaign import Row
from consolidate.campaign.state import FAILED, FORMAT
from consolidate.render.look import Look, escape
from consolidate.render.table import Column, table

_COLUMNS = (
    Column("repository", gives=True),
    Column("state"),
    Column("phases", right=True),
    Column("files", right=True),
    Column("rewritten", right=True),
    Column("manual", right=True),
    Column("left", right=True),
)
_KEYS = ("phases", "applied", "files", "rewritten", "manual", "left")
_STATES = ("done", "applied", "under way", "planned", "open", "failed")


def summary(rows: Sequence[Row]) -> str:
    """Return how many repositories are in which state: `28 done, 2 failed`."""
    found = Counter(row.state for row in rows)
    return ", ".join(f"{found[state]} {state}" for state in _STATES if found[state])


def text(rows: Sequence[Row], look: Look) -> list[str]:
    """Return the lines of the table, then those that failed with their reasons."""
    lines = table(_COLUMNS, [_cells(row) for row in rows], look)
    for row in rows:
        if row.state == FAILED:
            lines += ["", f"{look.plain(row.entry.name)} (line {row.entry.line}):", f"  {look.plain(row.reason)}"]
            if row.log:
                lines.append(f"  {look.plain(row.log)}")
    return [*lines, "", summary(rows)]


def markdown(rows: Sequence[Row]) -> str:
    """Return a table for a page or a comment; the reasons are a column of it."""
    titles = [*(column.title for column in _COLUMNS), "reason"]
    rules = [*("---:" if column.right else "---" for column in _COLUMNS), "---"]
    lines = [_line(titles), _line(rules)]
    lines += [_line([_marked(cell) for cell in (*_cells(row), row.reason)]) for row in rows]
    return "\n".join([*lines, "", summary(rows), ""])


def comma_separated(rows: Sequence[Row]) -> str:
    """Return the rows as CSV (RFC 4180), with a header."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(["line", "repository", "state", *_KEYS, "reason"])
    for row in rows:
        counts = asdict(row.counts) if row.counts else {}
        cells = [row.entry.line, row.entry.name, row.state, *(counts.get(key, "") for key in _KEYS), row.reason]
        writer.writerow([_harmless(cell) if isinstance(cell, str) else cell for cell in cells])
    return stream.getvalue()


def data(rows: Sequence[Row]) -> dict[str, Any]:
    """Return everything for JSON."""
    return {
        "format_version": FORMAT,
        "repositories": [
            {
                "line": row.entry.line,
                "repository": row.entry.name,
                "path": row.entry.key,
                "state": row.state,
                "reason": row.reason,
                "log": row.log or None,
                **(dict.fromkeys(_KEYS) if row.counts is None else {key: getattr(row.counts, key) for key in _KEYS}),
            }
            for row in rows
        ],
        "states": dict(sorted(Counter(row.state for row in rows).items())),
    }


def _cells(row: Row) -> tuple[str, ...]:
    counts = row.counts
    if counts is None:
        return (row.entry.name, row.state, "", "", "", "", "")
    phases = f"{counts.applied}/{counts.phases}"
    numbers = (counts.files, counts.rewritten, counts.manual, counts.left)
    return (row.entry.name, row.state, phases, *map(str, numbers))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _marked(cell: str) -> str:
    """Return text that stands in a cell of Markdown as it is."""
    shown = escape(cell)
    return "".join(f"\\{char}" if char in r"\|`*_<>[]#" else char for char in shown)


def _harmless(cell: str) -> str:
    """Return text that no spreadsheet takes for a formula."""
    shown = escape(cell)
    return f"'{shown}" if shown.startswith(("=", "+", "-", "@")) else shown
