"""Tables of text for a terminal: columns that line up, in a given width."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from consolidate.render.look import Look, filled
from consolidate.render.look import columns as width_of


class Column(Struct, frozen=True):
    """One column. Numbers go to the right; the one column that `gives` is cut where the table is too wide."""

    title: str
    right: bool = False
    gives: bool = False


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]], look: Look, *, indent: int = 0) -> list[str]:
    """Return the lines of a table: a header and a line per row, each at most `look.width` columns wide if it can be."""
    cells = [[look.plain(cell) for cell in row] for row in rows]
    columns = [replace(column, title=look.plain(column.title)) for column in columns]
    widths = [
        max([width_of(column.title), *(width_of(row[index]) for row in cells)]) for index, column in enumerate(columns)
    ]
    spare = look.width - indent - sum(widths) - 2 * (len(columns) - 1)
    for index, column in enumerate(columns):
        if column.gives and spare < 0:
            widths[index] = max(widths[index] + spare, 10, width_of(column.title))
            spare = 0
    header = _line(columns, [column.title for column in columns], widths, look)
    lines = [look.paint(header, "dim")]
    lines += [_line(columns, row, widths, look) for row in cells]
    return [(" " * indent + line).rstrip() for line in lines]


def _line(columns: Sequence[Column], row: Sequence[str], widths: Sequence[int], look: Look) -> str:
    cells = []
    for column, cell, width in zip(columns, row, widths, strict=True):
        cells.append(filled(look.cut(cell, width), width, right=column.right))
    return "  ".join(cells)
