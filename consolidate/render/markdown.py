"""Pieces of Markdown, in the form of GitHub: tables, and text that stays text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from consolidate.render.look import escape


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Return the lines of a table; what stands in a cell may be Markdown."""
    lines = [f"| {' | '.join(map(cell, header))} |", f"|{'---|' * len(header)}"]
    return lines + [f"| {' | '.join(cell(str(value)) for value in row)} |" for row in rows]


def cell(text: str) -> str:
    """Return text on one line, with what would end a cell or begin a tag made harmless."""
    return escape(text).replace("|", "\\|").replace("<", "&lt;")


def code(text: str) -> str:
    """Return text as code on one line, whatever backquotes are in it."""
    text = escape(text)
    longest = max((len(part) for part in _quotes(text)), default=0)
    mark, pad = "`" * (longest + 1), " " if text[:1] == "`" or text[-1:] == "`" else ""
    return f"{mark}{pad}{text}{pad}{mark}"


def _quotes(text: str) -> list[str]:
    return [part for part in "".join(char if char == "`" else " " for char in text).split() if part]


def box(done: bool, text: str) -> str:
    """Return an item of a task list, ticked or not."""
    return f"- [{'x' if done else ' '}] {text}"
