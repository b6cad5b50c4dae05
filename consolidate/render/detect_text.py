"""The proposal of `init --detect` for a terminal: a table for each thing that is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidate.render.fold import fold
from consolidate.render.look import Look
from consolidate.render.table import Column, table
from consolidate.render.words import number

if TYPE_CHECKING:
    from consolidate.starting.proposal import Proposal, Proposed

_COLUMNS = (
    Column("engine", gives=True),
    Column("by"),
    Column("bases", right=True),
    Column("members", right=True),
    Column("files", right=True),
    Column("tests", right=True),
)


def page(proposal: Proposal, look: Look, *, verbose: bool) -> list[str]:
    """Return the lines: target, tables of engines, and what only looks alike (all of it with `verbose`).

    `members` is how many of an engine's public members the replacement has, of how many; `bases` how many bases both
    have; `files` and `tests` how many import it.
    """
    lines: list[str] = []
    groups: dict[tuple[str, str], list[Proposed]] = {}
    for engine in proposal.engines:
        replacement = "" if engine.mode == "report" else str(engine.replacement.symbol)
        groups.setdefault((engine.mode, replacement), []).append(engine)
    target = str(proposal.target.symbol)
    for (mode, replacement), engines in sorted(groups.items(), key=lambda item: (item[0][1] != target, item[0])):
        title = f"To {replacement}" if mode == "consolidate" else "Only reported: little in common with the target"
        if replacement == target:
            title += " (the target)"
        lines += [look.paint(line, "bold") for line in fold(look.plain(title), look.width, rest="   ")]
        header, *rows = table(_COLUMNS, [_row(engine) for engine in engines], look, indent=2)
        lines += [header]
        for row, engine in zip(rows, engines, strict=True):
            place = f"    {engine.candidate.path}:{engine.candidate.line}"
            lines += [row, look.paint(look.cut(look.plain(place), look.width), "dim")]
        lines += [""]
    if proposal.others:
        shown = proposal.others if verbose else proposal.others[:3]
        lines += [look.paint("Not proposed", "bold")]
        for symbol, why in shown:
            lines += [look.cut(look.plain(f"  {symbol.last}: {why}"), look.width)]
            lines += [look.paint(look.cut(look.plain(f"    {symbol.module}"), look.width), "dim")]
        if len(shown) < len(proposal.others):
            lines += [f"  and {len(proposal.others) - len(shown)} more (all with -v, and in the file)"]
        lines += [""]
    count = sum(engine.mode == "consolidate" for engine in proposal.engines)
    rest = f", {len(proposal.engines) - count} only reported" if count < len(proposal.engines) else ""
    lines += [f"{number(count, 'engine')}{rest}, {number(len(proposal.others), 'look-alike')} left out"]
    if proposal.unread:
        lines += [
            f"{number(len(proposal.unread), 'file')} could not be read" + ("" if verbose else " (which: with -v)")
        ]
        lines += [look.plain(f"  {path}: {why}") for path, why in proposal.unread] if verbose else []
    return lines


def _row(engine: Proposed) -> tuple[str, ...]:
    one = engine.candidate
    members = f"{engine.shared}/{len(one.public)}" if one.public else ""
    by = one.kind if one.kind == "redirect" else one.found
    bases = str(len(engine.bases)) if engine.bases else ""
    return one.symbol.last, by, bases, members, str(len(one.importers)), str(len(one.tests))
