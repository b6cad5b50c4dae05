"""The contract of the engines as text: what the replacement lacks, and what to add to it first."""

from __future__ import annotations

from collections.abc import Sequence

from consolidate.render.fold import fold
from consolidate.render.look import Look
from consolidate.render.table import Column, table
from consolidate.render.words import labels, number
from planner.agreement import Addition, Verdict
from planner.model import EnginePlan

_MEMBERS = 3  # members shown of an engine, unless all are asked for
_FIRST = 5  # additions shown of a replacement, likewise


def lacking(engines: Sequence[EnginePlan], look: Look) -> list[str]:
    """Return the lines about what each replacement lacks, a few members of each engine."""
    short = labels(engines)
    lines: list[str] = []
    for engine in engines:
        unfit = dict(engine.contract.constructor.calls).get("unfit", 0)
        if not engine.lacking and not unfit:
            continue
        lines.append(f"  {look.plain(short[engine.id])} {look.arrow} {look.plain(engine.replacement.last)}")
        if unfit:
            places = engine.contract.constructor.places
            files = len({place.rpartition(":")[0] for place in places})
            text = f"constructing it: {number(unfit, 'call')} in {number(files, 'file')}"
            lines += _first(f"{text} cannot be rewritten", places, look)
        for member in engine.lacking[:_MEMBERS]:
            uses = f"{number(member.uses, 'use')} in {number(member.files, 'file')}"
            how = f" ({member.how})" if member.verdict is Verdict.DIFFERS else ""
            lines += _first(f"{look.plain(member.member + how)}: {uses}", member.places, look)
        if len(engine.lacking) > _MEMBERS:
            lines.append(f"    and {number(len(engine.lacking) - _MEMBERS, 'more member')} (all with -v)")
    return [look.paint("WHAT THE REPLACEMENT LACKS", "bold"), *lines] if lines else []


def _first(text: str, places: Sequence[str], look: Look) -> list[str]:
    if not places:
        return fold(text, look.width, "    ", "      ")
    *lines, last = fold(f"{text}, first", look.width, "    ", "      ")
    room = look.width - len(last) - 1
    # A place that is cut to less tells nothing.
    if room < min(len(places[0]), 20):
        return [*lines, last, "      " + look.cut(look.plain(places[0]), look.width - 6)]
    return [*lines, f"{last} {look.cut(look.plain(places[0]), room)}"]


def terms(engines: Sequence[EnginePlan], look: Look) -> list[str]:
    """Return a block for each engine: how it is constructed, and every member that its importers use."""
    short = labels(engines)
    columns = (
        Column("member"),
        Column("uses", right=True),
        Column("certain", right=True),
        Column("files", right=True),
        Column("verdict"),
        Column("there", gives=True),
    )
    lines: list[str] = []
    for engine in engines:
        made, members = engine.contract.constructor, engine.contract.members
        calls = {name: count for name, count in made.calls if count}
        if not members and not calls:
            continue
        lines += ["", f"  {look.plain(short[engine.id])} {look.arrow} {look.plain(engine.replacement.last)}"]
        rows = [
            (
                member.member,
                str(member.uses),
                str(len(member.certain)),
                str(member.files),
                str(member.verdict),
                member.replacement if member.verdict is Verdict.DIFFERS else "",
            )
            for member in members
        ]
        if calls:
            shown = ", ".join(f"{count} {name}" for name, count in calls.items())
            lines += fold(look.plain(f"constructed by {made.legacy}: {shown}"), look.width, "    ", "      ")
        lines += table(columns, rows, look, indent=4) if rows else []
    return [look.paint("CONTRACT", "bold"), *lines[1:]] if lines else []


def additions(rows: Sequence[Addition], look: Look, *, verbose: bool) -> list[str]:
    """Return what to add to each replacement, most used first."""
    lines: list[str] = []
    for replacement in dict.fromkeys(row.replacement for row in rows):
        mine = [row for row in rows if row.replacement == replacement]
        shown = mine if verbose else mine[:_FIRST]
        columns = (
            Column(replacement.rpartition(":")[2].rpartition(".")[2], gives=True),
            Column("uses", right=True),
            Column("files", right=True),
            Column("frees", right=True),
        )
        cells = [(wish(row), str(row.uses), str(row.files), str(row.frees)) for row in shown]
        lines += table(columns, cells, look, indent=2)
        if len(shown) < len(mine):
            frees = f", with all of them {number(mine[-1].frees, 'importer')} can move" if mine[-1].frees else ""
            lines.append(f"  and {len(mine) - len(shown)} more (all with -v){frees}")
    if not lines:
        return []
    explained = "  frees: importers that it and those above let move"
    return [look.paint("ADD TO THE REPLACEMENT FIRST", "bold") + explained, *lines]


def wish(row: Addition) -> str:
    """Return what to do: `add async run(self, task)`, or `change it to …` where the replacement has it differently."""
    verb = "add" if row.verdict is Verdict.ABSENT else "change to"
    kind = f"{row.kind} " if row.kind in ("property", "static method", "class method") else ""
    return f"{verb} {kind}{row.signature}"
